package org.lectern.scheduler.outbox;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.event.EventCatalog;

/**
 * Publishes the outbox to Kafka as CloudEvents 1.0 in binary mode (Kafka protocol binding, section 3.2).
 *
 * <p>Any number of relays may run. Each claims only the lowest version of an aggregate that is in the queue, and takes
 * it out after the broker's acknowledgement, in the transaction that holds the claim; so version n is sent only after
 * version n-1 was acknowledged, whatever dies in between. A relay that dies between the two leads to a repeat of the same
 * event id, never to a gap and never to another order. That is committed without waiting for the disk: a server that loses
 * its power forgets the last of it, in the order of commits, which leads to such repeats and nothing else.
 *
 * <p>A process relays on two threads, so that the database, the processor and the broker are asked for something at the same
 * time: each is a relay of its own, and waits for nothing of the other's.
 *
 * <p>An event that Kafka will not have keeps back its own aggregate only, a topic that Kafka does not know its own events
 * only: both are put off and tried again, and what waits behind them goes first.
 *
 * <p>It has connections of its own: when requests use up all others, events go out all the same.
 */
@ApplicationScoped
class OutboxRelay {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);

    /**
     * The server ends idle transactions, those of relays that were stopped in the middle too; but not while we send. What
     * is committed is what can be done again, so it need not be on disk at once. And the queue is empty at one moment and
     * long at the next, so that no statistics of it are ever right: they may not talk PostgreSQL out of walking the indexes,
     * oldest event first, until it has a batch.
     */
    private static final String BEGIN = """
            SELECT set_config('idle_in_transaction_session_timeout', ?, true),
                   set_config('synchronous_commit', 'off', true),
                   set_config('plan_cache_mode', 'force_generic_plan', true),
                   set_config('enable_seqscan', 'off', true),
                   set_config('enable_bitmapscan', 'off', true),
                   set_config('enable_sort', 'off', true),
                   set_config('enable_hashjoin', 'off', true),
                   set_config('enable_mergejoin', 'off', true)""";

    /**
     * The lowest version of each aggregate is asked for by a scalar subquery, for PostgreSQL makes no join of one. And each
     * event is looked up by its key ({@code OFFSET} keeps the lookup from being a join): a plan made while the outbox was
     * empty would walk all of it, published events included, and look for each in the queue.
     */
    private static final String CLAIM = """
            SELECT q.id::text, q.aggregate_id::text, q.version::text, q.topic, q.waited,
                   o.incarnation::text, o.type, o.data, o.traceparent, o.occurred_at
            FROM (SELECT id, aggregate_id, version, topic,
                         (date_part('epoch', clock_timestamp() - queued_at) * 1000)::bigint AS waited
                  FROM outbox_queue w
                  WHERE (next_attempt_at IS NULL OR next_attempt_at <= clock_timestamp())
                    AND topic <> ALL (?)
                    AND version = (SELECT min(version) FROM outbox_queue WHERE aggregate_id = w.aggregate_id)
                  ORDER BY id
                  LIMIT ?
                  FOR UPDATE SKIP LOCKED) q
            CROSS JOIN LATERAL (SELECT * FROM outbox WHERE id = q.id OFFSET 0) o""";

    private static final String TAKE_OUT = "DELETE FROM outbox_queue WHERE id = ANY (?)";

    /** Twice as long each time, up to a minute: what Kafka does not take keeps nobody back but its own aggregate. */
    private static final String PUT_OFF = """
            UPDATE outbox_queue SET failures = failures + 1, last_failure = ?,
                   next_attempt_at = clock_timestamp() + least(60, power(2, least(failures, 6))) * interval '1 second'
            WHERE id = ?""";

    /** After so many failures in a row a new producer is made: one that has met a fatal error fails for ever. */
    private static final int FAILURES_OF_ONE_PRODUCER = 5;

    private final AgroalDataSource database;
    private final OutboxConfig config;
    /** Where Kafka is and what it asks of its clients: every setting {@code kafka.*}. */
    private final Map<String, Object> kafka;

    private final Semaphore work = new Semaphore(0);
    private final Counter published;
    private final Counter refused;
    private final Timer lag;
    private final MeterRegistry metrics;
    private volatile boolean stopping;
    /**
     * Until when topics that Kafka does not know, or not at present, are left alone: by {@link System#nanoTime}, as no
     * clock that can be set may decide that.
     */
    private final Map<String, Long> topicsPutOff = new ConcurrentHashMap<>();

    private final List<Thread> threads = new ArrayList<>();

    @Inject
    OutboxRelay(
            @DataSource("relay") AgroalDataSource database,
            OutboxConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            MeterRegistry metrics) {
        this.database = database;
        this.config = config;
        this.kafka = kafka;
        this.metrics = metrics;
        this.published = Counter.builder("lectern.outbox.published")
                .description("Events acknowledged by Kafka")
                .register(metrics);
        this.refused = Counter.builder("lectern.outbox.refused")
                .description("Attempts at single events that Kafka refused or did not acknowledge in time")
                .register(metrics);
        this.lag = Timer.builder("lectern.outbox.publish.lag")
                .description("From the outbox to Kafka's acknowledgement")
                .publishPercentileHistogram()
                .register(metrics);
    }

    void start(@Observes StartupEvent event) {
        if (config.relayEnabled()) {
            for (int i = 1; i <= config.relayThreads(); i++) {
                String name = "outbox-relay-" + i;
                threads.add(Thread.ofPlatform().name(name).daemon().start(() -> run(name)));
            }
        }
    }

    /** Finishes the batch under way; what is left waits in the outbox for another process or the next start. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        work.release(threads.size());
        long latest = System.nanoTime() + config.sendTimeout().plusSeconds(5).toNanos();
        for (Thread thread : threads) {
            thread.join(Duration.ofNanos(Math.max(1, latest - System.nanoTime())));
        }
    }

    /** Whether it is at work, or trying to be. */
    boolean isRunning() {
        return threads.stream().anyMatch(Thread::isAlive);
    }

    /** Says that there is something to publish. */
    void wake() {
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    /** Ends only when it is told to: whatever fails is tried again. */
    private void run(String name) {
        Duration pause = Duration.ZERO;
        while (!stopping) {
            try {
                try (Producer<String, byte[]> kafka = producer(name);
                        KafkaClientMetrics clientMetrics = new KafkaClientMetrics(kafka)) {
                    clientMetrics.bindTo(metrics);
                    pause = publish(kafka, pause);
                } catch (RuntimeException | Error e) {
                    // no producer can be made, for instance because no broker's name can be resolved
                    pause = longer(pause);
                    LOG.errorf(e, "The relay starts anew in %s", pause);
                    rest(pause);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Publishes until it is told to stop or this producer seems to be of no use; how long the last pause was. */
    private Duration publish(Producer<String, byte[]> kafka, Duration before) throws InterruptedException {
        Duration pause = before;
        int failures = 0;
        while (!stopping && failures < FAILURES_OF_ONE_PRODUCER) {
            try {
                int sent = publishBatch(kafka);
                pause = Duration.ZERO;
                failures = 0;
                if (sent == 0) {
                    rest(config.pollInterval());
                }
            } catch (SQLException | KafkaUnreachable | RuntimeException e) {
                failures++;
                pause = longer(pause);
                LOG.warnf("Events wait in the outbox, next attempt in %s: %s", pause, e);
                rest(pause);
            }
        }
        return pause;
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

    /** How many events Kafka took; 0 when none is due. */
    private int publishBatch(Producer<String, byte[]> kafka)
            throws SQLException, InterruptedException, KafkaUnreachable {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                begin(connection);
                List<Waiting> claimed = claim(connection);
                long claimedAt = System.nanoTime();
                if (claimed.size() == config.batchSize()) {
                    wake(); // there is more to do than this thread does
                }
                Sent sent = send(kafka, claimed);
                takeOut(connection, sent.acknowledged());
                if (!sent.acknowledged().isEmpty() || sent.isBrokerThere()) {
                    putOff(connection, sent.failed());
                }
                connection.commit();
                long since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - claimedAt);
                sent.acknowledged().forEach(event -> lag.record(event.waited() + since, TimeUnit.MILLISECONDS));
                published.increment(sent.acknowledged().size());
                refused.increment(sent.failed().size());
                if (!sent.failed().isEmpty() && sent.acknowledged().isEmpty() && !sent.isBrokerThere()) {
                    throw new KafkaUnreachable(sent.failed().size());
                }
                return sent.acknowledged().size();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    void begin(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
            statement.setString(1, String.valueOf(config.sendTimeout().toMillis() * 2 + 20_000));
            statement.execute();
        }
    }

    List<Waiting> claim(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            statement.setArray(1, connection.createArrayOf("text", topicsToAvoid()));
            statement.setInt(2, config.batchSize());
            List<Waiting> claimed = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    claimed.add(new Waiting(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            Math.max(0, row.getLong(5)),
                            row.getString(6),
                            row.getString(7),
                            row.getBytes(8),
                            row.getString(9),
                            row.getObject(10, OffsetDateTime.class).toInstant()));
                }
            }
            return claimed;
        }
    }

    private Object[] topicsToAvoid() {
        long now = System.nanoTime();
        return topicsPutOff.entrySet().stream()
                .filter(topic -> topic.getValue() - now > 0)
                .map(Map.Entry::getKey)
                .toArray();
    }

    /** Sends all of them at once: they are of different aggregates, so their order does not matter. */
    private Sent send(Producer<String, byte[]> kafka, List<Waiting> claimed) throws InterruptedException {
        List<Attempt> attempts = new ArrayList<>(claimed.size());
        Set<String> unknown = new HashSet<>();
        for (Waiting event : claimed) {
            if (unknown.contains(event.topic())) {
                continue; // each further send would block as long as the first
            }
            Future<RecordMetadata> answer = kafka.send(event.asRecord());
            if (answer.state() == Future.State.FAILED
                    && answer.exceptionNow() instanceof org.apache.kafka.common.errors.TimeoutException) {
                unknown.add(event.topic());
                putOff(event.topic());
            } else {
                attempts.add(new Attempt(event, answer));
            }
        }
        kafka.flush();
        List<Waiting> acknowledged = new ArrayList<>(attempts.size());
        Map<String, String> failed = new LinkedHashMap<>();
        boolean refused = false;
        for (Attempt attempt : attempts) {
            Waiting event = attempt.event();
            try {
                attempt.answer().get(config.sendTimeout().toMillis(), TimeUnit.MILLISECONDS);
                acknowledged.add(event);
                topicsPutOff.remove(event.topic());
            } catch (ExecutionException e) {
                Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
                LOG.warnf("Event %s was not acknowledged: %s", event.id(), cause);
                refused |= isRefusal(cause);
                failed.put(event.id(), cause.getClass().getSimpleName());
            } catch (TimeoutException e) {
                LOG.warnf("Event %s was not acknowledged in time", event.id());
                failed.put(event.id(), e.getClass().getSimpleName());
            }
        }
        return new Sent(acknowledged, failed, refused);
    }

    /** Whether Kafka, or its client, looked at this one event and will not have it, as opposed to not answering. */
    private static boolean isRefusal(Throwable cause) {
        return cause instanceof RecordTooLargeException
                || cause instanceof SerializationException
                || cause instanceof InvalidTopicException
                || cause instanceof InvalidRecordException
                || cause instanceof TopicAuthorizationException;
    }

    private void putOff(String topic) {
        topicsPutOff.put(topic, System.nanoTime() + config.longestPause().toNanos());
        LOG.warnf("Kafka says nothing of the topic %s; its events wait %s", topic, config.longestPause());
    }

    private static void takeOut(Connection connection, List<Waiting> acknowledged) throws SQLException {
        if (acknowledged.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(TAKE_OUT)) {
            Object[] ids = acknowledged.stream().map(Waiting::id).toArray();
            statement.setArray(1, connection.createArrayOf("uuid", ids));
            statement.executeUpdate();
        }
    }

    private static void putOff(Connection connection, Map<String, String> failed) throws SQLException {
        if (failed.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(PUT_OFF)) {
            for (Map.Entry<String, String> event : failed.entrySet()) {
                statement.setString(1, event.getValue());
                statement.setObject(2, UUID.fromString(event.getKey()));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private Producer<String, byte[]> producer(String name) {
        long timeout = config.sendTimeout().toMillis();
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.putAll(Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "lectern-scheduler-" + name,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                // nobody waits for this: each batch ends with a flush, and until then its records gather into few
                // requests
                ProducerConfig.LINGER_MS_CONFIG,
                100,
                // of a batch of events each partition gets so much at most
                ProducerConfig.BATCH_SIZE_CONFIG,
                128 * 1024,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                3000L,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) timeout / 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) timeout));
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * What became of a batch.
     *
     * @param isBrokerThere whether it looked at an event, if only to refuse it
     */
    private record Sent(List<Waiting> acknowledged, Map<String, String> failed, boolean isBrokerThere) {}

    private record Attempt(Waiting event, Future<RecordMetadata> answer) {}

    /**
     * An event as it lies in the outbox, mostly in the form in which it goes to Kafka.
     *
     * @param waited how many milliseconds it had waited when it was claimed
     */
    @SuppressWarnings("ArrayRecordComponent") // of a batch there are many, and they are never compared
    record Waiting(
            String id,
            String aggregate,
            String version,
            String topic,
            long waited,
            String incarnation,
            String type,
            byte[] data,
            @Nullable String traceparent,
            Instant occurredAt) {

        ProducerRecord<String, byte[]> asRecord() {
            var message = new ProducerRecord<>(topic, aggregate, data);
            Headers headers = message.headers();
            put(headers, "ce_specversion", "1.0");
            put(headers, "ce_id", id);
            put(headers, "ce_source", EventCatalog.SOURCE);
            put(headers, "ce_type", type);
            put(headers, "ce_subject", aggregate);
            put(headers, "ce_time", occurredAt.toString());
            put(headers, "ce_sequence", version);
            put(headers, "ce_incarnation", incarnation);
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
