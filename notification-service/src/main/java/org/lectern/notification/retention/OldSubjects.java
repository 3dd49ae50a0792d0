package org.lectern.notification.retention;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;

/**
 * Removes the notices of a booking or a lecture request with everything that belongs to them, in steps of bounded size.
 * A subject goes only as a whole: all its notices are old, nothing of it waits or is being sent. Its row in
 * {@code subject_view} stays, so that an event which comes again is recognised as a repeat, and keeps the highest
 * SEQUENCE of its calendar entries, so that a later change still rises.
 *
 * <p>The lock on that row keeps intake, reminders, escalation and other replicas out. A locked subject is skipped; the
 * next round finds it again.
 */
@ApplicationScoped
class OldSubjects {

    /** What a subject's notices are found by. */
    enum Kind {
        BOOKING("booking_id"),
        REQUEST("request_id");

        private final String column;

        Kind(String column) {
            this.column = column;
        }
    }

    private static final String LOCK = """
            SELECT subject_id FROM subject_view WHERE subject_id = ANY (?) ORDER BY subject_id FOR UPDATE SKIP LOCKED""";

    /** The CASE looks each delivery up by its subject, not in the index of unfinished ones. */
    private static final String REMOVABLE = """
            SELECT v.subject_id FROM subject_view v
            WHERE v.subject_id = ANY (?) AND v.state NOT IN ('WAITING', 'OFFERED')
              AND NOT EXISTS (SELECT FROM notice n WHERE n.%1$s = v.subject_id
                              AND (n.created_at >= ? OR coalesce(n.ends_at >= ?, false)))
              AND NOT EXISTS (SELECT FROM calendar_revision r WHERE r.booking_id = v.subject_id AND r.ends_at >= ?)
              AND NOT EXISTS (SELECT FROM delivery d WHERE d.subject_id = v.subject_id
                              AND (CASE WHEN d.state IN ('READY', 'LEASED', 'PARKED') THEN true
                                        ELSE d.finished_at >= ? END
                                   OR EXISTS (SELECT FROM endpoint_breaker b
                                              WHERE b.endpoint_id = d.endpoint_id AND b.probe = d.id)))
              AND NOT EXISTS (SELECT FROM held_event h WHERE h.subject_id = v.subject_id)
              AND NOT EXISTS (SELECT FROM quarantine q WHERE q.subject_id = v.subject_id AND q.state = 'OPEN')""";

    /** Repeats first, because they refer to their originals; then the oldest, which later ones supersede. */
    private static final String NOTICES = """
            SELECT id FROM notice WHERE %1$s = ANY (?) ORDER BY (repeats IS NULL), id LIMIT ? FOR UPDATE""";

    private static final String KEEP_SEQUENCE = """
            UPDATE subject_view v SET calendar_sequence = greatest(v.calendar_sequence, r.sequence)
            FROM (SELECT booking_id, max(sequence) AS sequence FROM calendar_revision WHERE booking_id = ANY (?)
                  GROUP BY booking_id) r
            WHERE v.subject_id = r.booking_id""";

    private final Sql sql;
    private final OldNotices notices;

    @Inject
    OldSubjects(Sql sql, OldNotices notices) {
        this.sql = sql;
        this.notices = notices;
    }

    /**
     * Removes notices of those subjects that can go.
     *
     * @param cutoff what ended, was written or was finished since then stays
     * @return whether it may have left some
     */
    boolean remove(Kind kind, List<UUID> subjects, Instant cutoff, int limit) {
        return Transactions.inNew(() -> {
            sql.planOnce();
            List<UUID> locked = sql.list(LOCK, row -> row.id("subject_id"), subjects);
            if (locked.isEmpty()) {
                return false;
            }
            List<UUID> removable = sql.list(
                    REMOVABLE.formatted(kind.column),
                    row -> row.id("subject_id"),
                    locked,
                    cutoff,
                    cutoff,
                    cutoff,
                    cutoff);
            if (removable.isEmpty()) {
                return false;
            }
            List<UUID> ids = sql.list(NOTICES.formatted(kind.column), row -> row.id("id"), removable, limit);
            if (ids.isEmpty()) {
                return false;
            }
            if (kind == Kind.BOOKING) {
                sql.update(KEEP_SEQUENCE, removable);
                notices.count(
                        "delivery_receipt",
                        sql.update("DELETE FROM delivery_receipt WHERE booking_id = ANY (?)", removable));
            }
            return notices.remove(ids) && ids.size() == limit;
        });
    }
}
