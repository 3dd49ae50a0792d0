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
import java.util.Collection;
import java.util.Comparator;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.time.Backoff;
import org.lectern.scheduler.event.EventCatalog;

/**
 * Publishes the outbox to Kafka as CloudEvents 1.0 in binary mode (Kafka protocol binding, section 3.2).
 *
 * <p>Any number of relays may run. The queue has two lanes, and each aggregate belongs to one. A lock gives one relay a
 * lane for one transaction. The relay claims the oldest events and sends those of one aggregate one by one, each after
 * the broker's acknowledgement of the previous one. It then deletes the acknowledged events from the queue.
 *
 * <p>Guarantee: version n is sent only after version n-1 was acknowledged, whatever crashes. A crash between
 * acknowledgement and deletion repeats events under the same id, without gaps or reordering. The commit does not wait
 * for the disk. A power failure of the server loses the latest commits, which only leads to such repeats.
 *
 * <p>Each process has an independent thread per lane, so that database, processor and broker work in parallel.
 *
 * <p>An event that Kafka refuses blocks its own aggregate only; a topic unknown to Kafka blocks its own events only.
 * Both are retried with backoff, and unaffected later events overtake them. A relay that cannot reach Kafka leaves its
 * lane to others until Kafka answers.
 *
 * <p>The relay has its own connections, so it publishes even when requests exhaust the other pool.
 */
@ApplicationScoped
class OutboxRelay {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);

    /** Must match the column {@code outbox_queue.lane}. */
    static final int LANES = 2;

    /** Locks a lane until the transaction ends; waits for the relay that holds it. */
    private static final String LOCK = "pg_advisory_xact_lock(hashtext('lectern.outbox.lane'), %s)";

    /** Locks all lanes against all relays. */
    static final String CLOSE_LANES =
            "SELECT " + LOCK.formatted("lane") + " FROM generate_series(0, " + (LANES - 1) + ") lane";

    /**
     * Settings of a relay transaction, and the lock of the lane.
     *
     * <p>The server ends idle transactions, also those of stopped relays; the timeout is raised for the time of
     * sending. Commits need not reach the disk, because lost ones can be repeated. Statistics of the queue are never
     * right, since it is empty at one moment and long at the next. The planner settings force an index scan in event
     * order up to a batch, and one read of the outbox for all its events.
     *
     * <p>The lock comes last: the previous relay has committed by then, so the claim sees its work.
     */
    private static final String BEGIN = """
            SELECT set_config('idle_in_transaction_session_timeout', ?, true),
                   set_config('synchronous_commit', 'off', true),
                   set_config('plan_cache_mode', 'force_generic_plan', true),
                   set_config('enable_seqscan', 'off', true),
                   set_config('enable_bitmapscan', 'off', true),
                   set_config('enable_sort', 'off', true),
                   set_config('enable_nestloop', 'off', true),
                   set_config('enable_mergejoin', 'off', true),
                   """ + LOCK.formatted("?");

    /** A scalar subquery looks up the blocked aggregates, because PostgreSQL does not turn it into a join. */
    private static final String CLAIM = """
            WITH q AS MATERIALIZED (
                SELECT id, position, queued_at
                FROM outbox_queue w
                WHERE lane = ?
                  AND (next_attempt_at IS NULL OR next_attempt_at <= clock_timestamp())
                  AND topic <> ALL (?)
                  AND coalesce((SELECT false FROM outbox_queue p
                                WHERE p.aggregate_id = w.aggregate_id AND p.version < w.version AND p.failures > 0
                                LIMIT 1), true)
                ORDER BY position
                LIMIT ?)
            SELECT q.position, (date_part('epoch', clock_timestamp() - q.queued_at) * 1000)::bigint,
                   o.id::text, o.aggregate_id::text, o.version, o.topic, o.incarnation::text, o.type, o.data, o.traceparent,
                   o.occurred_at
            FROM q JOIN outbox o ON o.id = q.id
            WHERE o.id = ANY (ARRAY(SELECT id FROM q))""";

    private static final String TAKE_OUT = "DELETE FROM outbox_queue WHERE lane = ? AND position = ANY (?)";

    /** Backoff: doubles up to a minute. Only the event's own aggregate waits. */
    private static final String PUT_OFF = """
            UPDATE outbox_queue SET failures = failures + 1, last_failure = ?,
                   next_attempt_at = clock_timestamp() + least(60, power(2, least(failures, 6))) * interval '1 second'
            WHERE lane = ? AND position = ?""";

    /** Timeout for metadata requests to Kafka, in milliseconds. */
    private static final int PATIENCE_FOR_METADATA = 3000;

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /**
     * Minimum time between the starts of two batches while events arrive one by one. A batch of one costs PostgreSQL
     * and Kafka nearly as much as a large one. The first event after an idle period is sent at once.
     */
    private static final Duration BETWEEN_BATCHES = Duration.ofMillis(20);

    /** A new producer replaces one after this many consecutive failures: a fatal error in a producer is permanent. */
    private static final int FAILURES_OF_ONE_PRODUCER = 5;

    private final AgroalDataSource database;
    private final OutboxConfig config;
    /** The Kafka client settings: every setting {@code kafka.*}. */
    private final Map<String, Object> kafka;

    private final List<Lane> lanes =
            IntStream.range(0, LANES).mapToObj(Lane::new).toList();
    private final Counter published;
    private final Counter refused;
    private final Timer lag;
    private final MeterRegistry metrics;
    private volatile boolean stopping;
    /**
     * Topics unknown or unavailable in Kafka, with the time of the next check by {@link System#nanoTime}, which is
     * independent of clock changes.
     */
    private final Map<String, Long> topicsPutOff = new ConcurrentHashMap<>();

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
        this.refused = Counter.builder("lectern.outbox.rejections")
                .description("Attempts at single events that Kafka refused or did not acknowledge in time")
                .register(metrics);
        this.lag = Timer.builder("lectern.outbox.publish.lag")
                .description("From the outbox to Kafka's acknowledgement")
                .publishPercentileHistogram()
                .register(metrics);
    }

    void start(@Observes StartupEvent event) {
        if (config.relayEnabled()) {
            lanes.forEach(Lane::open);
        }
    }

    /** Finishes the current batches. Remaining events wait in the outbox for another process or the next start. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        lanes.forEach(Lane::wake);
        long latest = System.nanoTime() + config.sendTimeout().plusSeconds(5).toNanos();
        for (Lane lane : lanes) {
            lane.join(Duration.ofNanos(Math.max(1, latest - System.nanoTime())));
        }
    }

    /** Whether a relay thread is alive. */
    boolean isRunning() {
        return lanes.stream().anyMatch(Lane::isOpen);
    }

    /** Signals that there are events to publish. */
    void wake() {
        lanes.forEach(Lane::wake);
    }

    /** Signals that there are events of these aggregates to publish. */
    void wake(Collection<UUID> aggregates) {
        aggregates.stream()
                .mapToInt(OutboxRelay::laneOf)
                .distinct()
                .forEach(lane -> lanes.get(lane).wake());
    }

    /** Must match the generated column {@code outbox_queue.lane}: computed from the last byte. */
    static int laneOf(UUID aggregate) {
        return (int) (aggregate.getLeastSignificantBits() & 0xff) % LANES;
    }

    /** One lane of the queue, and the thread that publishes it while no other process holds it. */
    private final class Lane {

        private final int number;
        private final Semaphore work = new Semaphore(0);
        private @Nullable Thread thread;

        Lane(int number) {
            this.number = number;
        }

        void open() {
            thread = Thread.ofPlatform()
                    .name("outbox-relay-" + (number + 1))
                    .daemon()
                    .start(this::run);
        }

        boolean isOpen() {
            return thread != null && thread.isAlive();
        }

        void join(Duration atMost) throws InterruptedException {
            if (thread != null) {
                thread.join(atMost);
            }
        }

        void wake() {
            if (work.availablePermits() == 0) {
                work.release();
            }
        }

        /** Waits until woken, up to a maximum. */
        private void rest(Duration longest) throws InterruptedException {
            if (work.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                work.drainPermits();
            }
        }

        /** Runs until stopped; retries after any failure. */
        private void run() {
            Duration pause = Duration.ZERO;
            while (!stopping) {
                try {
                    try (Producer<String, byte[]> producer = producer("outbox-relay-" + (number + 1));
                            KafkaClientMetrics clientMetrics = new KafkaClientMetrics(producer)) {
                        clientMetrics.bindTo(metrics);
                        pause = publish(producer, pause);
                    } catch (RuntimeException | Error e) {
                        // no producer can be created, for instance because no broker name can be resolved
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

        /** Publishes until stopped or until this producer seems broken; returns the last pause. */
        private Duration publish(Producer<String, byte[]> producer, Duration before) throws InterruptedException {
            Duration pause = before;
            int failures = 0;
            while (!stopping && failures < FAILURES_OF_ONE_PRODUCER) {
                try {
                    lookForTopics();
                    long begun = System.nanoTime();
                    int claimed = publishBatch(producer);
                    pause = Duration.ZERO;
                    failures = 0;
                    if (claimed < config.batchSize()) {
                        rest(config.pollInterval()); // a concurrent write wakes it at once
                        TimeUnit.NANOSECONDS.sleep(begun + BETWEEN_BATCHES.toNanos() - System.nanoTime());
                        work.drainPermits(); // the next batch covers these wake-ups: avoids an empty one
                    }
                } catch (SQLException | RuntimeException e) {
                    failures++;
                    pause = Backoff.after(pause, config.maxBackoff());
                    LOG.warnf("Events wait in the outbox, next attempt in %s: %s", pause, e);
                    rest(pause);
                } catch (KafkaUnreachable e) {
                    failures++;
                    LOG.warnf("Events wait in the outbox: %s", e);
                    do {
                        pause = Backoff.after(pause, config.maxBackoff());
                        rest(pause);
                    } while (!stopping && !isKafkaThere());
                }
            }
            return pause;
        }

        /** Returns the number of claimed events; 0 also when another process holds the lane. */
        private int publishBatch(Producer<String, byte[]> producer)
                throws SQLException, InterruptedException, KafkaUnreachable {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                try {
                    begin(connection, number);
                    List<Waiting> claimed = claim(connection, number);
                    long claimedAt = System.nanoTime();
                    Sent sent = send(producer, claimed);
                    takeOut(connection, sent.acknowledged);
                    boolean isKafkaThere = !sent.acknowledged.isEmpty() || sent.isBrokerThere;
                    if (isKafkaThere) {
                        rejected(connection, sent.failed);
                    }
                    connection.commit();
                    long since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - claimedAt);
                    sent.acknowledged.forEach(event -> lag.record(event.waited() + since, TimeUnit.MILLISECONDS));
                    published.increment(sent.acknowledged.size());
                    refused.increment(sent.failed.size());
                    if (!claimed.isEmpty() && !isKafkaThere) {
                        throw new KafkaUnreachable(claimed.size());
                    }
                    return claimed.size();
                } catch (SQLException e) {
                    connection.rollback();
                    if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                        return 0;
                    }
                    throw e;
                } catch (RuntimeException e) {
                    connection.rollback();
                    throw e;
                }
            }
        }

        private void takeOut(Connection connection, List<Waiting> acknowledged) throws SQLException {
            if (acknowledged.isEmpty()) {
                return;
            }
            try (PreparedStatement statement = connection.prepareStatement(TAKE_OUT)) {
                Object[] positions =
                        acknowledged.stream().map(Waiting::position).toArray();
                statement.setInt(1, number);
                statement.setArray(2, connection.createArrayOf("bigint", positions));
                statement.executeUpdate();
            }
        }

        private void rejected(Connection connection, List<Failure> failed) throws SQLException {
            if (failed.isEmpty()) {
                return;
            }
            try (PreparedStatement statement = connection.prepareStatement(PUT_OFF)) {
                for (Failure failure : failed) {
                    statement.setString(1, failure.why());
                    statement.setInt(2, number);
                    statement.setLong(3, failure.event().position());
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
    }

    /**
     * Whether any broker answers. Called without a lane: a relay that cannot reach Kafka must not block those that can.
     */
    private boolean isKafkaThere() throws InterruptedException {
        try (Admin admin = admin()) {
            admin.describeCluster().nodes().get();
            return true;
        } catch (ExecutionException | KafkaException e) {
            LOG.debugf("Kafka does not answer: %s", e);
            return false;
        }
    }

    /** Releases events of topics that Kafka knows by now. A producer would block for seconds on each unknown topic. */
    private void lookForTopics() throws InterruptedException {
        long now = System.nanoTime();
        Set<String> due = topicsPutOff.entrySet().stream()
                .filter(topic -> topic.getValue() - now <= 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        if (due.isEmpty()) {
            return;
        }
        try (Admin admin = admin()) {
            for (var topic : admin.describeTopics(due).topicNameValues().entrySet()) {
                try {
                    topic.getValue().get();
                    topicsPutOff.remove(topic.getKey());
                } catch (ExecutionException e) {
                    rejected(topic.getKey());
                }
            }
        }
    }

    private Admin admin() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "lectern-scheduler-outbox-relay");
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_FOR_METADATA);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_FOR_METADATA);
        return Admin.create(settings);
    }

    /** Waits for the lane, which is held until the transaction ends. */
    void begin(Connection connection, int lane) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
            statement.setString(1, String.valueOf(config.sendTimeout().toMillis() * 2 + 5_000));
            statement.setInt(2, lane);
            statement.execute();
        }
    }

    List<Waiting> claim(Connection connection, int lane) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            statement.setInt(1, lane);
            statement.setArray(
                    2, connection.createArrayOf("text", topicsPutOff.keySet().toArray()));
            statement.setInt(3, config.batchSize());
            List<Waiting> claimed = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    claimed.add(new Waiting(
                            row.getLong(1),
                            Math.max(0, row.getLong(2)),
                            row.getString(3),
                            row.getString(4),
                            row.getInt(5),
                            row.getString(6),
                            row.getString(7),
                            row.getString(8),
                            row.getBytes(9),
                            row.getString(10),
                            row.getObject(11, OffsetDateTime.class).toInstant()));
                }
            }
            claimed.sort(Comparator.comparingLong(Waiting::position));
            return claimed;
        }
    }

    /**
     * Sends the first event of each aggregate concurrently, then the next event of those that Kafka acknowledged, and
     * so on. Events beyond the time limit stay in the queue.
     */
    private Sent send(Producer<String, byte[]> producer, List<Waiting> claimed) throws InterruptedException {
        var sent = new Sent();
        long latest = System.nanoTime() + config.sendTimeout().toNanos();
        List<Waiting> left = claimed;
        while (!left.isEmpty() && System.nanoTime() - latest < 0) {
            Map<String, Waiting> first = LinkedHashMap.newLinkedHashMap(left.size());
            List<Waiting> later = new ArrayList<>();
            for (Waiting event : left) {
                if (first.putIfAbsent(event.aggregate(), event) != null) {
                    later.add(event);
                }
            }
            Set<String> taken = sendAtOnce(producer, first.values(), sent);
            later.removeIf(event -> !taken.contains(event.aggregate()));
            left = later;
        }
        return sent;
    }

    /** Sends events of different aggregates in any order; returns the acknowledged aggregates. */
    private Set<String> sendAtOnce(Producer<String, byte[]> producer, Collection<Waiting> events, Sent sent)
            throws InterruptedException {
        List<Attempt> attempts = new ArrayList<>(events.size());
        Set<String> unknown = new HashSet<>();
        for (Waiting event : events) {
            if (unknown.contains(event.topic())) {
                continue; // each further send would block as long as the first
            }
            Future<RecordMetadata> answer = producer.send(event.asRecord());
            if (answer.state() == Future.State.FAILED
                    && answer.exceptionNow() instanceof org.apache.kafka.common.errors.TimeoutException) {
                unknown.add(event.topic());
                rejected(event.topic());
            } else {
                attempts.add(new Attempt(event, answer));
            }
        }
        producer.flush();
        Set<String> taken = HashSet.newHashSet(attempts.size());
        for (Attempt attempt : attempts) {
            Waiting event = attempt.event();
            try {
                attempt.answer().get(config.sendTimeout().toMillis(), TimeUnit.MILLISECONDS);
                sent.acknowledged.add(event);
                taken.add(event.aggregate());
            } catch (ExecutionException e) {
                Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
                LOG.warnf("Event %s was not acknowledged: %s", event.id(), cause);
                sent.isBrokerThere |= isRefusal(cause);
                sent.failed.add(new Failure(event, cause.getClass().getSimpleName()));
            } catch (TimeoutException e) {
                LOG.warnf("Event %s was not acknowledged in time", event.id());
                sent.failed.add(new Failure(event, e.getClass().getSimpleName()));
            }
        }
        return taken;
    }

    /** Whether Kafka or its client refused this event, as opposed to not answering. */
    private static boolean isRefusal(Throwable cause) {
        return cause instanceof RecordTooLargeException
                || cause instanceof SerializationException
                || cause instanceof InvalidTopicException
                || cause instanceof InvalidRecordException
                || cause instanceof TopicAuthorizationException;
    }

    private void rejected(String topic) {
        topicsPutOff.put(topic, System.nanoTime() + config.maxBackoff().toNanos());
        LOG.warnf("Kafka says nothing of the topic %s; its events wait %s", topic, config.maxBackoff());
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
                // linger has no latency cost: each batch ends with a flush, and until then records gather into few
                // requests
                ProducerConfig.LINGER_MS_CONFIG,
                100,
                // upper limit per partition within a batch
                ProducerConfig.BATCH_SIZE_CONFIG,
                128 * 1024,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                (long) PATIENCE_FOR_METADATA,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) timeout / 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) timeout));
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** The result of a batch. */
    private static final class Sent {

        final List<Waiting> acknowledged = new ArrayList<>();
        final List<Failure> failed = new ArrayList<>();
        /** Whether the broker processed an event, even by refusing it. */
        boolean isBrokerThere;
    }

    private record Failure(Waiting event, String why) {}

    private record Attempt(Waiting event, Future<RecordMetadata> answer) {}

    /**
     * An event in the outbox, mostly in its Kafka form.
     *
     * @param position its position in the lane
     * @param waited the milliseconds it had waited when claimed
     */
    @SuppressWarnings("ArrayRecordComponent") // created in large numbers, never compared
    record Waiting(
            long position,
            long waited,
            String id,
            String aggregate,
            int version,
            String topic,
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
            put(headers, "ce_sequence", String.valueOf(version));
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

    /** Some events of a batch were not acknowledged; they stay in the queue. */
    private static final class KafkaUnreachable extends Exception {
        KafkaUnreachable(int left) {
            super("Kafka acknowledged none of " + left + " events in time");
        }
    }
}
