package org.lectern.scheduler.campaign.coverage;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;

/**
 * Updates the stored coverage of changed bookings, so that reads need not compute it. This affects speed only: readers
 * compute entries that are still marked as changed.
 */
@ApplicationScoped
public class CoverageUpdater {

    private static final int BATCH = 500;

    /** The advisory lock that admits one replica at a time: an older state must not replace a newer one. */
    private static final long LOCK = 0x636F766572616765L;

    private final Sql sql;

    @Inject
    CoverageUpdater(Sql sql) {
        this.sql = sql;
    }

    @Scheduled(
            every = "{lectern.campaigns.coverage-interval}",
            delayed = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void run() {
        keep();
    }

    /** The number of updated branches; 0 if another replica is updating. */
    public int keep() {
        int all = 0;
        int some;
        do {
            some = Transactions.inNew(this::batch);
            all += some;
        } while (some == BATCH);
        return all;
    }

    private int batch() {
        boolean alone = sql.one("SELECT pg_try_advisory_xact_lock(?) AS alone", row -> row.flag("alone"), LOCK)
                .orElseThrow();
        // one statement has one snapshot: the change behind every deleted mark is part of the computed state
        return alone ? sql.update("""
                        WITH due AS (SELECT DISTINCT campaign_id, branch_id FROM coverage_changed LIMIT ?),
                        gone AS (DELETE FROM coverage_changed c USING due
                                 WHERE c.campaign_id = due.campaign_id AND c.branch_id = due.branch_id)
                        INSERT INTO coverage_cache (campaign_id, branch_id, visits)
                        SELECT campaign_id, branch_id, coverage_visits(campaign_id, branch_id) FROM due
                        ON CONFLICT (campaign_id, branch_id) DO UPDATE SET visits = excluded.visits""", BATCH) : 0;
    }
}
