package org.lectern.notification.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.http.Cursor;

/** Held events as people see them, grouped by booking or request. */
@ApplicationScoped
public class HeldEvents {

    private static final String LOOK = """
            WITH waiting AS (
                SELECT h.subject_id, count(*) AS held, min(h.version) AS lowest, max(h.version) AS highest,
                       min(h.held_since) AS since,
                       (array_agg(h.topic ORDER BY h.version))[1] AS topic,
                       (array_agg(h.branch_id ORDER BY h.version))[1] AS branch_id
                FROM held_event h GROUP BY h.subject_id)
            SELECT w.subject_id, w.topic, w.held, w.lowest, w.highest, w.since, coalesce(v.version, 0) AS seen,
                   CASE WHEN b.id IS NULL THEN w.branch_id END AS unknown_branch,
                   (SELECT q.id FROM quarantine q
                    WHERE q.subject_id = w.subject_id AND q.subject_version = coalesce(v.version, 0) + 1
                      AND q.state = 'OPEN'
                    ORDER BY q.quarantined_at LIMIT 1) AS quarantine_id
            FROM waiting w
            LEFT JOIN subject_view v ON v.subject_id = w.subject_id
            LEFT JOIN recipient b ON b.id = w.branch_id""";

    private final Sql sql;

    @Inject
    HeldEvents(Sql sql) {
        this.sql = sql;
    }

    /** Lists them, the longest held first. */
    public List<HeldView> list(@Nullable Cursor after, int limit) {
        var parameters = new ArrayList<@Nullable Object>();
        if (after != null) {
            parameters.add(after.moment());
            parameters.add(after.id());
        }
        parameters.add(limit);
        return sql.list(
                LOOK + (after == null ? "" : " WHERE (w.since, w.subject_id) > (?, ?)")
                        + " ORDER BY w.since, w.subject_id LIMIT ?",
                row -> {
                    boolean inTurn = row.number("lowest") == row.number("seen") + 1;
                    boolean request = row.text("topic").endsWith("requests");
                    UUID subject = row.id("subject_id");
                    return new HeldView(
                            request ? null : subject,
                            request ? subject : null,
                            row.number("seen"),
                            inTurn ? null : row.number("seen") + 1,
                            inTurn ? row.idOrNull("unknown_branch") : null,
                            row.number("held"),
                            row.number("lowest"),
                            row.number("highest"),
                            row.time("since"),
                            inTurn ? null : row.idOrNull("quarantine_id"));
                },
                parameters.toArray());
    }

    /** The number of held events. */
    long size() {
        return sql.one("SELECT count(*) AS held FROM held_event", row -> row.bigNumber("held"))
                .orElse(0L);
    }

    /** The time since which the oldest event is held. */
    Optional<Instant> oldest() {
        return sql.one(
                        "SELECT min(held_since) AS oldest FROM held_event",
                        row -> Optional.ofNullable(row.timeOrNull("oldest")))
                .flatMap(oldest -> oldest);
    }
}
