package org.lectern.bench;

import java.util.Arrays;
import java.util.Locale;

/** Measured times, sorted. */
record Timings(long[] nanos) {

    Timings {
        nanos = nanos.clone();
        Arrays.sort(nanos);
    }

    /** The value that so many percent do not exceed (nearest rank), in milliseconds. */
    double percentile(int percent) {
        int rank = (int) Math.ceil(percent / 100.0 * nanos.length);
        return nanos[Math.max(0, rank - 1)] / 1e6;
    }

    String row(String name) {
        return String.format(
                Locale.ROOT,
                "%-34s %7.1f %7.1f %7.1f %7.1f",
                name,
                percentile(50),
                percentile(95),
                percentile(99),
                percentile(100));
    }

    static String header() {
        return String.format(Locale.ROOT, "%-34s %7s %7s %7s %7s", "milliseconds", "p50", "p95", "p99", "max");
    }
}
