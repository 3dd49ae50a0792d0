package org.lectern.scheduler.acknowledgement;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.time.Backoff;

/**
 * Consumes acknowledgements on its own thread, shared among all replicas. Offsets are stored in the database in the
 * same transaction as the results. After a failure a new consumer resumes from the stored offsets; repeats have no
 * effect.
 */
@ApplicationScoped
class AcknowledgementIntake {

    private static final Logger LOG = Logger.getLogger(AcknowledgementIntake.class);
    private static final String TOPIC = "lectern.acknowledgements";
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration DRAIN = Duration.ofSeconds(15);
    /** Acknowledgements are not urgent: gathering a few costs little more than processing one. */
    private static final Duration LONGEST_GATHERING = Duration.ofMillis(250);

    private static final int ENOUGH_BYTES = 32 * 1024;

    private final Acknowledgements acknowledgements;
    private final LinkIntake links;
    private final AcknowledgementConfig config;
    /** The Kafka client settings: every setting {@code kafka.*}. */
    private final Map<String, Object> kafka;

    private final MeterRegistry metrics;
    private volatile boolean stopping;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> current;
    private @Nullable Thread thread;

    @Inject
    AcknowledgementIntake(
            Acknowledgements acknowledgements,
            LinkIntake links,
            AcknowledgementConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            MeterRegistry metrics) {
        this.acknowledgements = acknowledgements;
        this.links = links;
        this.config = config;
        this.kafka = kafka;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        if (config.intakeEnabled()) {
            thread = Thread.ofPlatform().name("acknowledgements").daemon().start(this::run);
        }
    }

    /** Stops after the current batch; unread records stay in Kafka. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        var consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        if (thread != null) {
            thread.join(DRAIN);
        }
    }

    private void run() {
        Duration pause = Duration.ZERO;
        while (!stopping) {
            try (var consumer =
                            new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                    var clientMetrics = new KafkaClientMetrics(consumer)) {
                clientMetrics.bindTo(metrics);
                current = consumer;
                consumer.subscribe(List.of(TOPIC), new Placing(consumer));
                while (!stopping) {
                    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
                    consumer.poll(POLL).forEach(records::add);
                    if (!records.isEmpty()) {
                        links.take(records);
                        acknowledgements.take(records);
                        consumer.commitAsync(); // only for monitoring of the group's lag
                    }
                    pause = Duration.ZERO;
                }
            } catch (WakeupException e) {
                LOG.debug("The intake is stopping");
            } catch (RuntimeException e) {
                pause = Backoff.after(pause, config.maxBackoff());
                LOG.warnf("Acknowledgements wait in Kafka, next attempt in %s: %s", pause, e);
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return;
                }
            } finally {
                current = null;
            }
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.putAll(Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                config.group(),
                ConsumerConfig.CLIENT_ID_CONFIG,
                "lectern-scheduler-acknowledgements",
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class.getName()),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false));
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, ENOUGH_BYTES);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) LONGEST_GATHERING.toMillis());
        return settings;
    }

    /** Seeks to the offsets stored in the database; a partition without one is read from its beginning. */
    private final class Placing implements ConsumerRebalanceListener {

        private final KafkaConsumer<byte[], byte[]> consumer;

        Placing(KafkaConsumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (partitions.isEmpty()) {
                return;
            }
            Map<TopicPartition, Long> stored = acknowledgements.offsets(partitions);
            stored.forEach(consumer::seek);
            Set<TopicPartition> fresh = new HashSet<>(partitions);
            fresh.removeAll(stored.keySet());
            if (!fresh.isEmpty()) {
                consumer.seekToBeginning(fresh);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // the offsets of processed records are stored already
        }
    }
}
