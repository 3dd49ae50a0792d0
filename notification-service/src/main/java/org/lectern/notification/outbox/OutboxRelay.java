package org.lectern.notification.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.time.Backoff;

/**
 * Publishes the outbox to Kafka as CloudEvents 1.0 in binary mode (Kafka protocol binding, section 3.2). Any number of
 * relays may run: each skips events claimed by others. An event is marked after the broker's acknowledgement, in the
 * claiming transaction. A relay that dies in between causes a repeat with the same event id, never a loss. Events of
 * this service commute, so their order does not matter.
 */
@ApplicationScoped
class OutboxRelay {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final String SOURCE = "/lectern/notification";

    private static final String CLAIM = """
            SELECT id, topic, type, subject, version, data, traceparent, occurred_at FROM outbox
            WHERE published_at IS NULL ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED""";

    private static final Duration GATHERING = Duration.ofMillis(200);
    private static final Duration FORGET_INTERVAL = Duration.ofHours(1);

    /**
     * After that many consecutive failures the producer is replaced, because a producer with a fatal error never
     * recovers.
     */
    private static final int FAILURES_OF_ONE_PRODUCER = 5;

    private final Sql sql;
    private final OutboxConfig config;
    /** Connection and client settings of Kafka: every setting {@code kafka.*}. */
    private final Map<String, Object> kafka;

    private final MeterRegistry metrics;
    private final Counter published;
    private final Semaphore work = new Semaphore(0);
    private volatile boolean stopping;
    private volatile Backlog backlog = new Backlog(Double.NaN, Double.NaN);
    private long nextForgetting = System.nanoTime();
    private @Nullable Thread thread;

    /** The unpublished events. */
    private record Backlog(double events, double oldestSeconds) {}

    /** An event as stored in the outbox. */
    private record Waiting(UUID id, ProducerRecord<String, String> message) {}

    @Inject
    OutboxRelay(
            Sql sql,
            OutboxConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            MeterRegistry metrics) {
        this.sql = sql;
        this.config = config;
        this.kafka = kafka;
        this.metrics = metrics;
        this.published = Counter.builder("lectern.outbox.published")
                .description("Events acknowledged by Kafka")
                .register(metrics);
        Gauge.builder("lectern.outbox.unpublished.events", () -> backlog.events())
                .description("Events that Kafka has not acknowledged")
                .register(metrics);
        Gauge.builder("lectern.outbox.oldest.unpublished.seconds", () -> backlog.oldestSeconds())
                .description("Age of the oldest event that Kafka has not acknowledged")
                .register(metrics);
    }

    void start(@Observes StartupEvent event) {
        if (config.relayEnabled()) {
            thread = Thread.ofPlatform().name("outbox-relay").daemon().start(this::run);
        }
    }

    /** Finishes the batch under way; the rest stays in the outbox for another process or the next start. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        wake();
        if (thread != null) {
            thread.join(config.sendTimeout().plusSeconds(5));
        }
    }

    /** Signals that there are events to publish. */
    void wake() {
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    /** Retries every failure until it is stopped. */
    private void run() {
        Duration pause = Duration.ZERO;
        while (!stopping) {
            try {
                try (Producer<String, String> kafka = producer();
                        KafkaClientMetrics clientMetrics = new KafkaClientMetrics(kafka)) {
                    clientMetrics.bindTo(metrics);
                    pause = publish(kafka, pause);
                } catch (RuntimeException | Error e) {
                    // no producer can be created, for instance because no broker's name resolves
                    pause = Backoff.after(pause, config.maxBackoff());
                    LOG.errorf(e, "The relay starts again in %s", pause);
                    rest(pause);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Publishes until it is stopped or the producer seems broken. Returns the last backoff. */
    private Duration publish(Producer<String, String> kafka, Duration before) throws InterruptedException {
        Duration pause = before;
        int failures = 0;
        while (!stopping && failures < FAILURES_OF_ONE_PRODUCER) {
            try {
                int sent = Transactions.inNew(() -> publishBatch(kafka));
                measure();
                forget();
                pause = Duration.ZERO;
                failures = 0;
                if (sent < config.batchSize()) {
                    gather();
                    rest(config.pollInterval());
                }
            } catch (RuntimeException e) {
                failures++;
                pause = Backoff.after(pause, config.maxBackoff());
                LOG.warnf("Events wait in the outbox, next attempt in %s: %s", pause, e);
                measureIfPossible();
                rest(pause);
            }
        }
        return pause;
    }

    /** Publishes a batch and returns its size. Events that Kafka acknowledged are marked even if others failed. */
    private int publishBatch(Producer<String, String> kafka) {
        List<Waiting> claimed = sql.list(CLAIM, OutboxRelay::waiting, config.batchSize());
        Map<Waiting, Future<RecordMetadata>> answers = new LinkedHashMap<>();
        for (Waiting event : claimed) {
            answers.put(event, kafka.send(event.message()));
        }
        kafka.flush();
        List<UUID> acknowledged = new ArrayList<>();
        Map<String, Integer> failures = new HashMap<>();
        answers.forEach((event, answer) -> {
            try {
                answer.get(config.sendTimeout().toMillis(), TimeUnit.MILLISECONDS);
                acknowledged.add(event.id());
            } catch (ExecutionException | TimeoutException e) {
                failures.merge(String.valueOf(e.getCause()), 1, Integer::sum);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        if (!acknowledged.isEmpty()) {
            sql.update("UPDATE outbox SET published_at = clock_timestamp() WHERE id = ANY (?)", acknowledged);
            published.increment(acknowledged.size());
        } else if (!failures.isEmpty()) {
            throw new KafkaUnreachable(failures);
        }
        return claimed.size();
    }

    private static Waiting waiting(Sql.Row row) throws java.sql.SQLException {
        String subject = row.id("subject").toString();
        UUID id = row.id("id");
        var message = new ProducerRecord<>(row.text("topic"), subject, row.text("data"));
        Headers headers = message.headers();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", id.toString());
        put(headers, "ce_source", SOURCE);
        put(headers, "ce_type", row.text("type"));
        put(headers, "ce_subject", subject);
        put(headers, "ce_time", row.time("occurred_at").toString());
        put(headers, "ce_sequence", Integer.toString(row.number("version")));
        put(headers, "content-type", "application/json");
        String traceparent = row.textOrNull("traceparent");
        if (traceparent != null) {
            put(headers, "traceparent", traceparent);
        }
        return new Waiting(id, message);
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private void measure() {
        backlog = sql.one("""
                        SELECT count(*) AS events,
                               coalesce(extract(epoch FROM clock_timestamp() - min(written_at)), 0)::float8 AS oldest
                        FROM outbox WHERE published_at IS NULL""", row -> new Backlog(row.bigNumber("events"), Math.max(0, row.decimal("oldest"))))
                .orElseThrow();
    }

    private void measureIfPossible() {
        try {
            measure();
        } catch (RuntimeException e) {
            backlog = new Backlog(Double.NaN, Double.NaN);
        }
    }

    private void forget() {
        if (System.nanoTime() - nextForgetting >= 0) {
            nextForgetting = System.nanoTime() + FORGET_INTERVAL.toNanos();
            forgetPublished();
        }
    }

    /** Searches by id too: an event published that long ago was written before, and ids are ordered by time. */
    void forgetPublished() {
        sql.update("""
                DELETE FROM outbox WHERE id < (SELECT uuidv7(- ? * interval '1 second'))
                  AND published_at < clock_timestamp() - ? * interval '1 second'""", config.retention().toSeconds(), config.retention().toSeconds());
    }

    /**
     * Waits briefly to batch events, because each round costs as much as ten events and consumers only count reached
     * branches.
     */
    private void gather() throws InterruptedException {
        if (!stopping) {
            Thread.sleep(GATHERING);
        }
    }

    /** Waits for a wake-up, at most that long. */
    private void rest(Duration longest) throws InterruptedException {
        if (work.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            work.drainPermits();
        }
    }

    private Producer<String, String> producer() {
        int timeout = (int) config.sendTimeout().toMillis();
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.putAll(Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "lectern-notification-relay",
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                3000L,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                timeout / 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                timeout));
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    /** No event of a batch was acknowledged; the batch stays in the outbox. */
    private static final class KafkaUnreachable extends RuntimeException {
        KafkaUnreachable(Map<String, Integer> failures) {
            super("Kafka acknowledged nothing: " + failures, null, false, false);
        }
    }
}
