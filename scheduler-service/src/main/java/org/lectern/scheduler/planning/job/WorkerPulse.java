package org.lectern.scheduler.planning.job;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Keeps a worker's claim of a job while it computes: renews it every second, with the progress, and says why the work
 * has to end. Used by one thread.
 */
final class WorkerPulse {

    private static final long BEAT = Duration.ofSeconds(1).toNanos();

    /** Stores the progress and renews the claim; whether an organizer cancelled, empty if another worker has the job. */
    interface Renewal {
        Optional<Boolean> renew(SearchProgress progress);
    }

    private final Renewal claim;
    private final BooleanSupplier stopping;
    private long beaten = System.nanoTime();
    private boolean isLost;
    private boolean isStopped;
    private boolean isCancelled;

    /** @param stopping whether this process ends */
    WorkerPulse(Renewal claim, BooleanSupplier stopping) {
        this.claim = claim;
        this.stopping = stopping;
    }

    /** Whether to continue. Once false, it stays false. */
    boolean beat(Supplier<SearchProgress> progress) {
        isStopped |= stopping.getAsBoolean();
        long now = System.nanoTime();
        if (!isOver() && now - beaten >= BEAT) {
            beaten = now;
            Optional<Boolean> cancelled = claim.renew(progress.get());
            isLost |= cancelled.isEmpty();
            isCancelled |= cancelled.orElse(false);
        }
        return !isOver();
    }

    /** The job is another worker's. */
    void lose() {
        isLost = true;
    }

    boolean isLost() {
        return isLost;
    }

    boolean isStopped() {
        return isStopped;
    }

    private boolean isOver() {
        return isLost || isStopped || isCancelled;
    }
}
