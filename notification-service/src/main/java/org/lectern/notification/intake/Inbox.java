package org.lectern.notification.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;

/**
 * The ids of processed events, which make repeats harmless. Ids are kept for a horizon longer than Kafka's retention.
 * After that a repeat is recognised by its version, which is kept for ever.
 */
@ApplicationScoped
class Inbox {

    /** Small batches keep each deletion short. */
    private static final int FORGOTTEN_AT_ONCE = 5000;

    private final Sql sql;
    private final IntakeConfig config;
    private final Clock clock;

    @Inject
    Inbox(Sql sql, IntakeConfig config, Clock clock) {
        this.sql = sql;
        this.config = config;
        this.clock = clock;
    }

    /** Whether an event with that version is remembered. */
    boolean knowsVersion(UUID subject, int version) {
        return sql.one(
                        "SELECT 1 AS one FROM inbox WHERE subject = ? AND version = ? LIMIT 1",
                        row -> row.number("one"),
                        subject,
                        version)
                .isPresent();
    }

    /** Records the ids of events in the running transaction. */
    void remember(List<Incoming> events) {
        sql.update(
                """
                INSERT INTO inbox (event_id, type, subject, version, received_at)
                SELECT e.*, ?
                FROM unnest(cast(? AS uuid[]), cast(? AS text[]), cast(? AS uuid[]), cast(? AS integer[])) e
                ON CONFLICT DO NOTHING""",
                clock.instant(),
                Sql.each(events, Incoming::id),
                Sql.each(events, each -> each.type().type()),
                Sql.each(events, each -> each.event().subject()),
                Sql.each(events, each -> each.event().version()));
    }

    /** Whether the id of an event of that time would still be stored. */
    boolean remembers(Instant moment) {
        return moment.isAfter(horizon());
    }

    /** Deletes some ids past the horizon; the versions of bookings stay. */
    int forget() {
        return Transactions.inNew(() -> sql.update("""
                DELETE FROM inbox WHERE event_id IN (
                    SELECT event_id FROM inbox WHERE received_at < ? ORDER BY received_at LIMIT ?
                    FOR UPDATE SKIP LOCKED)""", horizon(), FORGOTTEN_AT_ONCE));
    }

    private Instant horizon() {
        return clock.instant().minus(config.inboxRetention());
    }
}
