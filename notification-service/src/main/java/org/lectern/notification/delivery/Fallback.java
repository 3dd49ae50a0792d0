package org.lectern.notification.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;

/**
 * Uses the next fallback endpoint of a branch when no other accepted the newest notice of a booking and none is likely
 * to. That is: each refused permanently, is disabled, or has failed for long. A fallback delivery is an ordinary
 * delivery; when it fails too, the next fallback is used. Any number of processes may run this: a notice goes to an
 * endpoint once.
 */
@ApplicationScoped
class Fallback {

    private static final Logger LOG = Logger.getLogger(Fallback.class);

    /** An unsubscribed reader gets no fallback delivery either. */
    private static final String STUCK = """
            (%1$s.state = 'DEAD' AND %1$s.reason NOT IN ('expired', 'unsubscribed')
             OR %1$s.state = 'PARKED'
             OR %1$s.state = 'READY' AND (
                 EXISTS (SELECT 1 FROM endpoint_breaker b WHERE b.endpoint_id = %1$s.endpoint_id
                           AND b.open_until IS NOT NULL AND b.failing_since < now() - ? * interval '1 millisecond')
                 OR EXISTS (SELECT 1 FROM delivery_attempt a WHERE a.delivery_id = %1$s.id
                              AND a.number > %1$s.attempts_before
                              AND a.started_at < now() - ? * interval '1 millisecond')))""";

    private static final String STEP_IN = """
            INSERT INTO delivery (id, notice_id, endpoint_id, branch_id, subject_id, sequence, channel, state,
                                  next_attempt_at, expires_at, traceparent, created_at, fallback_for)
            SELECT uuidv7(), s.notice_id, f.id, s.branch_id, s.subject_id, s.sequence, f.channel, 'READY',
                   clock_timestamp(), s.expires_at, s.traceparent, clock_timestamp(), s.id
            FROM (SELECT DISTINCT ON (d.notice_id) d.* FROM delivery d
                  WHERE d.branch_id IN (SELECT e.branch_id FROM endpoint e WHERE e.fallback AND e.usable)
                    AND d.state IN ('READY', 'PARKED', 'DEAD') AND d.expires_at > now()
                    AND %s
                    AND NOT EXISTS (SELECT 1 FROM delivery other WHERE other.notice_id = d.notice_id AND NOT %s)
                    AND NOT EXISTS (SELECT 1 FROM notice later
                                    WHERE later.branch_id = d.branch_id AND later.sequence > d.sequence
                                      AND d.subject_id IN (later.booking_id, later.request_id))
                  ORDER BY d.notice_id, d.created_at DESC, d.id DESC) s
            CROSS JOIN LATERAL (
                  SELECT e.id, e.channel FROM endpoint e
                  WHERE e.branch_id = s.branch_id AND e.fallback AND e.usable
                    AND NOT EXISTS (SELECT 1 FROM delivery there
                                    WHERE there.notice_id = s.notice_id AND there.endpoint_id = e.id)
                  ORDER BY e.id LIMIT 1) f
            ON CONFLICT (notice_id, endpoint_id) DO NOTHING
            RETURNING id, channel, fallback_for""".formatted(STUCK.formatted("d"), STUCK.formatted("other"));

    private final Sql sql;
    private final DeliveryConfig config;
    private final MeterRegistry metrics;

    @Inject
    Fallback(Sql sql, DeliveryConfig config, MeterRegistry metrics) {
        this.sql = sql;
        this.config = config;
        this.metrics = metrics;
    }

    private record FallbackUse(UUID id, String channel, UUID stuck) {}

    /** Enqueues fallback deliveries for stuck notices and returns their number. */
    int stepIn() {
        long after = config.fallbackAfter().toMillis();
        List<FallbackUse> all = Transactions.inNew(() -> sql.list(
                STEP_IN,
                row -> new FallbackUse(row.id("id"), row.text("channel"), row.id("fallback_for")),
                after,
                after,
                after,
                after));
        for (FallbackUse each : all) {
            LOG.infof("Delivery %s on %s replaces %s as the fallback", each.id(), each.channel(), each.stuck());
            metrics.counter("lectern.delivery.fallbacks", "channel", each.channel())
                    .increment();
        }
        return all.size();
    }
}
