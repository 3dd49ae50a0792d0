package org.lectern.notification.time;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Repeats a job with a pause until the process stops. A failure is retried in the next round. */
public final class PollingJob {

    private static final Logger LOG = Logger.getLogger(PollingJob.class);
    private static final Duration STOPPING = Duration.ofSeconds(10);

    private final String name;
    private final Duration pause;
    private final Runnable round;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Thread thread;

    public PollingJob(String name, Duration pause, Runnable round) {
        this.name = name;
        this.pause = pause;
        this.round = round;
    }

    public void start() {
        thread = Thread.ofVirtual().name(name).start(this::run);
    }

    /** Stops after the round under way. */
    public void stop() throws InterruptedException {
        stopping.countDown();
        if (thread != null) {
            thread.join(STOPPING);
        }
    }

    private void run() {
        try {
            do {
                try {
                    round.run();
                } catch (RuntimeException e) {
                    LOG.warnf("A round of %s failed, the next one in %s: %s", name, pause, e);
                }
            } while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
