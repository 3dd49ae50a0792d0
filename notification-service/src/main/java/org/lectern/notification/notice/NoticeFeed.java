package org.lectern.notification.notice;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.transaction.Sql;

/**
 * Wakes the streams of this process: at once for what this process wrote, within the poll interval for what another
 * one wrote, by one query for all branches watched. A wake is only a hint to look into the database.
 */
@ApplicationScoped
class NoticeFeed {

    private static final Logger LOG = Logger.getLogger(NoticeFeed.class);

    private final Map<UUID, Set<Semaphore>> waiting = new ConcurrentHashMap<>();
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

    void watch(UUID branch, Semaphore signal) {
        waiting.compute(branch, (id, signals) -> {
            Set<Semaphore> all = signals == null ? ConcurrentHashMap.newKeySet() : signals;
            all.add(signal);
            return all;
        });
    }

    void leave(UUID branch, Semaphore signal) {
        waiting.computeIfPresent(branch, (id, signals) -> {
            signals.remove(signal);
            return signals.isEmpty() ? null : signals;
        });
    }

    void wake(UUID branch) {
        waiting.getOrDefault(branch, Set.of()).forEach(Semaphore::release);
    }

    private void run() {
        Map<UUID, Long> known = new HashMap<>();
        try {
            while (true) {
                Thread.sleep(config.pollInterval());
                try {
                    known.keySet().retainAll(waiting.keySet());
                    if (!waiting.isEmpty()) {
                        look(known);
                    }
                } catch (RuntimeException e) {
                    LOG.debug("Streams are not woken for now", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Map<UUID, Long> known) {
        sql.list(
                        "SELECT id, last_sequence FROM branch WHERE id = ANY (?)",
                        row -> Map.entry(row.id("id"), row.bigNumber("last_sequence")),
                        waiting.keySet())
                .forEach(newest -> {
                    if (!newest.getValue().equals(known.put(newest.getKey(), newest.getValue()))) {
                        wake(newest.getKey());
                    }
                });
    }
}
