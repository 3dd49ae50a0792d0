package org.lectern.notification.retention;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.lectern.chassis.database.AfterCommit;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;

/** Removes notices with their deliveries, attempts, answers and calendar entries. */
@ApplicationScoped
class OldNotices {

    /** Waits for an attempt or a resend under way and then sees its result. */
    private static final String DELIVERIES = """
            SELECT id, state IN ('READY', 'LEASED', 'PARKED') AS open FROM delivery WHERE notice_id = ANY (?)
            ORDER BY id FOR UPDATE""";

    /** Notices about endpoints belong to no subject. */
    private static final String ABOUT_ENDPOINTS = """
            SELECT n.id FROM notice n
            WHERE n.id = ANY (?) AND n.booking_id IS NULL AND n.request_id IS NULL
              AND NOT EXISTS (SELECT FROM delivery d WHERE d.notice_id = n.id
                              AND CASE WHEN d.state IN ('READY', 'LEASED', 'PARKED') THEN true
                                       ELSE d.finished_at >= ? END)
            ORDER BY n.id FOR UPDATE OF n SKIP LOCKED""";

    private final Sql sql;
    private final AfterCommit afterCommit;
    private final MeterRegistry metrics;

    @Inject
    OldNotices(Sql sql, AfterCommit afterCommit, MeterRegistry metrics) {
        this.sql = sql;
        this.afterCommit = afterCommit;
        this.metrics = metrics;
    }

    /** Removes those of the notices that are about endpoints and have been delivered or given up. */
    void removeAboutEndpoints(List<UUID> ids, Instant cutoff) {
        Transactions.inNew(() -> {
            sql.planOnce();
            List<UUID> removable = sql.list(ABOUT_ENDPOINTS, row -> row.id("id"), ids, cutoff);
            return !removable.isEmpty() && remove(removable);
        });
    }

    /**
     * Removes notices, in the running transaction that has locked them.
     *
     * @return false if one of their deliveries is open after all; then nothing was removed
     */
    boolean remove(List<UUID> ids) {
        record Found(UUID id, boolean open) {}
        List<Found> found = sql.list(DELIVERIES, row -> new Found(row.id("id"), row.flag("open")), ids);
        if (found.stream().anyMatch(Found::open)) {
            return false;
        }
        List<UUID> deliveries = found.stream().map(Found::id).toList();
        if (!deliveries.isEmpty()) {
            delete("delivery_attempt", "delivery_id = ANY (?)", deliveries);
            delete("delivery_report", "delivery_id = ANY (?)", deliveries);
            delete("delivery_resend", "delivery_id = ANY (?)", deliveries);
            sql.update("UPDATE delivery SET superseded_by = NULL WHERE superseded_by = ANY (?)", deliveries);
            sql.update("UPDATE delivery SET fallback_for = NULL WHERE fallback_for = ANY (?)", deliveries);
            delete("delivery", "id = ANY (?)", deliveries);
        }
        delete("reminder", "notice_id = ANY (?)", ids);
        delete("escalation", "notice_id = ANY (?)", ids);
        delete("escalation", "sent_notice_id = ANY (?)", ids);
        delete("calendar_answer", "notice_id = ANY (?)", ids);
        delete("calendar_answer", "sent_notice_id = ANY (?)", ids);
        delete("calendar_revision", "notice_id = ANY (?)", ids);
        delete("acknowledgement", "notice_id = ANY (?)", ids);
        delete("offer_answer", "notice_id = ANY (?)", ids);
        delete("notice", "id = ANY (?)", ids);
        return true;
    }

    private void delete(String table, String which, List<UUID> ids) {
        count(table, sql.update("DELETE FROM " + table + " WHERE " + which, ids));
    }

    /** Counts removed rows when the running transaction commits. */
    void count(String table, int rows) {
        if (rows > 0) {
            afterCommit.run(() ->
                    metrics.counter("lectern.retention.removed", "table", table).increment(rows));
        }
    }
}
