package org.lectern.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.lectern.local.TestStack;

/**
 * Cancels the lectures of many branches at once, one per branch; each branch has an inbox and its own system. The
 * events enter Kafka all at once and in the form that the scheduler's relay uses, so only the notification service is
 * measured.
 *
 * <p>It passes when webhooks per second reach at least half the rate of the service's HTTP client alone: same receiver,
 * same concurrency, one connection per request. Warm-up rounds do not count until the compilers are idle; then both
 * alternate.
 */
final class FanoutBench implements Bench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double LIMIT = 0.5;
    private static final int AT_ONCE = 16;
    private static final int ROUNDS = 3;
    private static final int WARM_UP_ROUNDS = 9;
    private static final String TOPIC = "lectern.bookings";

    /** Its argument is the number of branches. */
    @Override
    public Result run(Path root, List<String> arguments) throws Exception {
        int count = arguments.isEmpty() ? 10_000 : Integer.parseInt(arguments.getFirst());
        TestStack stack = TestStack.startDurable();
        try (Receiver receiver = new Receiver();
                Service notification =
                        new Service("notification", stack, root, Map.of("LECTERN_DELIVERY_COALESCING_WINDOW", "PT2M"));
                Connection database = Villages.connect(stack, "notification")) {
            try (Service scheduler = Service.scheduler(stack, root)) {
                Villages villages = Villages.make(stack, count, 1); // the scheduler must create its tables first
                return measured(root, stack, villages, notification, receiver, database);
            }
        }
    }

    private static Result measured(
            Path root, TestStack stack, Villages villages, Service notification, Receiver receiver, Connection database)
            throws Exception {
        int count = villages.branches().size();
        UUID incarnation = UUID.randomUUID();
        List<List<UUID>> lectures = new ArrayList<>();
        List<Double> takenIn = new ArrayList<>();
        for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
            lectures.add(villages.branches().stream()
                    .map(branch -> UUID.randomUUID())
                    .toList());
            long expected = (long) count * lectures.size();
            Instant confirmed = Instant.now();
            tell(root, stack, villages, lectures.getLast(), incarnation, "confirmed", 1);
            await(() -> number(database, "SELECT count(*) FROM notice WHERE kind = 'CONFIRMED'") == expected);
            takenIn.add(seconds(confirmed, Instant.now()));
        }
        villages.webhooks(stack, notification, receiver.port());

        Buffer body = body(root, villages.branches().getFirst());
        List<Round> warmUps = new ArrayList<>();
        List<Round> rounds = new ArrayList<>();
        Vertx vertx = Vertx.vertx();
        try {
            HttpClient client = vertx.createHttpClient(
                    new HttpClientOptions().setKeepAlive(false).setMaxPoolSize(64));
            boolean warm = false;
            for (List<UUID> bookings : lectures) {
                receiver.clear();
                ProcessorTime before = ProcessorTime.of(root, List.of(notification));
                Instant begin = Instant.now();
                tell(root, stack, villages, bookings, incarnation, "cancelled", 2);
                await(() -> receiver.first().keySet().containsAll(bookings));
                ProcessorTime spent =
                        ProcessorTime.of(root, List.of(notification)).since(before);
                Fanout service = Fanout.since(begin, bookings, receiver, database);
                ProcessorTime between = ProcessorTime.of(root, List.of(notification));
                double alone = alone(client, receiver.port(), count, body);
                ProcessorTime ofClient =
                        ProcessorTime.of(root, List.of(notification)).since(between);
                Round round = new Round(service, spent.dividedBy(count), alone, ofClient.dividedBy(count));
                if (warm) {
                    rounds.add(round);
                } else {
                    warmUps.add(round);
                    warm = warmUps.size() == WARM_UP_ROUNDS
                            || spent.of(ProcessorTime.COMPILERS) < WarmUp.AT_REST * service.lastWebhook();
                }
                if (rounds.size() == ROUNDS) {
                    break;
                }
            }
        } finally {
            vertx.close();
        }
        Fanout cold = warmUps.getFirst().notified();
        List<Measure> measures = new ArrayList<>(List.of(
                Measure.of(
                        "taking in the bookings before",
                        "s",
                        takenIn.subList(takenIn.size() - ROUNDS, takenIn.size()),
                        seconds -> seconds),
                Measure.of(
                        "last notice in an inbox",
                        "s",
                        rounds,
                        round -> round.notified().lastNotice()),
                Measure.of(
                        "first webhook", "s", rounds, round -> round.notified().firstWebhook()),
                Measure.of(
                        "last webhook", "s", rounds, round -> round.notified().lastWebhook()),
                Measure.of("messages", "", rounds, round -> round.notified().messages()),
                Measure.of(
                        "deliveries from the first event",
                        "/s",
                        rounds,
                        round -> round.notified().rate())));
        measures.addAll(ProcessorTime.measures(
                "delivery", rounds.stream().map(Round::ofOne).toList()));
        measures.add(Measure.of("the HTTP client alone", "/s", rounds, Round::alone));
        measures.add(Measure.of(
                "processor time per request of the HTTP client alone",
                "µs",
                rounds,
                round -> round.ofClient().of(ProcessorTime.BENCHMARK) * 1e6));
        measures.add(Measure.of(
                "PostgreSQL, Kafka and the client, if the rest cost nothing", "/s", rounds, Round::partsAlone));
        measures.add(Measure.of(
                "ratio to that", "", rounds, round -> round.notified().rate() / round.partsAlone()));
        measures.add(Measure.of("ratio", "", rounds, Round::ratio).atLeast(LIMIT));
        return new Result(
                String.format(
                        Locale.ROOT,
                        "%,d branches, one webhook each, cancelled %d times, after %d rounds to warm up; the first of those: "
                                + "last notice after %.1f s, last webhook after %.1f s",
                        count,
                        ROUNDS,
                        warmUps.size(),
                        cold.lastNotice(),
                        cold.lastWebhook()),
                measures);
    }

    /**
     * Rates of the service, and then of its HTTP client alone with the same number of requests, in requests per second.
     *
     * @param ofOne processor time per delivery
     * @param ofClient processor time per request, for the client alone and its receiver
     */
    private record Round(Fanout notified, ProcessorTime ofOne, double alone, ProcessorTime ofClient) {

        /** Deliveries per second if all processors did only the work of these parts. */
        double partsAlone() {
            double seconds = ofOne.of(ProcessorTime.POSTGRESQL)
                    + ofOne.of(ProcessorTime.KAFKA)
                    + ofClient.of(ProcessorTime.BENCHMARK);
            return Runtime.getRuntime().availableProcessors() / seconds;
        }

        double ratio() {
            return notified.rate() / alone;
        }
    }

    /** When the branches were notified, in seconds after the first event, and the resulting webhooks per second. */
    private record Fanout(double lastNotice, double firstWebhook, double lastWebhook, int messages, double rate) {

        static Fanout since(Instant begin, List<UUID> bookings, Receiver receiver, Connection database) {
            List<Instant> webhooks =
                    bookings.stream().map(receiver.first()::get).sorted().toList();
            // created_at is when the transaction began; the commit is later by at most the time of the batch
            long lastNotice = number(
                    database,
                    "SELECT (extract(epoch FROM max(created_at)) * 1000)::bigint FROM notice WHERE kind = 'CANCELLED'");
            double lastWebhook = seconds(begin, webhooks.getLast());
            return new Fanout(
                    (lastNotice - begin.toEpochMilli()) / 1000.0,
                    seconds(begin, webhooks.getFirst()),
                    lastWebhook,
                    receiver.messages(),
                    bookings.size() / lastWebhook);
        }
    }

    private static double seconds(Instant from, Instant until) {
        return Duration.between(from, until).toNanos() / 1e9;
    }

    private static long number(Connection database, String query) {
        try {
            return Villages.number(database, query);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode example(Path root, String change) throws IOException {
        return (ObjectNode) JSON.readTree(Files.readString(
                root.resolve("scheduler-service/src/main/resources/contract/example/booking." + change + ".v1.json")));
    }

    private static void tell(
            Path root,
            TestStack stack,
            Villages villages,
            List<UUID> bookings,
            UUID incarnation,
            String change,
            int version)
            throws IOException {
        ObjectNode event = example(root, change);
        Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(5, ChronoUnit.HOURS); // within a day: urgent
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        stack.kafkaBootstrapServers(),
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        5),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; i < bookings.size(); i++) {
                String booking = bookings.get(i).toString();
                event.put("bookingId", booking).put("version", version);
                event.put("start", start.toString())
                        .put("end", start.plus(1, ChronoUnit.HOURS).toString());
                ((ObjectNode) event.path("branch"))
                        .put("id", villages.branches().get(i).toString());
                var message = new ProducerRecord<>(TOPIC, booking, event.toString());
                Map<String, String> headers = Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        UUID.randomUUID().toString(),
                        "ce_source",
                        "/lectern/scheduler",
                        "ce_type",
                        "lectern.booking." + change + ".v1",
                        "ce_subject",
                        booking,
                        "ce_time",
                        Instant.now().toString(),
                        "ce_sequence",
                        Integer.toString(version),
                        "ce_incarnation",
                        incarnation.toString(),
                        "content-type",
                        "application/json");
                headers.forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
                producer.send(message);
            }
        }
    }

    /** About the size of a real message. */
    private static Buffer body(Path root, UUID branch) throws IOException {
        ObjectNode data = example(root, "cancelled").put("branchId", branch.toString());
        return Buffer.buffer(JSON.createObjectNode().set("data", data).toString());
    }

    /** Requests per second of the notification service's HTTP client, configured as in the service. */
    private static double alone(HttpClient client, int port, int count, Buffer body) throws InterruptedException {
        long begin = System.nanoTime();
        post(client, port, count, body);
        return count / ((System.nanoTime() - begin) / 1e9);
    }

    private static void post(HttpClient client, int port, int count, Buffer body) throws InterruptedException {
        Semaphore places = new Semaphore(AT_ONCE);
        CountDownLatch ends = new CountDownLatch(count);
        List<Throwable> failures = new ArrayList<>();
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/")
                .putHeader("Content-Type", "application/json");
        for (int i = 0; i < count; i++) {
            places.acquire();
            client.request(options).compose(request -> request.send(body)).onComplete(answer -> {
                if (answer.failed()) {
                    synchronized (failures) {
                        failures.add(answer.cause());
                    }
                }
                places.release();
                ends.countDown();
            });
        }
        ends.await();
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.size() + " requests failed", failures.getFirst());
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant deadline = Instant.now().plusSeconds(300);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("Not every branch was notified within five minutes");
            }
            Thread.sleep(200);
        }
    }
}
