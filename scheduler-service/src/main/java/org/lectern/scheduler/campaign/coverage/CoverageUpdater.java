package org.lectern.scheduler.campaign.coverage;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;

/**
 * Brings what is kept for coverage up to date where bookings have changed, so that it need not be computed whenever it
 * is read. Nothing depends on it but speed: what it has not come to yet is still marked, and computed.
 */
@ApplicationScoped
public class CoverageUpdater {

    private static final int BATCH = 500;

    /** The number of the lock that lets one replica at a time do this; an older state must not replace a newer one. */
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

    /** How many branches were brought up to date; none when another replica is at it. */
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
        // one statement has one snapshot: whatever left a mark that is removed here is in what is computed
        return alone ? sql.update("""
                        WITH due AS (SELECT DISTINCT campaign_id, branch_id FROM coverage_changed LIMIT ?),
                        gone AS (DELETE FROM coverage_changed c USING due
                                 WHERE c.campaign_id = due.campaign_id AND c.branch_id = due.branch_id)
                        INSERT INTO coverage_kept (campaign_id, branch_id, visits)
                        SELECT campaign_id, branch_id, coverage_visits(campaign_id, branch_id) FROM due
                        ON CONFLICT (campaign_id, branch_id) DO UPDATE SET visits = excluded.visits""", BATCH) : 0;
    }
}
