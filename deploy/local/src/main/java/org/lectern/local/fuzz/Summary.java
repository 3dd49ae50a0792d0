package org.lectern.local.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts by operation: requests, statuses by class, findings. */
final class Summary {

    private static final String ROW = "%-13s %-30s %8d %6d %6d %6d %6d %6d %9d %9d";
    private static final String HEADING = "%-13s %-30s %8s %6s %6s %6s %6s %6s %9s %9s";

    /** The counts of one operation; {@code answers[0]} are requests without an answer. */
    private static final class Row {
        private final int[] answers = new int[6];
        private int findings;
        private long slowestMillis;

        private int requests() {
            int sum = 0;
            for (int count : answers) {
                sum += count;
            }
            return sum;
        }
    }

    private record Key(String service, String operation) {}

    private final Map<Key, Row> rows = new LinkedHashMap<>();
    private int valid;
    private int validSucceeded;

    void add(FuzzRequest request, Exchange exchange, int findings) {
        if (request.hostile().isEmpty()) {
            valid++;
            validSucceeded += exchange.status() / 100 == 2 || exchange.status() / 100 == 3 ? 1 : 0;
        }
        Row row = rows.computeIfAbsent(new Key(request.service(), request.operation()), any -> new Row());
        row.answers[Math.min(5, exchange.status() / 100)]++;
        row.findings += findings;
        row.slowestMillis = Math.max(row.slowestMillis, exchange.took().toMillis());
    }

    int requests() {
        return rows.values().stream().mapToInt(Row::requests).sum();
    }

    /** The number of answers with a status of that class; 0 counts requests without an answer. */
    int answered(int statusClass) {
        return rows.values().stream().mapToInt(row -> row.answers[statusClass]).sum();
    }

    /**
     * The success rate of requests without a hostile part; some callers lack the role, or the state forbids the change.
     */
    String validRequests() {
        return validSucceeded + " of " + valid + " succeeded";
    }

    int operations() {
        return rows.size();
    }

    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                HEADING,
                "service",
                "operation",
                "requests",
                "2xx",
                "3xx",
                "4xx",
                "5xx",
                "none",
                "slowest",
                "findings"));
        rows.forEach((key, row) -> lines.add(String.format(
                Locale.ROOT,
                ROW,
                key.service(),
                key.operation(),
                row.requests(),
                row.answers[2],
                row.answers[3],
                row.answers[4],
                row.answers[5],
                row.answers[0],
                row.slowestMillis,
                row.findings)));
        return lines;
    }
}
