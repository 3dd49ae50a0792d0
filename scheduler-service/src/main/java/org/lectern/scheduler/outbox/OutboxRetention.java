package org.lectern.scheduler.outbox;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;

/**
 * Deletes aggregates that no consumer needs: all their events were published long ago and are no longer needed. It
 * deletes an aggregate as a whole, since a new consumer starts with its first version. Small transactions delete rows
 * instead of partitions. A partitioned table could not enforce one event per version, and some thousand rows a day are
 * few.
 */
@ApplicationScoped
class OutboxRetention {

    private static final int AGGREGATES_AT_A_TIME = 200;

    private final Sql sql;
    private final OutboxConfig config;

    @Inject
    OutboxRetention(Sql sql, OutboxConfig config) {
        this.sql = sql;
        this.config = config;
    }

    @Scheduled(
            every = "{lectern.outbox.prune-interval:1h}",
            delayed = "5m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void prune() {
        int removed = 0;
        int last;
        do {
            last = Transactions.inNew(this::pruneSome);
            removed += last;
        } while (last > 0);
        if (removed > 0) {
            Log.infof("Removed %d expired events from the outbox", removed);
        }
    }

    /** Runs in one process at a time; returns the number of deleted rows. */
    private int pruneSome() {
        boolean alone = sql.one(
                        "SELECT pg_try_advisory_xact_lock(hashtext('lectern.outbox.prune')) AS alone",
                        row -> row.flag("alone"))
                .orElse(false);
        if (!alone) {
            return 0;
        }
        double seconds = config.retention().toMillis() / 1000.0;
        return sql.update("""
                DELETE FROM outbox WHERE aggregate_id IN (
                    SELECT aggregate_id FROM outbox
                    GROUP BY aggregate_id
                    HAVING greatest(max(written_at), max(requeued_at)) < clock_timestamp() - make_interval(secs => ?)
                       AND coalesce(max(retain_until), '-infinity') < clock_timestamp() - make_interval(secs => ?)
                       AND NOT EXISTS (SELECT FROM outbox_queue q WHERE q.aggregate_id = outbox.aggregate_id)
                    LIMIT ?)
                AND coalesce(requeued_at, written_at) < clock_timestamp() - make_interval(secs => ?)
                """, seconds, seconds, AGGREGATES_AT_A_TIME, seconds);
    }
}
