package org.lectern.scheduler.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Objects;
import org.lectern.scheduler.transaction.Sql;
import org.lectern.scheduler.transaction.Transactions;

/**
 * What operators watch of the outbox. Measured apart from the relay, so that the numbers rise when it can no longer do
 * its work; they are NaN when the database cannot be asked.
 */
@ApplicationScoped
class OutboxMetrics {

    private static final Backlog UNKNOWN = new Backlog(Double.NaN, Double.NaN, Double.NaN);

    private final Sql sql;
    private volatile Backlog backlog = UNKNOWN;

    @Inject
    OutboxMetrics(Sql sql, MeterRegistry metrics) {
        this.sql = sql;
        Gauge.builder("lectern.outbox.oldest.unpublished.seconds", () -> backlog.oldestSeconds())
                .description("Age of the oldest event that Kafka has not acknowledged")
                .register(metrics);
        Gauge.builder("lectern.outbox.unpublished", () -> backlog.events())
                .description("Events that Kafka has not acknowledged")
                .register(metrics);
        Gauge.builder("lectern.outbox.put.off", () -> backlog.putOff())
                .description("Of these, events that Kafka would not have at the last attempt")
                .register(metrics);
    }

    /** What waits. */
    record Backlog(double events, double putOff, double oldestSeconds) {}

    @Scheduled(
            every = "{lectern.outbox.measure-interval:5s}",
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
                        """
                        SELECT count(*) AS events, count(*) FILTER (WHERE failures > 0) AS put_off,
                               coalesce(extract(epoch FROM clock_timestamp() - min(queued_at)), 0) AS oldest
                        FROM outbox_queue""",
                        row -> new Backlog(
                                row.bigNumber("events"),
                                row.bigNumber("put_off"),
                                Math.max(0, Objects.requireNonNull(row.decimalOrNull("oldest")))))
                .orElseThrow();
    }
}
