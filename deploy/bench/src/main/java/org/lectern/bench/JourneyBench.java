package org.lectern.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.lectern.local.TestStack;

/**
 * Measures two latencies after a booking is written: until its branch reads the notice in an open stream, and until the
 * branch's own system has the webhook. Bookings arrive at a fixed rate regardless of earlier ones (an open loop). The
 * organizer's latency counts from the scheduled time of the request, so stalls are included.
 *
 * <p>The journey begins at the outbox row's {@code written_at}: it is taken within the transaction, so the journey
 * includes the commit. All lectures begin within a day, so their webhooks are urgent and are sent at once with
 * production settings. A few that are not urgent show the wait of the others.
 *
 * <p>It passes when, at 100 bookings per second, the 99th percentile of both paths is at most 100 ms. It must also be
 * at most five times that of a Kafka record from a bare producer to a bare consumer.
 */
final class JourneyBench implements Bench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BRANCHES = 100;
    /** With the hours, enough slots for the longest warm-up and the default rates: booking a slot twice is refused. */
    private static final int LECTURERS = 2400;

    private static final int HOURS = 20;
    private static final int CRITICAL_RATE = 100;
    private static final double LIMIT_MILLIS = 100;
    private static final double LIMIT_RATIO = 5;
    private static final int CALM = 10;
    private static final int WARM_UP_SECONDS = 20;

    /** Its arguments are the seconds to hold each rate, and the rates. */
    @Override
    public Result run(Path root, List<String> arguments) throws Exception {
        int seconds = arguments.isEmpty() ? 20 : Integer.parseInt(arguments.getFirst());
        List<Integer> rates = arguments.size() < 2
                ? List.of(10, 50, 100, 500)
                : arguments.stream().skip(1).map(Integer::valueOf).toList();
        TestStack stack = TestStack.startDurable();
        try (Receiver receiver = new Receiver();
                Service scheduler = Service.scheduler(stack, root);
                Service notification = new Service(
                        "notification",
                        stack,
                        root,
                        Map.of(
                                "LECTERN_DELIVERY_COALESCING_WINDOW",
                                "PT2M",
                                "LECTERN_STREAM_MAX_PER_CALLER",
                                "1000"))) {
            Villages villages = Villages.make(stack, BRANCHES, LECTURERS);
            villages.webhooks(stack, notification, receiver.port());
            return new Course(root, stack, scheduler, notification, villages, receiver).run(seconds, rates);
        }
    }

    private static final class Course {
        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final Map<UUID, Instant> read = new ConcurrentHashMap<>();
        private final Path root;
        private final TestStack stack;
        private final Service scheduler;
        private final Service notification;
        private final Villages villages;
        private final Receiver receiver;
        private final Instant day = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(2, ChronoUnit.HOURS);
        private int booked;

        private Course(
                Path root,
                TestStack stack,
                Service scheduler,
                Service notification,
                Villages villages,
                Receiver receiver) {
            this.root = root;
            this.stack = stack;
            this.scheduler = scheduler;
            this.notification = notification;
            this.villages = villages;
            this.receiver = receiver;
        }

        private Result run(int seconds, List<Integer> rates) throws Exception {
            for (UUID branch : villages.branches()) {
                threads.submit(() -> listen(branch));
            }
            List<UUID> calm = calm();
            warmUp();
            List<Measure> measures = new ArrayList<>();
            for (int rate : rates) {
                Timings bare = BareKafka.roundTrips(stack.kafkaBootstrapServers(), rate, Math.min(10, seconds));
                Held held = hold(rate, seconds);
                String at = rate + "/s: ";
                double worst =
                        Math.max(held.read().percentile(99), held.hooked().percentile(99));
                Measure slower = Measure.of(at + "the slower way, p99", "ms", worst);
                Measure ratio = Measure.of(at + "÷ bare Kafka, p99", "", worst / bare.percentile(99));
                measures.add(Measure.of(at + "bookings made", "/s", held.rate()));
                measures.add(
                        Measure.of(at + "bookings refused", "", held.refused()).atMost(0));
                measures.addAll(bare.measures(at + "bare Kafka", 50, 99));
                measures.addAll(held.answered().measures(at + "asked to answered", 50, 99));
                measures.addAll(held.sent().measures(at + "written to sent", 50, 99));
                measures.addAll(held.noticed().measures(at + "written to noticed", 50, 99));
                measures.addAll(held.read().measures(at + "written to read", 50, 99));
                measures.addAll(held.hooked().measures(at + "written to webhook", 50, 99));
                measures.addAll(ProcessorTime.measures("booking at " + rate + "/s", List.of(held.ofOne())));
                measures.add(Measure.of(
                        at + "share of all processors",
                        "",
                        held.rate() * held.ofOne().all() / Runtime.getRuntime().availableProcessors()));
                measures.add(rate == CRITICAL_RATE ? slower.atMost(LIMIT_MILLIS) : slower);
                measures.add(rate == CRITICAL_RATE ? ratio.atMost(LIMIT_RATIO) : ratio);
            }
            measures.add(waits(calm).measure("written to webhook, not urgent", 50));
            return new Result(
                    BRANCHES + " branches with an open stream and a webhook each, " + seconds + " s at each rate",
                    measures);
        }

        private void warmUp() throws Exception {
            hold(20, 10);
            hold(60, 10);
            WarmUp.untilCompilersRest(List.of(scheduler, notification), () -> hold(CRITICAL_RATE, WARM_UP_SECONDS));
        }

        /** The result of one rate. */
        private record Held(
                int refused,
                double rate,
                Timings answered,
                Timings sent,
                Timings noticed,
                Timings read,
                Timings hooked,
                ProcessorTime ofOne) {}

        private Held hold(int rate, int seconds) throws Exception {
            int count = rate * seconds;
            Map<UUID, Boolean> made = new ConcurrentHashMap<>();
            long[] answered = new long[count];
            AtomicInteger refused = new AtomicInteger();
            List<Future<?>> asked = new ArrayList<>();
            ProcessorTime before = ProcessorTime.of(root, List.of(scheduler, notification));
            long begin = System.nanoTime() + 100_000_000;
            for (int i = 0; i < count; i++) {
                long intended = begin + i * 1_000_000_000L / rate;
                for (long left = intended - System.nanoTime(); left > 0; left = intended - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                int number = booked++;
                int index = i;
                asked.add(threads.submit(() -> {
                    UUID booking = book(number, day.plus(number / LECTURERS % HOURS, ChronoUnit.HOURS));
                    if (booking == null) {
                        refused.incrementAndGet();
                    } else {
                        made.put(booking, true);
                    }
                    answered[index] = System.nanoTime() - intended;
                }));
            }
            for (var each : asked) {
                each.get();
            }
            double took = (System.nanoTime() - begin) / 1e9;
            await(() -> read.keySet().containsAll(made.keySet())
                    && receiver.first().keySet().containsAll(made.keySet()));
            ProcessorTime spent =
                    ProcessorTime.of(root, List.of(scheduler, notification)).since(before);
            Map<UUID, Instant> written =
                    times("scheduler", "SELECT aggregate_id, written_at FROM outbox WHERE topic = 'lectern.bookings'");
            Map<UUID, Instant> sent = sent();
            Map<UUID, Instant> noticed = times("notification", "SELECT booking_id, created_at FROM notice");
            return new Held(
                    refused.get(),
                    made.size() / took,
                    new Timings(answered),
                    between(made, written, sent),
                    between(made, written, noticed),
                    between(made, written, read),
                    between(made, written, receiver.first()),
                    spent.dividedBy(Math.max(1, made.size())));
        }

        private static Timings between(Map<UUID, Boolean> made, Map<UUID, Instant> from, Map<UUID, Instant> until) {
            return new Timings(made.keySet().stream()
                    .mapToLong(booking -> Duration.between(from.get(booking), until.get(booking))
                            .toNanos())
                    .toArray());
        }

        private List<UUID> calm() {
            List<UUID> bookings = new ArrayList<>();
            for (int i = 0; i < CALM; i++) {
                UUID booking = book(i, day.plus(10 + i, ChronoUnit.DAYS));
                if (booking != null) {
                    bookings.add(booking);
                }
            }
            return bookings;
        }

        private Timings waits(List<UUID> calm) throws Exception {
            await(() -> receiver.first().keySet().containsAll(calm));
            Map<UUID, Instant> written =
                    times("scheduler", "SELECT aggregate_id, written_at FROM outbox WHERE topic = 'lectern.bookings'");
            Map<UUID, Boolean> made = new HashMap<>();
            calm.forEach(booking -> made.put(booking, true));
            return between(made, written, receiver.first());
        }

        private @Nullable UUID book(int number, Instant start) {
            var body = JSON.createObjectNode()
                    .put(
                            "lecturerId",
                            villages.lecturers().get(number % LECTURERS).toString())
                    .put("topicId", villages.topic().toString())
                    .put("branchId", villages.branches().get(number % BRANCHES).toString())
                    .put("joinLink", "https://live.example.org/")
                    .put("format", "broadcast")
                    .put("start", start.toString());
            try {
                var answer = http.send(
                        HttpRequest.newBuilder(URI.create(scheduler.base() + "/bookings"))
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", UUID.randomUUID().toString())
                                .header("Authorization", "Bearer " + scheduler.token())
                                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                                .build(),
                        BodyHandlers.ofString());
                return answer.statusCode() == 201
                        ? UUID.fromString(
                                JSON.readTree(answer.body()).path("id").asText())
                        : null;
            } catch (IOException e) {
                return null;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }

        /** Reads a branch's stream until it ends, and records when each notice arrived. */
        private void listen(UUID branch) {
            try {
                var lines = http.send(
                                HttpRequest.newBuilder(URI.create(
                                                notification.base() + "/branches/" + branch + "/notices/stream"))
                                        .header("Accept", "text/event-stream")
                                        .header("Authorization", "Bearer " + notification.token())
                                        .build(),
                                BodyHandlers.ofLines())
                        .body();
                lines.forEach(line -> {
                    if (line.startsWith("data:")) {
                        Instant now = Instant.now();
                        read.putIfAbsent(UUID.fromString(booking(line)), now);
                    }
                });
            } catch (IOException | RuntimeException e) {
                // the service has stopped
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static String booking(String line) {
            try {
                JsonNode notice = JSON.readTree(line.substring("data:".length()));
                return notice.path("bookingId").asText();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        /** When the relay passed each booking's event to its producer, by the timestamp of the record. */
        private Map<UUID, Instant> sent() {
            try (var consumer = new KafkaConsumer<>(
                    Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafkaBootstrapServers()),
                    new StringDeserializer(),
                    new ByteArrayDeserializer())) {
                List<TopicPartition> partitions = consumer.partitionsFor("lectern.bookings").stream()
                        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                        .toList();
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                Map<UUID, Instant> sent = new HashMap<>();
                var ends = consumer.endOffsets(partitions);
                while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                    for (var each : consumer.poll(Duration.ofSeconds(5))) {
                        sent.putIfAbsent(UUID.fromString(each.key()), Instant.ofEpochMilli(each.timestamp()));
                    }
                }
                return sent;
            }
        }

        private Map<UUID, Instant> times(String database, String query) throws SQLException {
            try (Connection connection = Villages.connect(stack, database);
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(query)) {
                Map<UUID, Instant> times = new HashMap<>();
                while (row.next()) {
                    times.put(
                            row.getObject(1, UUID.class),
                            row.getObject(2, OffsetDateTime.class).toInstant());
                }
                return times;
            }
        }

        private static void await(BooleanSupplier condition) throws InterruptedException {
            Instant deadline = Instant.now().plusSeconds(180);
            while (!condition.getAsBoolean()) {
                if (Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException("Not every branch was notified within three minutes");
                }
                Thread.sleep(100);
            }
        }
    }
}
