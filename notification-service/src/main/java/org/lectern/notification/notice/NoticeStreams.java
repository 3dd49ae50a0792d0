package org.lectern.notification.notice;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.directory.Recipients;

/**
 * Open notice streams. Each reads the database on a virtual thread from its client's position. Numbers have no gaps and
 * are committed in order, so a reconnecting client misses nothing, in any process. A stream ends with its client,
 * token, scope or process; the client reconnects if it may. Beyond the limit, a caller's newest stream replaces its
 * oldest, because a refusal would be final for {@code EventSource}.
 */
@Startup // registers the gauge at startup
@ApplicationScoped
class NoticeStreams {

    private static final Logger LOG = Logger.getLogger(NoticeStreams.class);
    private static final int BATCH = 100;

    private final Map<String, Deque<Stream>> perCaller = new ConcurrentHashMap<>();
    private final Set<NoticeFeed.Watch> open = ConcurrentHashMap.newKeySet();
    private final Notices notices;
    private final NoticeFeed feed;
    private final Recipients branches;
    private final StreamConfig config;
    private final Clock clock;
    private volatile boolean stopping;

    @Inject
    NoticeStreams(
            Notices notices,
            NoticeFeed feed,
            Recipients branches,
            StreamConfig config,
            Clock clock,
            MeterRegistry metrics) {
        this.notices = notices;
        this.feed = feed;
        this.branches = branches;
        this.config = config;
        this.clock = clock;
        Gauge.builder("lectern.open.streams", open::size)
                .description("Open streams of notices")
                .register(metrics);
    }

    /**
     * The position at which a stream starts: the client's last number, at most the newest. Without a number, the
     * newest.
     */
    long from(UUID branch, @Nullable Long lastSeen) {
        long newest = notices.newest(branch);
        return lastSeen == null ? newest : Math.min(lastSeen, newest);
    }

    /** One open stream. */
    private static final class Stream {

        private final NoticeFeed.Watch watch;
        private volatile boolean replaced;

        Stream(NoticeFeed.Watch watch) {
            this.watch = watch;
        }

        void replace() {
            replaced = true;
            watch.wake();
        }
    }

    /** Opens the response on the caller's thread, because the framework must not write the head concurrently. */
    void start(UUID branch, long from, StreamEnd end, StreamEnd.Listener listener) {
        NoticeFeed.Watch watch = feed.watch(branch, from);
        Stream stream = new Stream(watch);
        end.onClose(watch::wake);
        admit(listener.caller(), stream);
        if (!end.comment("open")) {
            leave(branch, stream, listener);
            end.close();
            return;
        }
        Thread.ofVirtual().name("notice-stream").start(() -> {
            open.add(watch);
            try {
                run(branch, from, end, listener, stream);
                if (stream.replaced) {
                    end.replaced();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.warnf("A stream of notices ends early: %s", e.toString());
            } finally {
                open.remove(watch);
                leave(branch, stream, listener);
                end.close();
            }
        });
    }

    private void admit(String caller, Stream stream) {
        perCaller.compute(caller, (name, streams) -> {
            Deque<Stream> all = streams == null ? new ArrayDeque<>() : streams;
            all.addLast(stream);
            while (all.size() > config.maxPerCaller()) {
                all.removeFirst().replace();
            }
            return all;
        });
    }

    private void leave(UUID branch, Stream stream, StreamEnd.Listener listener) {
        feed.leave(branch, stream.watch);
        perCaller.computeIfPresent(listener.caller(), (name, streams) -> {
            streams.remove(stream);
            return streams.isEmpty() ? null : streams;
        });
    }

    private void run(UUID branch, long from, StreamEnd end, StreamEnd.Listener listener, Stream stream)
            throws InterruptedException {
        NoticeFeed.Watch watch = stream.watch;
        long last = from;
        boolean alive = true;
        Instant nextBeat = clock.instant().plus(config.heartbeat());
        Instant nextCheck = clock.instant().plus(config.checkInterval());
        while (alive) {
            watch.listen(); // before the query, or a wake in between is lost
            if (stopping || stream.replaced || end.isClosed()) {
                return;
            }
            List<NoticeView> news = notices.after(branch, last, BATCH);
            for (NoticeView notice : news) {
                alive = alive && end.notice(notice);
                last = notice.sequence();
            }
            watch.saw(last);
            Instant now = clock.instant();
            if (!news.isEmpty()) {
                nextBeat = now.plus(config.heartbeat());
            } else if (!now.isBefore(nextBeat)) {
                alive = end.comment("still here");
                nextBeat = now.plus(config.heartbeat());
            }
            if (listener.until().isPresent() && !now.isBefore(listener.until().get())) {
                return;
            }
            if (!now.isBefore(nextCheck)) {
                if (!branches.visible(listener.scope(), branch)) {
                    return;
                }
                nextCheck = now.plus(config.checkInterval());
            }
            if (news.size() < BATCH) {
                watch.await(untilNext(now, nextBeat, nextCheck, listener));
            }
        }
    }

    private static long untilNext(Instant now, Instant beat, Instant check, StreamEnd.Listener listener) {
        Instant next = beat.isBefore(check) ? beat : check;
        Instant end = listener.until().orElse(next);
        return now.until(end.isBefore(next) ? end : next).toMillis();
    }

    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        stopAll();
    }

    void stop(@Observes ShutdownEvent event) {
        stopAll();
    }

    private void stopAll() {
        stopping = true;
        open.forEach(NoticeFeed.Watch::wake);
    }
}
