package org.lectern.scheduler.planning.draft;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;

/**
 * The queue of work on plans. A worker has a job while its lease lasts by the database's clock; every write of a worker
 * asks first whether it still has the job.
 */
@ApplicationScoped
public class PlanJobs {

    private final Sql sql;
    private final PlanningConfig config;

    @Inject
    PlanJobs(Sql sql, PlanningConfig config) {
        this.sql = sql;
        this.config = config;
    }

    /** What a worker does with a plan. */
    public enum Kind {
        SEARCH,
        PUBLISH
    }

    /**
     * A job that a worker has.
     *
     * @param fresh whether a search keeps only the pins of the present items
     * @param checkpoint where an earlier worker was, if it got that far
     */
    public record Job(
            UUID planId,
            Kind kind,
            boolean fresh,
            int attempts,
            @Nullable String checkpoint) {}

    /** What is known of a job while it waits or is done. */
    public record Progress(
            Kind kind,
            boolean running,
            boolean cancelled,
            @Nullable String progress) {}

    public void add(UUID plan, Kind kind, boolean fresh) {
        sql.update(
                "INSERT INTO plan_job (plan_id, kind, queued_at, fresh) VALUES (?, ?, statement_timestamp(), ?)",
                plan,
                kind.name(),
                fresh);
    }

    /** Takes the oldest job that no worker has. */
    public Optional<Job> claim(Kind kind, String owner) {
        return sql.one("""
                UPDATE plan_job SET owner = ?, attempts = attempts + 1,
                    lease_until = statement_timestamp() + cast(? AS double precision) * interval '1 second'
                WHERE plan_id = (SELECT plan_id FROM plan_job
                                 WHERE kind = ? AND (lease_until IS NULL OR lease_until < statement_timestamp())
                                 ORDER BY queued_at LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING plan_id, kind, fresh, attempts, cast(checkpoint AS text) AS checkpoint""", PlanJobs::job, owner, config.lease().toMillis() / 1000.0, kind.name());
    }

    private static Job job(Sql.Row row) throws SQLException {
        return new Job(
                row.id("plan_id"),
                Kind.valueOf(row.text("kind")),
                row.flag("fresh"),
                row.number("attempts"),
                row.textOrNull("checkpoint"));
    }

    /**
     * Extends the lease and shows the progress.
     *
     * @return whether the job was cancelled; empty if the worker no longer has it
     */
    public Optional<Boolean> renew(UUID plan, String owner, @Nullable String progress) {
        return sql.one(
                """
                UPDATE plan_job SET progress = coalesce(cast(? AS jsonb), progress),
                    lease_until = statement_timestamp() + cast(? AS double precision) * interval '1 second'
                WHERE plan_id = ? AND owner = ? RETURNING cancelled""", row -> row.flag("cancelled"), progress, config.lease().toMillis() / 1000.0, plan, owner);
    }

    /** Whether the worker still has the job; locks it until the transaction ends, so that no other can take it. */
    public boolean has(UUID plan, String owner) {
        return sql.one(
                        "SELECT 1 AS found FROM plan_job WHERE plan_id = ? AND owner = ? FOR UPDATE",
                        row -> row.number("found"),
                        plan,
                        owner)
                .isPresent();
    }

    /** Writes in a transaction of its own, if the worker still has the job; returns whether it has. */
    public boolean fenced(UUID plan, String owner, Runnable writing) {
        return Transactions.inNew(() -> {
            if (!has(plan, owner)) {
                return false;
            }
            writing.run();
            return true;
        });
    }

    /** Whether an organizer cancelled the job. */
    public boolean isCancelled(UUID plan) {
        return sql.one("SELECT cancelled FROM plan_job WHERE plan_id = ?", row -> row.flag("cancelled"), plan)
                .orElse(false);
    }

    public void checkpoint(UUID plan, String checkpoint) {
        sql.update("UPDATE plan_job SET checkpoint = cast(? AS jsonb) WHERE plan_id = ?", checkpoint, plan);
    }

    /** Gives a job back, for any worker to take it at once. */
    public void release(UUID plan, String owner) {
        sql.update(
                "UPDATE plan_job SET owner = NULL, lease_until = NULL, attempts = attempts - 1"
                        + " WHERE plan_id = ? AND owner = ?",
                plan,
                owner);
    }

    /** Gives a job back that failed, for any worker to try it again after a pause. */
    public void retry(UUID plan, String owner, int seconds) {
        sql.update(
                "UPDATE plan_job SET owner = NULL, lease_until = statement_timestamp() + ? * interval '1 second'"
                        + " WHERE plan_id = ? AND owner = ?",
                seconds,
                plan,
                owner);
    }

    public void done(UUID plan) {
        sql.update("DELETE FROM plan_job WHERE plan_id = ?", plan);
    }

    /** Asks the worker to stop; returns whether a worker has the job. Empty if there is no job. */
    public Optional<Boolean> cancel(UUID plan) {
        return sql.one("""
                UPDATE plan_job SET cancelled = true WHERE plan_id = ?
                RETURNING coalesce(lease_until >= statement_timestamp(), false) AS running""", row -> row.flag("running"), plan);
    }

    public Optional<Progress> progress(UUID plan) {
        return sql.one(
                """
                SELECT kind, cancelled, coalesce(lease_until >= statement_timestamp(), false) AS running,
                       cast(progress AS text) AS progress
                FROM plan_job WHERE plan_id = ?""",
                row -> new Progress(
                        Kind.valueOf(row.text("kind")),
                        row.flag("running"),
                        row.flag("cancelled"),
                        row.textOrNull("progress")),
                plan);
    }

    /** The number of jobs that wait, and the seconds that the oldest of them has waited. */
    public record Waiting(int jobs, double seconds) {}

    public Waiting waiting() {
        return sql.one("""
                        SELECT count(*) AS jobs,
                               coalesce(extract(epoch FROM statement_timestamp() - min(queued_at)), 0) AS seconds
                        FROM plan_job WHERE lease_until IS NULL OR lease_until < statement_timestamp()""", row -> new Waiting(row.number("jobs"), row.decimal("seconds")))
                .orElseThrow();
    }
}
