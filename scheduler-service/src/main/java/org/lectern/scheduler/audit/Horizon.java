package org.lectern.scheduler.audit;

import java.util.Optional;
import java.util.regex.Pattern;
import org.lectern.chassis.database.Sql;

/**
 * A point in the order of commits, as a snapshot of PostgreSQL. What committed later is found however the transactions
 * overlapped: a transaction that had written but not committed at the horizon counts as later. Times or sequence
 * numbers would miss it.
 *
 * @param snapshot the text form of {@code pg_snapshot}
 */
public record Horizon(String snapshot) {

    private static final Pattern FORM = Pattern.compile("\\d{1,18}:\\d{1,18}:(\\d{1,18}(,\\d{1,18})*)?");

    /** Everything committed before the next statement lies before the horizon; the caller reads after this. */
    public static Horizon now(Sql sql) {
        return sql.one("SELECT cast(pg_current_snapshot() AS text) AS now", row -> new Horizon(row.text("now")))
                .orElseThrow();
    }

    /** Reads the text form, which PostgreSQL would refuse unless it is ordered. */
    public static Optional<Horizon> of(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        String[] parts = text.split(":", -1);
        long from = Long.parseLong(parts[0]);
        long until = Long.parseLong(parts[1]);
        long last = from - 1;
        for (String running : parts[2].isEmpty() ? new String[0] : parts[2].split(",")) {
            long transaction = Long.parseLong(running);
            if (transaction <= last || transaction >= until) {
                return Optional.empty();
            }
            last = transaction;
        }
        return from >= 1 && from <= until ? Optional.of(new Horizon(text)) : Optional.empty();
    }

    /**
     * An SQL condition with two parameters, both the snapshot: the row was committed after the horizon.
     *
     * <p>Rows of transactions that have not begun in this database come from a restored dump and are old.
     *
     * @param column {@code written_in} of the row
     */
    public static String after(String column) {
        return """
                %1$s >= pg_snapshot_xmin(cast(? AS pg_snapshot))
                AND NOT pg_visible_in_snapshot(%1$s, cast(? AS pg_snapshot))
                AND %1$s < pg_snapshot_xmax(pg_current_snapshot())""".formatted(column);
    }
}
