package org.lectern.notification.delivery;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.time.Backoff;
import org.lectern.notification.trace.Traces;

/**
 * Processes the queue: claims due deliveries and attempts each on a virtual thread. An enqueue in this process wakes
 * it. It polls for retries, expired leases and deliveries that other processes enqueued.
 */
@ApplicationScoped
public class DeliveryWorker {

    private static final Logger LOG = Logger.getLogger(DeliveryWorker.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /**
     * The interval between claims while attempts are under way. A claim for each single free slot would cost more than
     * its delivery.
     */
    private static final Duration BETWEEN_CLAIMS = Duration.ofMillis(5);
    /**
     * How long a claim waits for free capacity, because a small claim costs PostgreSQL nearly as much as a full one.
     */
    private static final Duration FOR_ROOM = Duration.ofMillis(20);
    /** Claimed messages per attempt slot, so that enough are ready while others are claimed or recorded. */
    private static final int IN_HAND_PER_PLACE = 4;

    private static final int TELLINGS = 5;

    private final DeliveryQueue queue;
    private final DeliveryConfig config;
    private final Map<String, Channel> channels;
    private final SendWindow timing;
    private final Fallback fallback;
    private final Traces traces;
    private final MeterRegistry metrics;
    private final Timer delay;
    private final Clock clock;
    private final Semaphore work = new Semaphore(0);
    private final int mostInHand;
    /** Capacity for claims. A message occupies a permit from its claim until its outcome is recorded. */
    private final Semaphore room;
    /** Slots for attempts. */
    private final Semaphore places;

    private volatile boolean stopping;
    private volatile double oldestDueSeconds;
    /** Whether the last claim left deliveries that wait for a slot or for an earlier delivery. */
    private volatile boolean more;

    private @Nullable Thread thread;

    @Inject
    DeliveryWorker(
            DeliveryQueue queue,
            DeliveryConfig config,
            @All List<Channel> channels,
            SendWindow timing,
            Fallback fallback,
            Traces traces,
            MeterRegistry metrics,
            Clock clock) {
        this.queue = queue;
        this.config = config;
        this.channels = channels.stream().collect(Collectors.toMap(Channel::name, Function.identity()));
        this.timing = timing;
        this.fallback = fallback;
        this.traces = traces;
        this.metrics = metrics;
        this.clock = clock;
        this.delay = Timer.builder("lectern.delivery.delay")
                .description("From when a delivery was due until its receiver had it")
                .serviceLevelObjectives(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30))
                .register(metrics);
        this.places = new Semaphore(config.concurrency());
        this.mostInHand = config.concurrency() * IN_HAND_PER_PLACE;
        this.room = new Semaphore(mostInHand);
        Gauge.builder("lectern.deliveries.oldest.due.seconds", () -> oldestDueSeconds)
                .description("For how long the oldest due delivery has waited")
                .register(metrics);
    }

    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            thread = Thread.ofVirtual().name("delivery-worker").start(this::run);
        }
    }

    /**
     * Stops claiming, returns leases of messages not yet started, and waits for attempts under way. Other processes
     * retry attempts that do not end in time.
     */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        wake();
        if (thread != null) {
            thread.join(config.drainTimeout());
        }
        places.release(mostInHand); // a waiting message finds a slot but does not start any more
        if (!room.tryAcquire(mostInHand, config.drainTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("Some deliveries are interrupted; they are attempted again after their leases expire");
        }
    }

    /** Signals that deliveries may be due. */
    public void wake() {
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    private void run() {
        Duration pause = Duration.ZERO;
        long nextSweep = System.nanoTime();
        long nextClaim = nextSweep;
        try {
            while (!stopping) {
                try {
                    if (System.nanoTime() - nextSweep >= 0) {
                        queue.expire();
                        fallback.stepIn();
                        oldestDueSeconds = queue.oldestDueSeconds();
                        nextSweep = System.nanoTime() + config.sweepInterval().toNanos();
                    }
                    long early = nextClaim - System.nanoTime();
                    if (early > 0 && room.availablePermits() < mostInHand) {
                        TimeUnit.NANOSECONDS.sleep(early);
                    }
                    if (room.tryAcquire(mostInHand / 2, FOR_ROOM.toMillis(), TimeUnit.MILLISECONDS)) {
                        room.release(mostInHand / 2);
                    }
                    nextClaim = System.nanoTime() + BETWEEN_CLAIMS.toNanos();
                    int free = room.availablePermits();
                    var claimed = free == 0 ? new DeliveryQueue.Claimed(List.of(), true) : queue.claim(free);
                    more = claimed.more();
                    for (List<Lease> message : messages(claimed.leases())) {
                        room.acquire();
                        Thread.ofVirtual().name("delivery").start(() -> attempt(message));
                    }
                    pause = Duration.ZERO;
                    if (claimed.leases().isEmpty() || !claimed.more()) {
                        rest(config.pollInterval());
                    }
                } catch (RuntimeException e) {
                    pause = Backoff.after(pause, LONGEST_PAUSE);
                    LOG.warnf("The delivery queue cannot be processed, next attempt in %s: %s", pause, e);
                    rest(pause);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void rest(Duration longest) throws InterruptedException {
        if (work.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            work.drainPermits();
        }
    }

    /** The messages to send: one per delivery, or one per endpoint if its channel combines them. */
    private List<List<Lease>> messages(List<Lease> claimed) {
        Map<Object, List<Lease>> messages = new LinkedHashMap<>();
        for (Lease lease : claimed) {
            Object message = lease.message() != null
                    ? lease.message()
                    : mayBeOneOfSeveral(lease) ? lease.letter().to().endpointId() : lease;
            messages.computeIfAbsent(message, key -> new ArrayList<>()).add(lease);
        }
        return List.copyOf(messages.values());
    }

    private boolean mayBeOneOfSeveral(Lease lease) {
        Channel channel = channels.get(lease.channel());
        return channel != null
                && !queue.exhausted(List.of(lease))
                && (channel.together() > 1 || timing.inDigest(lease, channel));
    }

    private void attempt(List<Lease> claimed) {
        try {
            // after half of the lease, a late start could outlast the lease
            if (places.tryAcquire(config.lease().toMillis() / 2, TimeUnit.MILLISECONDS)) {
                try (Place place = new Place()) {
                    if (stopping) {
                        giveBack(claimed);
                    } else {
                        attempt(claimed, place);
                    }
                }
            } else {
                giveBack(claimed);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warnf("%s waits until its lease expires: %s", claimed.getFirst().letter(), e);
        } finally {
            room.release();
            if (more) {
                wake();
            }
        }
    }

    /** An attempt slot, held until it is released. */
    private final class Place implements AutoCloseable {

        private boolean left;

        void leave() {
            if (!left) {
                left = true;
                places.release();
            }
        }

        @Override
        public void close() {
            leave();
        }
    }

    /** Returns the leases at once, as if they had never been claimed. */
    private void giveBack(List<Lease> claimed) {
        try {
            queue.giveBack(claimed, lease -> {
                Channel channel = channels.get(lease.channel());
                return channel != null && timing.inDigest(lease, channel) ? "digest" : null;
            });
        } catch (RuntimeException e) {
            LOG.warnf(
                    "%s could not be released and waits until its lease expires: %s",
                    claimed.getFirst().letter(), e);
        }
    }

    private void attempt(List<Lease> claimed, Place place) throws InterruptedException {
        List<Lease> message = new ArrayList<>(dueOf(claimed));
        if (message.isEmpty()) {
            return;
        }
        Lease first = message.getFirst();
        Channel channel = channels.get(first.channel());
        if (channel != null && (first.message() != null || mayBeOneOfSeveral(first))) {
            message.addAll(dueOf(others(message, channel)));
            List<OutgoingMessage> fitting = channel.fitting(letters(message));
            List<Lease> left = message.stream()
                    .filter(lease -> !fitting.contains(lease.letter()))
                    .toList();
            message.removeAll(left);
            giveBack(left);
            queue.bind(message);
        }
        send(message, place);
    }

    /** The other deliveries of the same message: those bound to it before, or those that wait with it. */
    private List<Lease> others(List<Lease> message, Channel channel) {
        Lease first = message.getFirst();
        if (first.message() != null) {
            return queue.claimMessage(message);
        }
        boolean digest = timing.inDigest(first, channel);
        int more = (digest ? channel.digests() : channel.together()) - message.size();
        return more > 0 ? queue.claimTogether(message, digest, more) : List.of();
    }

    private List<Lease> dueOf(List<Lease> claimed) throws InterruptedException {
        List<Lease> now = new ArrayList<>();
        for (Lease lease : claimed) {
            Optional<DeliveryOutcome> held = timing.against(lease, channels.get(lease.channel()));
            if (held.isPresent()) {
                tell(List.of(lease), held.get());
            } else {
                now.add(lease);
            }
        }
        return now;
    }

    private static List<OutgoingMessage> letters(List<Lease> message) {
        return message.stream().map(Lease::letter).toList();
    }

    private void send(List<Lease> message, Place place) throws InterruptedException {
        Lease first = message.getFirst();
        Span span = traces.begin("deliver " + first.channel(), SpanKind.CLIENT, first.traceparent());
        try (var scope = span.makeCurrent()) {
            DeliveryOutcome outcome = outcome(message);
            if (outcome instanceof DeliveryOutcome.Delivered) {
                place.leave(); // successes share a transaction; other outcomes need a connection each and keep the slot
            } else {
                span.setStatus(StatusCode.ERROR);
            }
            tell(message, outcome);
        } finally {
            span.end();
        }
    }

    private DeliveryOutcome outcome(List<Lease> message) {
        Lease first = message.getFirst();
        Channel channel = channels.get(first.channel());
        if (queue.exhausted(message)) {
            return new DeliveryOutcome.Failed("exhausted");
        }
        if (channel == null) {
            return new DeliveryOutcome.Retry("channel-not-here");
        }
        try {
            List<OutgoingMessage> letters = letters(message);
            if (timing.inDigest(first, channel)) {
                return channel.digest(letters);
            }
            return letters.size() == 1 ? channel.deliver(first.letter()) : channel.deliver(letters);
        } catch (RuntimeException e) {
            // only the class, because the message may contain the address
            LOG.warnf(
                    "%s on %s failed: %s",
                    first.letter(), first.channel(), e.getClass().getName());
            return new DeliveryOutcome.Retry("failed");
        }
    }

    /** Records the outcome, with a few retries. If that fails, the leases expire and the message is sent again. */
    private void tell(List<Lease> message, DeliveryOutcome outcome) throws InterruptedException {
        for (int telling = 1; ; telling++) {
            try {
                List<Lease> counted = queue.complete(message, outcome);
                for (Lease lease : message) {
                    boolean counts = counted.contains(lease);
                    metrics.counter(
                                    "lectern.delivery.attempts",
                                    "channel",
                                    lease.channel(),
                                    "outcome",
                                    counts ? result(outcome) : "late")
                            .increment();
                    if (counts && outcome instanceof DeliveryOutcome.Delivered) {
                        delay.record(Duration.between(lease.dueAt(), clock.instant()));
                    }
                }
                return;
            } catch (RuntimeException e) {
                if (telling == TELLINGS) {
                    LOG.warnf(
                            "The end of %s could not be recorded: %s",
                            message.getFirst().letter(), e);
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(200L << telling);
            }
        }
    }

    private static String result(DeliveryOutcome outcome) {
        return switch (outcome) {
            case DeliveryOutcome.Delivered delivered -> "delivered";
            case DeliveryOutcome.Retry again -> "retry";
            case DeliveryOutcome.Deferred deferred -> "deferred";
            case DeliveryOutcome.Failed failed -> "failed";
            case DeliveryOutcome.EndpointGone gone -> "endpoint-gone";
        };
    }
}
