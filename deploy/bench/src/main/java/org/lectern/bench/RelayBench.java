package org.lectern.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.lectern.local.TestStack;

/**
 * Measures how fast a backlog leaves the outbox, with one and with two replicas. In turns, a bare producer with the
 * relay's guarantees sends the same number of records of the same size.
 *
 * <p>The rows are copies of the event of one real booking: four versions of each booking, with a thousand bookings
 * overlapping. All become visible at once to warm relays when the lanes open. Each run reads back what it published:
 * all records must be present, with versions in order per booking. It passes when the relay reaches half of the bare
 * producer's rate with either number of replicas.
 */
final class RelayBench implements Bench {

    private static final double GOAL = 0.5;
    private static final int WARM_UP = 400_000;
    private static final int VERSIONS = 4;
    private static final int OVERLAPPING = 1000;
    private static final String TOPIC = "lectern.bookings";
    private static final String BARE_TOPIC = "bench.relay";
    private static final int PARTITIONS = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private static final String KEEP_EVENT =
            "CREATE TEMP TABLE event AS SELECT * FROM outbox WHERE topic = '" + TOPIC + "'";

    /** Locks both lanes as a relay does. */
    private static final String CLOSE_LANES =
            "SELECT pg_advisory_lock(hashtext('lectern.outbox.lane'), lane) FROM generate_series(0, 1) lane";

    /** Parameters: overlapping bookings times versions, the same, bookings, bookings, number of the fill, rows. */
    private static final String FILL = """
            WITH filled AS (
                INSERT INTO outbox (id, aggregate_id, version, incarnation, topic, type, data, traceparent, occurred_at, retain_until)
                SELECT uuidv7(), a.id, a.version, e.incarnation, e.topic, e.type,
                       replace(replace(e.data, e.aggregate_id::text, a.id::text), '"version":1', '"version":' || a.version),
                       e.traceparent, now() - interval '1 hour' + n * interval '1 millisecond', e.retain_until
                FROM event e CROSS JOIN generate_series(0, ? - 1) n
                CROSS JOIN LATERAL (
                    SELECT n / (? * ?) * ? + n % ? AS number, n % (? * ?) / ? + 1 AS version) o
                CROSS JOIN LATERAL (
                    SELECT (lpad(to_hex(?), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(o.number), 12, '0'))::uuid AS id,
                           o.version) a
                ORDER BY n
                RETURNING id, aggregate_id, version, topic)
            INSERT INTO outbox_queue (id, aggregate_id, version, topic)
            SELECT id, aggregate_id, version, topic FROM filled""";

    private int fills;

    @Override
    public Result run(Path root, List<String> arguments) throws Exception {
        int rows = arguments.isEmpty() ? 1_000_000 : Integer.parseInt(arguments.getFirst());
        TestStack stack = TestStack.startDurable();
        try (Connection database = DriverManager.getConnection(stack.jdbcUrl("scheduler"), "postgres", "postgres")) {
            Event event;
            try (Service service =
                            new Service("scheduler", stack, root, Map.of("LECTERN_OUTBOX_RELAY_ENABLED", "false"));
                    Connection own = Villages.connect(stack, "scheduler")) {
                book(stack, service);
                execute(database, KEEP_EVENT);
                event = event(own);
            }
            makeTopic(stack, event);
            List<Sent> bare = new ArrayList<>();
            bare.add(bare(stack, root, rows, event));
            Drained one = drain(stack, root, database, rows, 1);
            bare.add(bare(stack, root, rows, event));
            Drained two = drain(stack, root, database, rows, 2);
            bare.add(bare(stack, root, rows, event));
            Measure rates = Measure.of("bare producer", "/s", bare, Sent::rate);
            double alone = rates.value();
            List<Measure> measures = new ArrayList<>(List.of(
                    rates,
                    Measure.of("relay, 1 replica", "/s", one.rate()),
                    Measure.of("relay, 2 replicas", "/s", two.rate()),
                    Measure.of("1 replica ÷ bare producer", "", one.rate() / alone),
                    Measure.of("2 replicas ÷ bare producer", "", two.rate() / alone),
                    Measure.of("the better of both", "", Math.max(one.rate(), two.rate()) / alone)
                            .atLeast(GOAL)));
            measures.addAll(ProcessorTime.measures(
                    "event, bare producer", bare.stream().map(Sent::ofOne).toList()));
            measures.addAll(ProcessorTime.measures("event, 1 replica", List.of(one.ofOne())));
            measures.addAll(ProcessorTime.measures("event, 2 replicas", List.of(two.ofOne())));
            return new Result(
                    String.format(
                            Locale.ROOT,
                            "%,d events of %,d bytes; repeated: %d with 1 replica, %d with 2; none missing, none out of order",
                            rows,
                            event.bytes(),
                            one.repeated(),
                            two.repeated()),
                    measures);
        }
    }

    /** The records that the relay sends for a booking. */
    private record Event(byte[] value, List<Header> headers) {

        int bytes() {
            return value.length
                    + headers.stream()
                            .mapToInt(header -> header.key().length() + header.value().length)
                            .sum();
        }
    }

    private record Drained(double rate, ProcessorTime ofOne, long repeated) {}

    private record Sent(double rate, ProcessorTime ofOne) {}

    private static void book(TestStack stack, Service service) throws SQLException {
        Villages villages = Villages.inScheduler(stack, 1, 1);
        service.post("/bookings", """
                {"lecturerId": "%s", "topicId": "%s", "branchId": "%s", "joinLink": "https://live.example.org/",
                 "format": "broadcast", "start": "%s"}""".formatted(
                        villages.lecturers().getFirst(),
                        villages.topic(),
                        villages.branches().getFirst(),
                        Instant.now().truncatedTo(ChronoUnit.HOURS).plus(30, ChronoUnit.DAYS)));
    }

    private static Event event(Connection database) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, aggregate_id, type, data, incarnation, occurred_at,"
                        + " traceparent FROM outbox WHERE topic = '" + TOPIC + "'")) {
            row.next();
            Map<String, String> headers = new HashMap<>(Map.of(
                    "ce_specversion", "1.0",
                    "ce_id", row.getString("id"),
                    "ce_source", "/lectern/scheduler",
                    "ce_type", row.getString("type"),
                    "ce_subject", row.getString("aggregate_id"),
                    "ce_time", row.getTimestamp("occurred_at").toInstant().toString(),
                    "ce_sequence", "1",
                    "ce_incarnation", row.getString("incarnation"),
                    "content-type", "application/json"));
            Optional.ofNullable(row.getString("traceparent")).ifPresent(trace -> headers.put("traceparent", trace));
            List<Header> made = new ArrayList<>();
            headers.forEach((name, value) -> made.add(new RecordHeader(name, bytes(value))));
            return new Event(bytes(row.getString("data")), made);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Events per second, from when the backlog becomes visible until the last event is out of the queue. */
    private Drained drain(TestStack stack, Path root, Connection database, int rows, int replicas) throws Exception {
        List<Service> services = new ArrayList<>();
        try {
            for (int i = 0; i < replicas; i++) {
                services.add(Service.scheduler(stack, root));
            }
            var warmedUp = new AtomicLong();
            WarmUp.untilCompilersRest(services, () -> {
                fill(database, WARM_UP);
                awaitPublished(services, warmedUp.addAndGet(WARM_UP));
                return null;
            });
            Map<TopicPartition, Long> from = ends(stack);
            int number = fill(database, rows);
            Instant begin = Instant.now();
            ProcessorTime before = ProcessorTime.of(root, services);
            awaitOnTopic(stack, from, rows);
            awaitPublished(services, warmedUp.get() + rows);
            Instant end = Instant.now();
            ProcessorTime used = ProcessorTime.of(root, services).since(before);
            double seconds = Duration.between(begin, end).toNanos() / 1e9;
            return new Drained(rows / seconds, used.dividedBy(rows), repeated(stack, from, number, rows));
        } finally {
            for (Service service : services) {
                service.close();
            }
        }
    }

    /** Reads the offsets from Kafka, at no cost to the services. */
    private static void awaitOnTopic(TestStack stack, Map<TopicPartition, Long> from, int rows) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        long begin = sum(from);
        try (var consumer = consumer(stack)) {
            while (sum(consumer.endOffsets(from.keySet())) - begin < rows) {
                if (Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException("The backlog was not published in " + PATIENCE);
                }
                Thread.sleep(20);
            }
        }
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Waits until the services count all these events as published, which is later than their arrival in Kafka. */
    private static void awaitPublished(List<Service> services, long count) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        double published;
        do {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("The backlog was not published in " + PATIENCE);
            }
            Thread.sleep(50);
            published = 0;
            for (Service service : services) {
                published += service.metric("lectern_outbox_published_total");
            }
        } while (published < count);
    }

    /**
     * Replaces the events, behind closed lanes, by a backlog as PostgreSQL would hold it after hours: on disk,
     * vacuumed, with statistics. The lanes are open when this returns.
     *
     * @return the number of this fill
     */
    private int fill(Connection database, int rows) throws SQLException {
        int number = ++fills;
        execute(database, CLOSE_LANES);
        execute(database, "TRUNCATE outbox, outbox_queue");
        try (PreparedStatement statement = database.prepareStatement(FILL)) {
            int[] parameters = {
                rows, OVERLAPPING, VERSIONS, OVERLAPPING, OVERLAPPING, OVERLAPPING, VERSIONS, OVERLAPPING, number
            };
            for (int i = 0; i < parameters.length; i++) {
                statement.setInt(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
        execute(database, "VACUUM (ANALYZE) outbox, outbox_queue");
        execute(database, "CHECKPOINT");
        execute(database, "SELECT pg_advisory_unlock_all()");
        return number;
    }

    private static void execute(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The topic of the bare producer; every partition has a leader when this returns. */
    private static void makeTopic(TestStack stack, Event event) throws InterruptedException, ExecutionException {
        String brokers = stack.kafkaBootstrapServers();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers));
                var producer = producer(stack, false)) {
            admin.createTopics(List.of(new NewTopic(BARE_TOPIC, Optional.of(PARTITIONS), Optional.empty())))
                    .all()
                    .get();
            for (int i = 0; i < PARTITIONS; i++) {
                producer.send(new ProducerRecord<>(BARE_TOPIC, i, null, event.value()))
                        .get();
            }
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(TestStack stack, boolean idempotent) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        stack.kafkaBootstrapServers(),
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        idempotent,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Records per second, sent as Kafka's performance test sends them: without waiting for earlier ones. */
    private static Sent bare(TestStack stack, Path root, int rows, Event event) throws IOException {
        try (var producer = producer(stack, true)) {
            send(producer, event, WARM_UP);
            ProcessorTime before = ProcessorTime.of(root, List.of());
            double rate = rows / send(producer, event, rows);
            return new Sent(
                    rate, ProcessorTime.of(root, List.of()).since(before).dividedBy(rows));
        }
    }

    private static double send(KafkaProducer<byte[], byte[]> producer, Event event, int rows) {
        List<Exception> failures = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < rows; i++) {
            byte[] key = bytes(new UUID(0x7000, i / VERSIONS).toString());
            producer.send(
                    new ProducerRecord<>(BARE_TOPIC, null, key, event.value(), event.headers()), (sent, failure) -> {
                        if (failure != null) {
                            failures.add(failure);
                        }
                    });
        }
        producer.flush();
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.size() + " records were not sent", failures.getFirst());
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static Map<TopicPartition, Long> ends(TestStack stack) {
        try (var consumer = consumer(stack)) {
            return consumer.endOffsets(partitions(consumer));
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(TestStack stack) {
        return new KafkaConsumer<>(
                Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafkaBootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.partitionsFor(TOPIC).stream()
                .map(partition -> new TopicPartition(TOPIC, partition.partition()))
                .toList();
    }

    /** The number of repeated records. Fails if a record is missing or precedes an earlier version. */
    private static long repeated(TestStack stack, Map<TopicPartition, Long> from, int fill, int rows) {
        String mine = String.format(Locale.ROOT, "%08x-", fill);
        Map<Integer, Integer> versions = new HashMap<>();
        long records = 0;
        long distinct = 0;
        try (var consumer = consumer(stack)) {
            Map<TopicPartition, Long> until = consumer.endOffsets(from.keySet());
            consumer.assign(from.keySet());
            from.forEach(consumer::seek);
            while (until.entrySet().stream().anyMatch(each -> consumer.position(each.getKey()) < each.getValue())) {
                for (var each : consumer.poll(Duration.ofSeconds(5))) {
                    String key = new String(each.key(), StandardCharsets.US_ASCII);
                    if (!key.startsWith(mine)) {
                        continue;
                    }
                    records++;
                    int booking = Integer.parseInt(key.substring(24), 16);
                    int version = Integer.parseInt(
                            new String(each.headers().lastHeader("ce_sequence").value(), StandardCharsets.US_ASCII));
                    int before = versions.getOrDefault(booking, 0);
                    if (version > before + 1) {
                        throw new IllegalStateException(key + " has version " + version + " after " + before);
                    }
                    if (version == before + 1) {
                        versions.put(booking, version);
                        distinct++;
                    }
                }
            }
        }
        if (distinct != rows) {
            throw new IllegalStateException(distinct + " events of " + rows + " reached Kafka");
        }
        return records - distinct;
    }
}
