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
 * <p>Any number of relays may run. The queue is two lanes, and each aggregate is in one of them; one relay at a time has a
 * lane, for as long as a transaction: it reads what waits longest, sends of each aggregate one event after the other, each
 * after the broker's acknowledgement of the one before, and takes out of the queue what was acknowledged. So version n is
 * sent only after version n-1 was acknowledged, whatever dies in between. A relay that dies between the two leads to a
 * repeat of the same event id, never to a gap and never to another order. That is committed without waiting for the disk:
 * a server that loses its power forgets the last of it, in the order of commits, which leads to such repeats and nothing else.
 *
 * <p>A process has a thread for each lane, so that the database, the processor and the broker are asked for something at the
 * same time: each is a relay of its own, and waits for nothing of the other's.
 *
 * <p>An event that Kafka will not have keeps back its own aggregate only, a topic that Kafka does not know its own events
 * only: both are put off and tried again, and what waits behind them goes first. A relay that cannot reach Kafka leaves its
 * lane to those that can, until Kafka answers it.
 *
 * <p>It has connections of its own: when requests use up all others, events go out all the same.
 */
@ApplicationScoped
class OutboxRelay {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);

    /** As the column {@code outbox_queue.lane} has it. */
    static final int LANES = 2;

    /** Of a lane, until the transaction ends; waits for what is under way there. */
    private static final String LOCK = "pg_advisory_xact_lock(hashtext('lectern.outbox.lane'), %s)";

    /** Keeps all relays from all lanes. */
    static final String CLOSE_LANES =
            "SELECT " + LOCK.formatted("lane") + " FROM generate_series(0, " + (LANES - 1) + ") lane";

    /**
     * The server ends idle transactions, those of relays that were stopped in the middle too; but not while we send. What
     * is committed is what can be done again, so it need not be on disk at once. And the queue is empty at one moment and
     * long at the next, so that no statistics of it are ever right: they may not talk PostgreSQL out of walking the index,
     * oldest event first, until it has a batch, and of asking the outbox for all of its events at once.
     *
     * <p>Last of all it waits for the lane. What the relay before did is committed by then, and seen by the claim.
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

    /** What of an aggregate was put off is asked for by a scalar subquery, for PostgreSQL makes no join of one. */
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

    /** Twice as long each time, up to a minute: what Kafka does not take keeps nobody back but its own aggregate. */
    private static final String PUT_OFF = """
            UPDATE outbox_queue SET failures = failures + 1, last_failure = ?,
                   next_attempt_at = clock_timestamp() + least(60, power(2, least(failures, 6))) * interval '1 second'
            WHERE lane = ? AND position = ?""";

    /** How long Kafka is waited for to say anything of itself, in milliseconds. */
    private static final int PATIENCE_FOR_METADATA = 3000;

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /**
     * From the beginning of a batch to that of the next while events come one by one: a batch of one costs PostgreSQL and
     * Kafka nearly as much as one of many. The first after a quiet moment goes at once.
     */
    private static final Duration BETWEEN_BATCHES = Duration.ofMillis(20);

    /** After so many failures in a row a new producer is made: one that has met a fatal error fails for ever. */
    private static final int FAILURES_OF_ONE_PRODUCER = 5;

    private final AgroalDataSource database;
    private final OutboxConfig config;
    /** Where Kafka is and what it asks of its clients: every setting {@code kafka.*}. */
    private final Map<String, Object> kafka;

    private final List<Lane> lanes =
            IntStream.range(0, LANES).mapToObj(Lane::new).toList();
    private final Counter published;
    private final Counter refused;
    private final Timer lag;
    private final MeterRegistry metrics;
    private volatile boolean stopping;
    /**
     * Topics that Kafka does not know, or not at present, and when it is asked for them again: by {@link System#nanoTime},
     * as no clock that can be set may decide that.
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
            lanes.forEach(Lane::open);
        }
    }

    /** Finishes the batches under way; what is left waits in the outbox for another process or the next start. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        lanes.forEach(Lane::wake);
        long latest = System.nanoTime() + config.sendTimeout().plusSeconds(5).toNanos();
        for (Lane lane : lanes) {
            lane.join(Duration.ofNanos(Math.max(1, latest - System.nanoTime())));
        }
    }

    /** Whether it is at work, or trying to be. */
    boolean isRunning() {
        return lanes.stream().anyMatch(Lane::isOpen);
    }

    /** Says that there are events of any aggregates to publish. */
    void wake() {
        lanes.forEach(Lane::wake);
    }

    /** Says that there are events of these aggregates to publish. */
    void wake(Collection<UUID> aggregates) {
        aggregates.stream()
                .mapToInt(OutboxRelay::laneOf)
                .distinct()
                .forEach(lane -> lanes.get(lane).wake());
    }

    /** As {@code outbox_queue.lane} is generated: of the last byte. */
    static int laneOf(UUID aggregate) {
        return (int) (aggregate.getLeastSignificantBits() & 0xff) % LANES;
    }

    /** One of the lines of the queue, and the thread that publishes what is in it whenever no other process does. */
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

        /** Waits until woken, at most that long. */
        private void rest(Duration longest) throws InterruptedException {
            if (work.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                work.drainPermits();
            }
        }

        /** Ends only when it is told to: whatever fails is tried again. */
        private void run() {
            Duration pause = Duration.ZERO;
            while (!stopping) {
                try {
                    try (Producer<String, byte[]> producer = producer("outbox-relay-" + (number + 1));
                            KafkaClientMetrics clientMetrics = new KafkaClientMetrics(producer)) {
                        clientMetrics.bindTo(metrics);
                        pause = publish(producer, pause);
                    } catch (RuntimeException | Error e) {
                        // no producer can be made, for instance because no broker's name can be resolved
                        pause = Backoff.after(pause, config.longestPause());
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
                        rest(config.pollInterval()); // what was written meanwhile has woken us
                        TimeUnit.NANOSECONDS.sleep(begun + BETWEEN_BATCHES.toNanos() - System.nanoTime());
                        work.drainPermits(); // the next batch has whatever woke us: no empty one after it
                    }
                } catch (SQLException | RuntimeException e) {
                    failures++;
                    pause = Backoff.after(pause, config.longestPause());
                    LOG.warnf("Events wait in the outbox, next attempt in %s: %s", pause, e);
                    rest(pause);
                } catch (KafkaUnreachable e) {
                    failures++;
                    LOG.warnf("Events wait in the outbox: %s", e);
                    do {
                        pause = Backoff.after(pause, config.longestPause());
                        rest(pause);
                    } while (!stopping && !isKafkaThere());
                }
            }
            return pause;
        }

        /** How many events were due and looked at; 0 also when another process keeps the lane. */
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
                        putOff(connection, sent.failed);
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

        private void putOff(Connection connection, List<Failure> failed) throws SQLException {
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

    /** Whether any broker answers. Asked without a lane in hand: who cannot reach Kafka must not keep it from those who can. */
    private boolean isKafkaThere() throws InterruptedException {
        try (Admin admin = admin()) {
            admin.describeCluster().nodes().get();
            return true;
        } catch (ExecutionException | KafkaException e) {
            LOG.debugf("Kafka does not answer: %s", e);
            return false;
        }
    }

    /** Lets events go of topics that Kafka did not know but knows by now; a producer would ask for each in vain for seconds. */
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
                    putOff(topic.getKey());
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

    /** Waits for the lane, which is kept until the transaction ends. */
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
     * Sends of each aggregate the first event, all of them at once, then of those that Kafka took the next, and so on. What
     * there is no time for stays where it is.
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

    /** Events of different aggregates, so their order does not matter; the aggregates of those that Kafka took. */
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
                putOff(event.topic());
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
                (long) PATIENCE_FOR_METADATA,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) timeout / 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) timeout));
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** What became of a batch. */
    private static final class Sent {

        final List<Waiting> acknowledged = new ArrayList<>();
        final List<Failure> failed = new ArrayList<>();
        /** Whether it looked at an event, if only to refuse it. */
        boolean isBrokerThere;
    }

    private record Failure(Waiting event, String why) {}

    private record Attempt(Waiting event, Future<RecordMetadata> answer) {}

    /**
     * An event as it lies in the outbox, mostly in the form in which it goes to Kafka.
     *
     * @param position where it stands in its lane of the queue
     * @param waited how many milliseconds it had waited when it was claimed
     */
    @SuppressWarnings("ArrayRecordComponent") // of a batch there are many, and they are never compared
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

    /** Some events of a batch were not acknowledged; they stay where they are. */
    private static final class KafkaUnreachable extends Exception {
        KafkaUnreachable(int left) {
            super("Kafka acknowledged none of " + left + " events in time");
        }
    }
}
