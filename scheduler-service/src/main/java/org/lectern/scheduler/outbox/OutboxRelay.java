package org.lectern.scheduler.outbox;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
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
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.event.EventCatalog;

/**
 * Publishes the outbox to Kafka as CloudEvents 1.0 in binary mode (Kafka protocol binding, section 3.2).
 *
 * <p>Any number of relays may run. Each claims only the lowest unpublished version of an aggregate and marks it after
 * the broker's acknowledgement, in the transaction that holds the claim; so version n is sent only after version n-1
 * was acknowledged, whatever dies in between. A relay that dies between acknowledgement and mark leads to a repeat of
 * the same event id, never to a gap and never to another order.
 */
@ApplicationScoped
class OutboxRelay {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);

    private static final String CLAIM = """
            SELECT o.id, o.aggregate_id, o.version, o.incarnation, o.topic, o.type, o.data, o.traceparent, o.occurred_at
            FROM outbox o
            WHERE o.published_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM outbox earlier
                              WHERE earlier.aggregate_id = o.aggregate_id
                                AND earlier.published_at IS NULL
                                AND earlier.version < o.version)
            ORDER BY o.occurred_at, o.id
            LIMIT ?
            FOR UPDATE OF o SKIP LOCKED""";

    private static final String MARK = "UPDATE outbox SET published_at = clock_timestamp() WHERE id = ANY (?)";

    private static final String OLDEST =
            "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(occurred_at)), 0) FROM outbox WHERE published_at IS NULL";

    private final AgroalDataSource database;
    private final OutboxConfig config;
    private final String bootstrapServers;
    private final Semaphore work = new Semaphore(0);
    private final Counter published;
    private final MeterRegistry metrics;
    private volatile boolean stopping;
    private volatile double oldestUnpublishedSeconds;
    private @Nullable Thread thread;

    @Inject
    OutboxRelay(
            AgroalDataSource database,
            OutboxConfig config,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            MeterRegistry metrics) {
        this.database = database;
        this.config = config;
        this.bootstrapServers = bootstrapServers;
        this.metrics = metrics;
        this.published = Counter.builder("lectern.outbox.published")
                .description("Events acknowledged by Kafka")
                .register(metrics);
        Gauge.builder("lectern.outbox.oldest.unpublished.seconds", () -> oldestUnpublishedSeconds)
                .description("Age of the oldest event that Kafka has not acknowledged")
                .register(metrics);
    }

    void start(@Observes StartupEvent event) {
        if (config.relayEnabled()) {
            thread = Thread.ofPlatform().name("outbox-relay").daemon().start(this::run);
        }
    }

    /** Finishes the batch under way; what is left waits in the outbox for another process or the next start. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        wake();
        if (thread != null) {
            thread.join(config.sendTimeout().plusSeconds(5));
        }
    }

    /** Says that there is something to publish. */
    void wake() {
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    private void run() {
        try (Producer<String, String> kafka = producer();
                KafkaClientMetrics clientMetrics = new KafkaClientMetrics(kafka)) {
            clientMetrics.bindTo(metrics);
            Duration pause = Duration.ZERO;
            while (!stopping) {
                try {
                    int sent = publishBatch(kafka);
                    pause = Duration.ZERO;
                    if (sent == 0) {
                        rest(config.pollInterval());
                    }
                } catch (SQLException | KafkaUnreachable | RuntimeException e) {
                    pause = longer(pause);
                    LOG.warnf("Events wait in the outbox, next attempt in %s: %s", pause, e);
                    rest(pause);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until woken, at most that long. */
    private void rest(Duration longest) throws InterruptedException {
        if (work.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            work.drainPermits();
        }
    }

    private Duration longer(Duration pause) {
        Duration next = pause.isZero() ? Duration.ofMillis(100) : pause.multipliedBy(2);
        return next.compareTo(config.longestPause()) < 0 ? next : config.longestPause();
    }

    private int publishBatch(Producer<String, String> kafka)
            throws SQLException, InterruptedException, KafkaUnreachable {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                List<Waiting> claimed = claim(connection);
                if (claimed.isEmpty()) {
                    oldestUnpublishedSeconds = oldest(connection);
                    connection.commit();
                    return 0;
                }
                List<UUID> acknowledged = send(kafka, claimed);
                mark(connection, acknowledged);
                connection.commit();
                published.increment(acknowledged.size());
                if (acknowledged.size() < claimed.size()) {
                    throw new KafkaUnreachable(claimed.size() - acknowledged.size());
                }
                return claimed.size();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private List<Waiting> claim(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            statement.setInt(1, config.batchSize());
            List<Waiting> claimed = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    claimed.add(new Waiting(
                            row.getObject(1, UUID.class),
                            row.getObject(2, UUID.class),
                            row.getInt(3),
                            row.getObject(4, UUID.class),
                            row.getString(5),
                            row.getString(6),
                            row.getString(7),
                            row.getString(8),
                            row.getObject(9, OffsetDateTime.class).toInstant()));
                }
            }
            return claimed;
        }
    }

    /** Sends all of them at once: they are of different aggregates, so their order does not matter. */
    private List<UUID> send(Producer<String, String> kafka, List<Waiting> claimed) throws InterruptedException {
        List<Future<RecordMetadata>> answers = new ArrayList<>(claimed.size());
        for (Waiting event : claimed) {
            Future<RecordMetadata> answer = kafka.send(event.asRecord());
            answers.add(answer);
            if (answer.state() == Future.State.FAILED) {
                break; // the broker is away: every further send would block as long as this one did
            }
        }
        kafka.flush();
        List<UUID> acknowledged = new ArrayList<>(claimed.size());
        for (int i = 0; i < answers.size(); i++) {
            try {
                answers.get(i).get(config.sendTimeout().toMillis(), TimeUnit.MILLISECONDS);
                acknowledged.add(claimed.get(i).id());
            } catch (ExecutionException e) {
                LOG.warnf("Event %s was not acknowledged: %s", claimed.get(i).id(), e.getCause());
            } catch (TimeoutException e) {
                LOG.warnf(
                        "Event %s was not acknowledged in time", claimed.get(i).id());
            }
        }
        return acknowledged;
    }

    private static void mark(Connection connection, List<UUID> acknowledged) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MARK)) {
            statement.setArray(1, connection.createArrayOf("uuid", acknowledged.toArray()));
            statement.executeUpdate();
        }
    }

    private static double oldest(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OLDEST);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getDouble(1);
        }
    }

    private Producer<String, String> producer() {
        long timeout = config.sendTimeout().toMillis();
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "lectern-scheduler-relay",
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        3000L,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        (int) timeout / 2,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        (int) timeout),
                new StringSerializer(),
                new StringSerializer());
    }

    /** An event as it lies in the outbox. */
    private record Waiting(
            UUID id,
            UUID aggregate,
            int version,
            UUID incarnation,
            String topic,
            String type,
            String data,
            @Nullable String traceparent,
            Instant occurredAt) {

        ProducerRecord<String, String> asRecord() {
            var message = new ProducerRecord<>(topic, aggregate.toString(), data);
            Headers headers = message.headers();
            put(headers, "ce_specversion", "1.0");
            put(headers, "ce_id", id.toString());
            put(headers, "ce_source", EventCatalog.SOURCE);
            put(headers, "ce_type", type);
            put(headers, "ce_subject", aggregate.toString());
            put(headers, "ce_time", occurredAt.toString());
            put(headers, "ce_sequence", Integer.toString(version));
            put(headers, "ce_incarnation", incarnation.toString());
            put(headers, "content-type", "application/json");
            if (traceparent != null) {
                put(headers, "traceparent", traceparent);
            }
            return message;
        }

        private static void put(Headers headers, String name, String value) {
            headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Some events of a batch were not acknowledged; they stay where they are. */
    private static final class KafkaUnreachable extends Exception {
        KafkaUnreachable(int left) {
            super("Kafka did not acknowledge " + left + " events in time");
        }
    }
}
