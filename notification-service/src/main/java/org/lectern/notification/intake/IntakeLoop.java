package org.lectern.notification.intake;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.time.Backoff;
import org.lectern.notification.event.EventType;

/**
 * Reads all topics on its own thread. While the database is unavailable, it stays in the group with all partitions
 * paused, and retries without limit. On every assignment it seeks to the offsets in the database. A record that also
 * fails alone is quarantined, and the partition continues.
 */
@ApplicationScoped
class IntakeLoop {

    private static final Logger LOG = Logger.getLogger(IntakeLoop.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration SHORT_POLL = Duration.ofMillis(50);
    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);
    private static final int TRIES_ALONE = 3;
    /**
     * How long one record may block polling before the group removes the consumer. Normal polls are far more frequent.
     */
    private static final int MAX_POLL_INTERVAL_MILLIS = 5 * 60 * 1000;

    private final Intake intake;
    private final Offsets offsets;
    private final Inbox inbox;
    private final HeldEvents heldEvents;
    private final Quarantine quarantine;
    private final IntakeConfig config;
    /** Connection and client settings of Kafka: every setting {@code kafka.*}. */
    private final Map<String, Object> kafka;

    private final MeterRegistry metrics;
    private final Set<TopicPartition> unplaced = new HashSet<>();
    private volatile boolean stopping;
    private volatile long held;
    private volatile Optional<Instant> oldestHeld = Optional.empty();
    private volatile long quarantined;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> current;
    private volatile @Nullable Thread thread;
    private final Map<TopicPartition, OffsetAndMetadata> toCommit = new HashMap<>();
    private long nextSweep = System.nanoTime();
    private long nextCommit = System.nanoTime();

    @Inject
    IntakeLoop(
            Intake intake,
            Offsets offsets,
            Inbox inbox,
            HeldEvents heldEvents,
            Quarantine quarantine,
            IntakeConfig config,
            Clock clock,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            MeterRegistry metrics) {
        this.intake = intake;
        this.offsets = offsets;
        this.inbox = inbox;
        this.heldEvents = heldEvents;
        this.quarantine = quarantine;
        this.config = config;
        this.kafka = kafka;
        this.metrics = metrics;
        Gauge.builder("lectern.intake.held.events", () -> held)
                .description("Events held for an earlier version or an unknown branch")
                .register(metrics);
        Gauge.builder(
                        "lectern.intake.oldest.held",
                        () -> oldestHeld
                                .map(since ->
                                        Duration.between(since, clock.instant()).toMillis() / 1000.0)
                                .orElse(0.0))
                .baseUnit("seconds")
                .description("How long the event held longest has waited")
                .register(metrics);
        Gauge.builder("lectern.intake.quarantined.records", () -> quarantined)
                .description("Records set aside that wait for a decision")
                .register(metrics);
    }

    /**
     * Starts last, because its first records need every other bean. Refuses to start when ids would be deleted before
     * Kafka deletes their events.
     */
    void start(@Observes @Priority(5000) StartupEvent event) {
        if (config.inboxRetention().compareTo(config.topicRetention()) < 0) {
            throw new IllegalStateException("lectern.intake.inbox-retention is %s, but Kafka keeps events for %s"
                            .formatted(config.inboxRetention(), config.topicRetention())
                    + " (lectern.intake.topic-retention): a repeat would pass for news");
        }
        if (config.enabled()) {
            stopping = false;
            thread = Thread.ofPlatform().name("intake").daemon().start(this::run);
        }
    }

    /** Ends after the batch under way; the rest stays in Kafka. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        var consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        Thread running = thread;
        if (running != null) {
            running.join(config.drainTimeout());
        }
    }

    /** Whether the reading thread is alive, or disabled by configuration. */
    boolean isAlive() {
        Thread running = thread;
        return !config.enabled() || (running != null && running.isAlive());
    }

    /** Whether events are being read: a consumer exists and is not stopping. */
    boolean isRunning() {
        return !config.enabled() || (isAlive() && current != null && !stopping);
    }

    private void run() {
        Duration pause = Duration.ZERO;
        while (!stopping) {
            try (var consumer =
                            new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                    var clientMetrics = new KafkaClientMetrics(consumer)) {
                clientMetrics.bindTo(metrics);
                unplaced.clear();
                toCommit.clear();
                current = consumer;
                consumer.subscribe(
                        List.of(
                                EventType.BRANCHES,
                                EventType.LECTURERS,
                                EventType.BOOKINGS,
                                EventType.REQUESTS,
                                EventType.ANSWERS),
                        new Placing(consumer));
                try {
                    while (!stopping) {
                        round(consumer);
                        pause = Duration.ZERO;
                    }
                } catch (WakeupException e) {
                    LOG.debug("The intake got a stop request");
                }
                commit(consumer); // close() waits for this commit
            } catch (WakeupException e) {
                LOG.debug("The intake got a stop request while it ended");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                current = null;
                pause = Backoff.after(pause, config.maxBackoff());
                LOG.errorf(e, "The consumer failed and is created again in %s", pause);
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
        current = null;
    }

    private void round(KafkaConsumer<byte[], byte[]> consumer) throws InterruptedException {
        var polled = consumer.poll(POLL);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(polled.count());
        polled.forEach(records::add);
        if (!records.isEmpty()) {
            takeAll(consumer, records);
        }
        if (!unplaced.isEmpty()) {
            persistently(consumer, () -> place(consumer));
        }
        if (System.nanoTime() - nextCommit >= 0) {
            commit(consumer);
        }
        if (System.nanoTime() - nextSweep >= 0) {
            nextSweep = System.nanoTime() + config.sweepInterval().toNanos();
            try {
                intake.sweep();
                held = heldEvents.size();
                oldestHeld = heldEvents.oldest();
                quarantined = quarantine.size();
                inbox.forget();
            } catch (RuntimeException e) {
                LOG.warnf("Held and remembered events could not be looked through: %s", e);
            }
        }
    }

    /** Processes the records: together, or one by one if that fails. Returns early only when stopping. */
    private void takeAll(KafkaConsumer<byte[], byte[]> consumer, List<ConsumerRecord<byte[], byte[]>> records)
            throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> left = records;
        boolean together = true;
        int tries = 0;
        Duration pause = Duration.ZERO;
        while (!left.isEmpty() && !stopping) {
            List<ConsumerRecord<byte[], byte[]>> portion = together ? left : left.subList(0, 1);
            try {
                if (tries < TRIES_ALONE) {
                    intake.take(portion);
                } else {
                    intake.setAside(portion.getFirst());
                }
                Offsets.next(portion)
                        .forEach((partition, next) -> toCommit.put(partition, new OffsetAndMetadata(next)));
                left = left.subList(portion.size(), left.size());
                tries = 0;
                pause = Duration.ZERO;
            } catch (RuntimeException e) {
                if (FailureCause.of(e) == FailureCause.SURROUNDINGS) {
                    pause = Backoff.after(pause, config.maxBackoff());
                    LOG.warnf("Events wait in Kafka, next attempt in %s: %s", pause, e);
                    stayInGroup(consumer, pause);
                    left = stillOurs(consumer, left);
                } else if (together && left.size() > 1) {
                    together = false;
                } else {
                    tries++;
                    LOG.errorf(
                            e,
                            "A record of %s cannot be processed",
                            left.getFirst().topic());
                }
            }
        }
        resume(consumer);
    }

    /** Retries without limit, without losing the membership in the group. */
    private void persistently(KafkaConsumer<byte[], byte[]> consumer, Runnable action) throws InterruptedException {
        Duration pause = Duration.ZERO;
        while (!stopping) {
            try {
                action.run();
                return;
            } catch (WakeupException e) {
                throw e;
            } catch (RuntimeException e) {
                pause = Backoff.after(pause, config.maxBackoff());
                LOG.warnf("Partitions wait for their offsets, next attempt in %s: %s", pause, e);
                stayInGroup(consumer, pause);
            }
        }
    }

    /**
     * Seeks to the offset in the database. The database may be behind Kafka (restored from a backup), or Kafka behind
     * the database (a lost commit). The earlier offset is safe, because repeats have no effect. A partition without a
     * stored offset is read from its beginning.
     */
    private void place(KafkaConsumer<byte[], byte[]> consumer) {
        unplaced.retainAll(consumer.assignment());
        Map<TopicPartition, Long> stored = offsets.stored(unplaced);
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(unplaced);
        if (config.silentBefore().isEmpty()
                && offsets.isEmpty()
                && committed.values().stream().anyMatch(Objects::nonNull)) {
            throw new IllegalStateException("This database is empty, but its consumer group has read before:"
                    + " every branch would be notified again of everything. Restore the database, or set"
                    + " lectern.intake.silent-before to the time of the last notice of the lost one");
        }
        for (TopicPartition partition : unplaced) {
            Long known = stored.get(partition);
            OffsetAndMetadata group = committed.get(partition);
            if (known == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, group == null ? known : Math.min(known, group.offset()));
            }
        }
        unplaced.clear();
        resume(consumer);
    }

    private void stayInGroup(KafkaConsumer<byte[], byte[]> consumer, Duration pause) throws InterruptedException {
        consumer.pause(consumer.assignment());
        long until = System.nanoTime() + pause.toNanos();
        while (!stopping && System.nanoTime() - until < 0) {
            consumer.poll(SHORT_POLL);
            Thread.sleep(SHORT_POLL);
        }
    }

    private void resume(KafkaConsumer<byte[], byte[]> consumer) {
        Set<TopicPartition> placed = new HashSet<>(consumer.assignment());
        placed.removeAll(unplaced);
        consumer.resume(placed);
    }

    /** Drops records of partitions that were revoked, or that need another seek. */
    private List<ConsumerRecord<byte[], byte[]>> stillOurs(
            KafkaConsumer<byte[], byte[]> consumer, List<ConsumerRecord<byte[], byte[]>> records) {
        Set<TopicPartition> ours = new HashSet<>(consumer.assignment());
        ours.removeAll(unplaced);
        return records.stream()
                .filter(message -> ours.contains(new TopicPartition(message.topic(), message.partition())))
                .toList();
    }

    /** Commits occasionally, only for lag monitoring. The authoritative offsets are stored with the effects. */
    private void commit(KafkaConsumer<byte[], byte[]> consumer) {
        nextCommit = System.nanoTime() + COMMIT_INTERVAL.toNanos();
        toCommit.keySet().retainAll(consumer.assignment());
        if (toCommit.isEmpty()) {
            return;
        }
        consumer.commitAsync(Map.copyOf(toCommit), (committed, failure) -> {
            if (failure != null) {
                LOG.debug("The group's offsets were not committed", failure);
            }
        });
        toCommit.clear();
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.group());
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "lectern-notification-intake");
        config.instanceId().ifPresent(id -> settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, id));
        settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class.getName()));
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.batchSize());
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, MAX_POLL_INTERVAL_MILLIS);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
        return settings;
    }

    /** Pauses newly assigned partitions until they are positioned. */
    private final class Placing implements ConsumerRebalanceListener {

        private final KafkaConsumer<byte[], byte[]> consumer;

        Placing(KafkaConsumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            unplaced.addAll(partitions);
            consumer.pause(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            unplaced.removeAll(partitions);
        }
    }
}
