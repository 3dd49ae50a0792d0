package org.lectern.notification.notice;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;

/**
 * Wakes the streams of this process. Notices of this process wake at once; those of others within the poll interval, by
 * one query for all watched branches. A wake is only a hint to query the database. Streams that have seen the newest
 * notice are not woken.
 */
@ApplicationScoped
class NoticeFeed {

    private static final Logger LOG = Logger.getLogger(NoticeFeed.class);

    private final Map<UUID, Set<Watch>> waiting = new ConcurrentHashMap<>();
    private final Sql sql;
    private final StreamConfig config;
    private @Nullable Thread thread;

    @Inject
    NoticeFeed(Sql sql, StreamConfig config) {
        this.sql = sql;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofVirtual().name("notice-feed").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** A stream that waits for notices after the last number it has seen. */
    static final class Watch {

        private final Semaphore news = new Semaphore(0);
        private volatile long seen;

        private Watch(long seen) {
            this.seen = seen;
        }

        /** Call it before the query, so that a notice written in between still wakes the stream. */
        void listen() {
            news.drainPermits();
        }

        void saw(long sequence) {
            seen = sequence;
        }

        /** Waits for a possible notice, or until that time is over. */
        void await(long millis) throws InterruptedException {
            boolean ignored = news.tryAcquire(Math.max(1, millis), TimeUnit.MILLISECONDS);
        }

        void wake() {
            news.release();
        }
    }

    Watch watch(UUID branch, long seen) {
        Watch watch = new Watch(seen);
        waiting.compute(branch, (id, watches) -> {
            Set<Watch> all = watches == null ? ConcurrentHashMap.newKeySet() : watches;
            all.add(watch);
            return all;
        });
        return watch;
    }

    void leave(UUID branch, Watch watch) {
        waiting.computeIfPresent(branch, (id, watches) -> {
            watches.remove(watch);
            return watches.isEmpty() ? null : watches;
        });
    }

    void wake(UUID branch) {
        waiting.getOrDefault(branch, Set.of()).forEach(Watch::wake);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(config.pollInterval());
                try {
                    if (!waiting.isEmpty()) {
                        look();
                    }
                } catch (RuntimeException e) {
                    LOG.debug("Streams could not be notified", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        sql.list(
                        "SELECT id, last_sequence FROM recipient WHERE id = ANY (?)",
                        row -> Map.entry(row.id("id"), row.bigNumber("last_sequence")),
                        waiting.keySet())
                .forEach(newest -> waiting.getOrDefault(newest.getKey(), Set.of()).stream()
                        .filter(watch -> watch.seen < newest.getValue())
                        .forEach(Watch::wake));
    }
}
