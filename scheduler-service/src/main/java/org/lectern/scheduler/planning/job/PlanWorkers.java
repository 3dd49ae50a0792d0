package org.lectern.scheduler.planning.job;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.lectern.chassis.database.Transactions;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.planning.draft.PlanJobs;
import org.lectern.scheduler.planning.draft.PlanJobs.Job;
import org.lectern.scheduler.planning.draft.PlanJobs.Kind;
import org.lectern.scheduler.planning.draft.PlanMetrics;
import org.lectern.scheduler.planning.draft.PlanningConfig;
import org.lectern.scheduler.planning.draft.Plans;
import org.lectern.scheduler.planning.publication.PublicationWork;

/**
 * The workers of this process: one thread searches with the lowest priority, one books published plans. Each has one
 * job at a time; further jobs wait in the database, where every process looks for them.
 */
@ApplicationScoped
public class PlanWorkers {

    private static final long PATIENCE_AT_SHUTDOWN = 10_000;
    private static final int PATIENCE_OF_PUBLICATIONS = 10;

    private final PlanJobs jobs;
    private final Plans plans;
    private final SearchWork search;
    private final PublicationWork publication;
    private final PlanMetrics metrics;
    private final PlanningConfig config;
    private final Clock clock;
    private final List<Worker> workers = new ArrayList<>();

    @Inject
    PlanWorkers(
            PlanJobs jobs,
            Plans plans,
            SearchWork search,
            PublicationWork publication,
            PlanMetrics metrics,
            PlanningConfig config,
            Clock clock) {
        this.jobs = jobs;
        this.plans = plans;
        this.search = search;
        this.publication = publication;
        this.metrics = metrics;
        this.config = config;
        this.clock = clock;
    }

    void start(@Observes StartupEvent started) {
        if (config.worker()) {
            workers.add(new Worker(Kind.SEARCH));
            workers.add(new Worker(Kind.PUBLISH));
            workers.forEach(Worker::start);
        }
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        workers.forEach(Worker::stop);
        for (Worker each : workers) {
            each.join();
        }
    }

    /** Another worker, as a second process has it. For tests. */
    public Worker another(Kind kind) {
        return new Worker(kind);
    }

    /** Looks for work at once rather than at the next poll. */
    public void wake() {
        workers.forEach(Worker::wake);
    }

    @Scheduled(every = "1h", delayed = "15m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forgetOld() {
        Instant moment = clock.instant().minus(config.retention());
        while (plans.deleteOneOlderThan(moment)) {
            // each one is a transaction of its own
        }
    }

    /** A thread that takes jobs of one kind, one after another. */
    public final class Worker {

        private final Kind kind;
        private final String name = UUID.randomUUID().toString();
        private final Semaphore wakes = new Semaphore(0);
        private final Thread thread;
        private volatile boolean isStopping;

        private Worker(Kind kind) {
            this.kind = kind;
            thread = Thread.ofPlatform()
                    .name(kind == Kind.SEARCH ? "plan-search" : "plan-publication")
                    .daemon()
                    .priority(kind == Kind.SEARCH ? Thread.MIN_PRIORITY : Thread.NORM_PRIORITY)
                    .unstarted(this::work);
        }

        public void start() {
            thread.start();
        }

        /** Lets the present job be continued by another worker. */
        public void stop() {
            isStopping = true;
            wake();
        }

        public void join() throws InterruptedException {
            thread.join(PATIENCE_AT_SHUTDOWN);
        }

        void wake() {
            wakes.release();
        }

        private void work() {
            while (!isStopping) {
                try {
                    Optional<Job> job = jobs.claim(kind, name);
                    if (job.isPresent()) {
                        carryOut(job.get());
                        continue;
                    }
                } catch (RuntimeException e) {
                    Log.warnf("The planner cannot look for work (SQLSTATE %s)", Transactions.sqlState(e));
                }
                rest();
            }
        }

        private void rest() {
            try {
                if (wakes.tryAcquire(config.pollInterval().toMillis(), TimeUnit.MILLISECONDS)) {
                    wakes.drainPermits();
                }
            } catch (InterruptedException e) {
                isStopping = true;
                Thread.currentThread().interrupt();
            }
        }

        private void carryOut(Job job) {
            if (job.attempts() > 1) {
                metrics.continued();
            }
            if (job.attempts() > most()) {
                fail(job, "worker-lost");
                return;
            }
            try {
                boolean finished = kind == Kind.SEARCH
                        ? search.run(job, name, () -> isStopping) == SearchWork.End.FINISHED
                        : publication.run(job.planId(), name, () -> isStopping);
                if (finished) {
                    metrics.finished();
                }
            } catch (RuntimeException e) {
                Log.errorf(e, "Plan %s: the work failed at attempt %d", job.planId(), job.attempts());
                if (job.attempts() >= most()) {
                    fail(job, e.getClass().getSimpleName());
                } else {
                    jobs.retry(job.planId(), name, job.attempts());
                }
            }
        }

        /** A publication has begun to book: it is given up much later, when its holds have expired. */
        private int most() {
            return kind == Kind.SEARCH ? config.mostAttempts() : config.mostAttempts() * PATIENCE_OF_PUBLICATIONS;
        }

        private void fail(Job job, String failure) {
            metrics.failed();
            Transactions.inNew(() -> {
                if (jobs.has(job.planId(), name)) {
                    plans.failed(job.planId(), failure);
                    jobs.done(job.planId());
                    plans.log(job.planId(), Audit.SYSTEM, "FAILED", failure);
                }
                return true;
            });
        }
    }
}
