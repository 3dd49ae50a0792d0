package org.lectern.scheduler.outbox;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;

/**
 * Removes what nobody will ask for again: aggregates whose every event was published long ago and is needed no more. An
 * aggregate goes whole or stays whole, since a consumer that begins anew waits for its first version. Rows are deleted
 * in small transactions, not dropped by partition: a partitioned table could not keep one event per version unique, and
 * some thousand rows a day are little.
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
            Log.infof("Removed %d events from the outbox that nobody needs any more", removed);
        }
    }

    /** One process at a time; how many rows were removed. */
    private int pruneSome() {
        boolean alone = sql.one(
                        "SELECT pg_try_advisory_xact_lock(hashtext('lectern.outbox.prune')) AS alone",
                        row -> row.flag("alone"))
                .orElse(false);
        if (!alone) {
            return 0;
        }
        double seconds = config.keptFor().toMillis() / 1000.0;
        return sql.update("""
                DELETE FROM outbox WHERE aggregate_id IN (
                    SELECT aggregate_id FROM outbox
                    GROUP BY aggregate_id
                    HAVING greatest(max(written_at), max(requeued_at)) < clock_timestamp() - make_interval(secs => ?)
                       AND coalesce(max(needed_until), '-infinity') < clock_timestamp() - make_interval(secs => ?)
                       AND NOT EXISTS (SELECT FROM outbox_queue q WHERE q.aggregate_id = outbox.aggregate_id)
                    LIMIT ?)
                AND coalesce(requeued_at, written_at) < clock_timestamp() - make_interval(secs => ?)
                """, seconds, seconds, AGGREGATES_AT_A_TIME, seconds);
    }
}
