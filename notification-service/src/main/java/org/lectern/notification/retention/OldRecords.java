package org.lectern.notification.retention;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.time.Uuid7;

/** Removes old records that belong to no notice. Their ids are ordered by time, so the primary key finds old ones. */
@ApplicationScoped
class OldRecords {

    /** An open record waits for its decision, however old. */
    private static final String QUARANTINED = """
            SELECT q.id FROM quarantine q
            WHERE q.id < ? AND q.state <> 'OPEN'
              AND NOT EXISTS (SELECT FROM quarantine_action a WHERE a.quarantine_id = q.id AND a.acted_at >= ?)
            ORDER BY q.id LIMIT ? FOR UPDATE SKIP LOCKED""";

    /** The newest one of an endpoint that waits says why it waits. */
    private static final String CONFIRMATIONS = """
            SELECT c.id FROM confirmation c
            WHERE c.id < ? AND c.ended_at < ? AND c.expires_at < ?
              AND NOT EXISTS (SELECT FROM endpoint e WHERE e.id = c.endpoint_id AND e.pending AND e.removed_at IS NULL
                              AND NOT EXISTS (SELECT FROM confirmation later
                                              WHERE later.endpoint_id = e.id AND later.requested_at > c.requested_at))
            ORDER BY c.id LIMIT ? FOR UPDATE SKIP LOCKED""";

    private static final String TRIALS = """
            DELETE FROM endpoint_trial WHERE id IN (
                SELECT id FROM endpoint_trial WHERE id < ? ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED)""";

    private static final String FEEDS = """
            DELETE FROM calendar_feed WHERE id IN (
                SELECT id FROM calendar_feed WHERE revoked_at < ? LIMIT ? FOR UPDATE SKIP LOCKED)""";

    private static final String SECRETS = """
            DELETE FROM endpoint_former_secret WHERE (endpoint_id, secret) IN (
                SELECT endpoint_id, secret FROM endpoint_former_secret WHERE valid_until < ?
                LIMIT ? FOR UPDATE SKIP LOCKED)""";

    private final Sql sql;
    private final OldNotices notices;

    @Inject
    OldRecords(Sql sql, OldNotices notices) {
        this.sql = sql;
        this.notices = notices;
    }

    /**
     * Removes some records that are older.
     *
     * @return whether it may have left some
     */
    boolean remove(Instant cutoff, int limit) {
        UUID first = Uuid7.firstAt(cutoff);
        return Transactions.inNew(() -> {
            List<UUID> quarantined = sql.list(QUARANTINED, row -> row.id("id"), first, cutoff, limit);
            if (!quarantined.isEmpty()) {
                delete("quarantine_action", "quarantine_id", quarantined);
                delete("quarantine", "id", quarantined);
            }
            List<UUID> confirmations = sql.list(CONFIRMATIONS, row -> row.id("id"), first, cutoff, cutoff, limit);
            if (!confirmations.isEmpty()) {
                delete("confirmation_attempt", "confirmation_id", confirmations);
                delete("confirmation", "id", confirmations);
            }
            int trials = counted("endpoint_trial", sql.update(TRIALS, first, limit));
            int feeds = counted("calendar_feed", sql.update(FEEDS, cutoff, limit));
            int secrets = counted("endpoint_former_secret", sql.update(SECRETS, cutoff, limit));
            return quarantined.size() == limit
                    || confirmations.size() == limit
                    || trials == limit
                    || feeds == limit
                    || secrets == limit;
        });
    }

    private void delete(String table, String key, List<UUID> ids) {
        counted(table, sql.update("DELETE FROM " + table + " WHERE " + key + " = ANY (?)", ids));
    }

    private int counted(String table, int rows) {
        notices.count(table, rows);
        return rows;
    }
}
