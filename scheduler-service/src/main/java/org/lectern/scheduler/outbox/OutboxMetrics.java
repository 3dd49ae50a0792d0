package org.lectern.scheduler.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Objects;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;

/**
 * Metrics of the outbox. They are measured outside the relay, so that they rise when it stops working. They are NaN
 * when the database is unavailable.
 */
@ApplicationScoped
class OutboxMetrics {

    /** The number of events per lane that is counted exactly; the rest is estimated. */
    private static final int COUNTED_OF_A_LANE = 5_000;

    /**
     * Reads the head and the end of each lane, so that a long backlog costs no more than a short one. The database is
     * busy when the backlog is long. Positions alternate between the lanes, so the distance from head to end estimates
     * the number of events.
     */
    private static final String BACKLOG = """
            SELECT (SELECT count(*) FROM outbox_queue WHERE failures > 0) AS put_off,
                   sum(head.events + (tail.position - head.until) / %1$d)::bigint AS events,
                   coalesce(extract(epoch FROM clock_timestamp() - min(head.since)), 0) AS oldest
            FROM generate_series(0, %1$d - 1) l(number)
            CROSS JOIN LATERAL (
                SELECT count(*) AS events, coalesce(max(position), 0) AS until, min(queued_at) AS since
                FROM (SELECT q.position, q.queued_at FROM outbox_queue q
                      WHERE q.lane = l.number ORDER BY q.position LIMIT %2$d) first) head
            CROSS JOIN LATERAL (
                SELECT coalesce(max(q.position), 0) AS position FROM outbox_queue q WHERE q.lane = l.number) tail""".formatted(OutboxRelay.LANES, COUNTED_OF_A_LANE);

    private static final Backlog UNKNOWN = new Backlog(Double.NaN, Double.NaN, Double.NaN);

    private final Sql sql;
    private volatile Backlog backlog = UNKNOWN;

    @Inject
    OutboxMetrics(Sql sql, MeterRegistry metrics) {
        this.sql = sql;
        Gauge.builder("lectern.outbox.oldest.unpublished.seconds", () -> backlog.oldestSeconds())
                .description("Age of the oldest event that Kafka has not acknowledged")
                .register(metrics);
        Gauge.builder("lectern.outbox.unpublished.events", () -> backlog.events())
                .description("Events that Kafka has not acknowledged; above some thousands an estimate")
                .register(metrics);
        Gauge.builder("lectern.outbox.rejected.events", () -> backlog.rejected())
                .description("Of these, events that Kafka would not have at the last attempt")
                .register(metrics);
    }

    /** The backlog. */
    record Backlog(double events, double rejected, double oldestSeconds) {}

    @Scheduled(
            every = "{lectern.outbox.metrics-interval:5s}",
            delayed = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void measure() {
        try {
            backlog = read();
        } catch (RuntimeException e) {
            backlog = UNKNOWN;
            Log.debugf("The outbox cannot be measured (SQLSTATE %s)", Transactions.sqlState(e));
        }
    }

    Backlog read() {
        return sql.one(
                        BACKLOG,
                        row -> new Backlog(
                                row.bigNumber("events"),
                                row.bigNumber("put_off"),
                                Math.max(0, Objects.requireNonNull(row.decimalOrNull("oldest")))))
                .orElseThrow();
    }
}
