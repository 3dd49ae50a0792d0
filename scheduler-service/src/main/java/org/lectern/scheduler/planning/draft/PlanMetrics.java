package org.lectern.scheduler.planning.draft;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;

/** Meters of the planner. */
@ApplicationScoped
public class PlanMetrics {

    private final Timer firstPlan;
    private final Counter iterations;
    private final Counter finished;
    private final Counter failed;
    private final Counter continued;
    private final Counter published;
    private final Counter refused;
    private final PlanJobs jobs;
    private volatile double waited;

    @Inject
    PlanMetrics(MeterRegistry metrics, PlanJobs jobs) {
        firstPlan = Timer.builder("lectern.planning.first.plan")
                .description("From the begin of a search to its first whole plan, reading the facts included")
                .publishPercentileHistogram()
                .register(metrics);
        iterations = Counter.builder("lectern.planning.iterations")
                .description("Iterations of searches")
                .register(metrics);
        finished = jobs(metrics, "finished");
        failed = jobs(metrics, "failed");
        continued = jobs(metrics, "continued");
        published = lectures(metrics, "booked");
        refused = lectures(metrics, "refused");
        this.jobs = jobs;
        Gauge.builder("lectern.planning.waiting.age", this, each -> each.waited)
                .description("Seconds that the oldest job without a worker has waited")
                .baseUnit("seconds")
                .register(metrics);
    }

    /** Measured apart from the reading of metrics, which must not wait for the database. */
    @Scheduled(every = "15s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void measure() {
        try {
            waited = jobs.waiting().seconds();
        } catch (RuntimeException e) {
            waited = Double.NaN;
        }
    }

    private static Counter jobs(MeterRegistry metrics, String outcome) {
        return Counter.builder("lectern.planning.jobs")
                .description("Jobs by outcome: finished, failed, or continued after another worker")
                .tag("outcome", outcome)
                .register(metrics);
    }

    private static Counter lectures(MeterRegistry metrics, String outcome) {
        return Counter.builder("lectern.planning.lectures")
                .description("Lectures of published plans by outcome: booked or refused")
                .tag("outcome", outcome)
                .register(metrics);
    }

    public void firstPlan(long nanos) {
        firstPlan.record(nanos, TimeUnit.NANOSECONDS);
    }

    public void searched(long count) {
        iterations.increment((double) count);
    }

    public void finished() {
        finished.increment();
    }

    public void failed() {
        failed.increment();
    }

    public void continued() {
        continued.increment();
    }

    public void published(int booked, int notBooked) {
        published.increment(booked);
        refused.increment(notBooked);
    }
}
