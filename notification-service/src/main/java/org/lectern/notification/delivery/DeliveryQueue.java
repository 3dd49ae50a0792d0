package org.lectern.notification.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.transaction.Sql;
import org.lectern.notification.transaction.Transactions;

/**
 * The queue of deliveries. Who claims one holds a lease by the database's clock; a lease that ran out may be claimed
 * again, with a higher epoch, and then what the earlier holder says no longer counts. Attempts are counted at the
 * claim, so that a letter that kills its process is given up in the end.
 */
@ApplicationScoped
class DeliveryQueue {

    /**
     * Only the first unfinished delivery of each booking (or request) and endpoint is a candidate, so that a branch never hears of a
     * cancellation before the lecture; and only a few of each endpoint, so that others get their turn. The state is
     * asked for again under the row lock: between the two another process may have claimed it.
     */
    private static final String CLAIM = """
            WITH candidate AS (
                SELECT d.id, d.next_attempt_at,
                       row_number() OVER (PARTITION BY d.endpoint_id ORDER BY d.next_attempt_at, d.id) AS rank
                FROM delivery d
                JOIN endpoint e ON e.id = d.endpoint_id AND e.enabled AND e.removed_at IS NULL
                WHERE (d.state = 'READY' AND d.next_attempt_at <= now() OR d.state = 'LEASED' AND d.lease_until < now())
                  AND NOT EXISTS (SELECT 1 FROM delivery earlier
                                  WHERE earlier.endpoint_id = d.endpoint_id
                                    AND earlier.subject_id = d.subject_id
                                    AND earlier.sequence < d.sequence
                                    AND earlier.state IN ('READY', 'LEASED', 'PARKED'))),
            chosen AS (
                SELECT d.id
                FROM candidate c JOIN delivery d ON d.id = c.id
                WHERE c.rank <= ?
                  AND (d.state = 'READY' AND d.next_attempt_at <= now() OR d.state = 'LEASED' AND d.lease_until < now())
                ORDER BY c.next_attempt_at, c.id
                LIMIT ?
                FOR UPDATE OF d SKIP LOCKED),
            claimed AS (
                UPDATE delivery d
                SET state = 'LEASED', lease_until = now() + ? * interval '1 millisecond',
                    lease_epoch = d.lease_epoch + 1, attempts = d.attempts + 1
                FROM chosen WHERE d.id = chosen.id
                RETURNING d.id, d.notice_id, d.endpoint_id, d.subject_id, d.channel, d.attempts, d.lease_epoch, d.traceparent),
            logged AS (
                INSERT INTO delivery_attempt (delivery_id, number, started_at)
                SELECT id, attempts, clock_timestamp() FROM claimed)
            SELECT c.id, c.channel, c.attempts, c.lease_epoch, c.traceparent,
                   e.address, c.subject_id, n.locale, n.title, n.body, n.urgent
            FROM claimed c JOIN endpoint e ON e.id = c.endpoint_id JOIN notice n ON n.id = c.notice_id""";

    private static final String LOG = """
            UPDATE delivery_attempt SET ended_at = clock_timestamp(), outcome = ?, answer = ?
            WHERE delivery_id = ? AND number = ?""";

    private static final String FINISH = """
            UPDATE delivery SET state = ?, reason = ?, lease_until = NULL, finished_at = clock_timestamp()
            WHERE id = ? AND lease_epoch = ? AND state = 'LEASED'""";

    /** Where it goes on depends on what became of the endpoint meanwhile, and on whether it is still worth it then. */
    private static final String TRY_AGAIN = """
            UPDATE delivery d
            SET (state, reason, finished_at) = (
                    SELECT CASE WHEN e.removed_at IS NOT NULL OR later.at > d.expires_at THEN 'DEAD'
                                WHEN e.enabled THEN 'READY' ELSE 'PARKED' END,
                           CASE WHEN e.removed_at IS NOT NULL THEN 'endpoint-removed'
                                WHEN later.at > d.expires_at THEN 'expired' END,
                           CASE WHEN e.removed_at IS NOT NULL OR later.at > d.expires_at THEN clock_timestamp() END
                    FROM endpoint e WHERE e.id = d.endpoint_id),
                next_attempt_at = later.at,
                lease_until = NULL
            FROM (SELECT greatest(clock_timestamp() + ? * interval '1 millisecond', cast(? AS timestamptz)) AS at) later
            WHERE d.id = ? AND d.lease_epoch = ? AND d.state = 'LEASED'""";

    private static final String EXPIRE = """
            UPDATE delivery
            SET state = 'DEAD', reason = 'expired', lease_until = NULL, finished_at = clock_timestamp()
            WHERE expires_at < now() AND (state IN ('READY', 'PARKED') OR state = 'LEASED' AND lease_until < now())""";

    private final Sql sql;
    private final DeliveryConfig config;
    private final RetrySchedule schedule;

    @Inject
    DeliveryQueue(Sql sql, DeliveryConfig config) {
        this.sql = sql;
        this.config = config;
        this.schedule = new RetrySchedule(config.retrySchedule());
    }

    /** Takes up to so many due deliveries. */
    List<Lease> claim(int most) {
        return Transactions.inNew(() -> claimWithin(most));
    }

    /** The same within the running transaction. */
    List<Lease> claimWithin(int most) {
        return sql.list(
                CLAIM,
                row -> new Lease(
                        new Letter(
                                row.id("id"),
                                row.number("attempts"),
                                row.text("address"),
                                row.id("subject_id"),
                                row.text("locale"),
                                row.text("title"),
                                row.text("body"),
                                row.flag("urgent")),
                        row.text("channel"),
                        row.bigNumber("lease_epoch"),
                        row.textOrNull("traceparent")),
                config.perEndpoint(),
                most,
                config.lease().toMillis());
    }

    /** Whether there were more attempts than there should be: earlier ones ended without a word. */
    boolean exhausted(Lease lease) {
        return lease.letter().attempt() > schedule.attempts();
    }

    /**
     * Says how an attempt ended.
     *
     * @return false if the lease has passed to somebody else: then only the attempt is logged
     */
    boolean complete(Lease lease, DeliveryOutcome outcome) {
        return Transactions.inNew(() -> switch (outcome) {
            case DeliveryOutcome.Delivered delivered -> {
                log(lease, "DELIVERED", delivered.answer());
                yield finish(lease, "DELIVERED", null);
            }
            case DeliveryOutcome.GiveUp gaveUp -> {
                log(lease, "GIVE_UP", gaveUp.reason());
                yield finish(lease, "DEAD", gaveUp.reason());
            }
            case DeliveryOutcome.TryAgain again -> {
                log(lease, "TRY_AGAIN", again.reason());
                var pause = schedule.pauseAfter(
                        lease.letter().attempt(), ThreadLocalRandom.current().nextDouble());
                yield pause.isPresent()
                        ? tryAgain(lease, pause.get().toMillis(), again.notBefore())
                        : finish(lease, "DEAD", "exhausted");
            }
        });
    }

    private void log(Lease lease, String outcome, String answer) {
        sql.update(
                LOG,
                outcome,
                answer,
                lease.letter().deliveryId(),
                lease.letter().attempt());
    }

    private boolean finish(Lease lease, String state, @Nullable String reason) {
        return sql.update(FINISH, state, reason, lease.letter().deliveryId(), lease.epoch()) == 1;
    }

    private boolean tryAgain(Lease lease, long pauseMillis, @Nullable Instant notBefore) {
        return sql.update(TRY_AGAIN, pauseMillis, notBefore, lease.letter().deliveryId(), lease.epoch()) == 1;
    }

    /** Ends what is no longer worth delivering. */
    int expire() {
        return Transactions.inNew(() -> sql.update(EXPIRE));
    }

    /** For how long the oldest unfinished delivery has been due. */
    double oldestDueSeconds() {
        return sql.one("""
                        SELECT coalesce(extract(epoch FROM now() - min(next_attempt_at)), 0)::float8 AS seconds
                        FROM delivery WHERE state = 'READY' AND next_attempt_at <= now()""", row -> row.decimal("seconds")).orElse(0.0);
    }
}
