package org.lectern.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.fault.Fault;
import org.lectern.chaos.fault.Faults;
import org.lectern.chaos.fault.Victims;
import org.lectern.chaos.load.Answering;
import org.lectern.chaos.load.Call;
import org.lectern.chaos.load.Call.Outcome;
import org.lectern.chaos.load.Load;
import org.lectern.chaos.verdict.Checker;
import org.lectern.chaos.verdict.Evidence;
import org.lectern.chaos.verdict.Evidence.Position;
import org.lectern.chaos.verdict.Violation;
import org.lectern.chaos.verdict.Violation.Promise;

/** One run: load, faults, the wait until all is quiet, the evidence, the verdict. */
public final class ChaosRun {

    private static final String TOPIC = "lectern.bookings";
    private static final Duration PAUSE = Duration.ofMillis(150);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(240);
    private static final ObjectMapper JSON = new ObjectMapper();

    // only what concerns the branches of the run: others may be at work on the same system
    private static final String UNPUBLISHED =
            "SELECT count(*) FROM outbox_queue q JOIN booking b ON b.id = q.aggregate_id"
                    + " WHERE b.branch_id = ANY (?)";
    private static final String HELD = "SELECT count(*) FROM held_event WHERE branch_id = ANY (?)";

    private final Target target;
    private final Places places;
    private final Path data;
    private final Consumer<String> log;
    private final List<Position> planted = new ArrayList<>();
    private final Map<TopicPartition, Long> beginnings;

    /**
     * Where everything is; the databases and the broker are asked directly, around all proxies that may be there.
     *
     * @param kafka settings of Kafka's client
     */
    public record Target(
            Supplier<List<String>> schedulers,
            Supplier<List<String>> notifications,
            Supplier<String> bearer,
            Database scheduler,
            Database notification,
            Map<String, Object> kafka,
            Optional<Receivers> receivers) {}

    /** Where a database is; reading it is enough. */
    public record Database(String jdbcUrl, String user, String password) {

        Connection connect() throws SQLException {
            return DriverManager.getConnection(jdbcUrl, user, password);
        }
    }

    /** What reached the branches outside Lectern, if the run has eyes there. */
    public record Receivers(Supplier<List<Evidence.Mail>> mails, Supplier<List<Evidence.Webhook>> webhooks) {}

    /** Where a branch is reached: its e-mail address, or the path of its own system. */
    public record Address(UUID endpoint, UUID branch, String address) {}

    /**
     * Whom there is to book and to alert.
     *
     * @param canary part of secrets that only the scheduler's database may hold
     */
    public record Places(Load.City city, List<Address> addresses, String canary) {}

    /** What came of it. */
    public record Verdict(List<String> lines, List<Violation> violations, JsonNode report) {

        public boolean kept() {
            return violations.isEmpty();
        }
    }

    /** From now on: what was on the topic before does not matter. */
    public ChaosRun(Target target, Places places, Path data, Consumer<String> log) {
        this.target = target;
        this.places = places;
        this.data = data;
        this.log = log;
        try (var consumer = consumer()) {
            beginnings = consumer.endOffsets(partitions(consumer));
        }
    }

    /** For people. */
    public static List<String> describe(List<Fault> plan) {
        return plan.stream()
                .map(fault -> String.format(
                        Locale.ROOT,
                        "%6.1f s  %s, %.1f s, victim %d",
                        fault.at().toMillis() / 1000.0,
                        fault.kind().text(),
                        fault.lasts().toMillis() / 1000.0,
                        fault.victim() + 1))
                .toList();
    }

    /** The faults of that name, one after the other; "all" is every one. */
    public static List<Fault> faults(long seed, List<String> names) {
        return Fault.plan(
                seed,
                names.equals(List.of("all"))
                        ? List.of(Fault.Kind.values())
                        : names.stream().map(Fault::kind).toList());
    }

    /** As many faults as fit, drawn from the seed. */
    public static List<Fault> faults(long seed, Duration length) {
        return Fault.plan(seed, length);
    }

    /**
     * @param length how long organizers work at least; they do until the last fault is healed
     * @param run of which no other run has the same
     * @param victims what faults are done to, if there are any
     */
    public Verdict run(
            long seed, String run, Duration length, int organizers, List<Fault> plan, @Nullable Victims victims)
            throws InterruptedException {
        List<Faults.Healed> healed;
        List<Call> calls;
        Duration drained;
        List<Load.Felt> felt;
        List<Evidence.Acknowledged> acknowledged;
        try (Load load = new Load(
                        target.schedulers(),
                        target.bearer(),
                        places.city(),
                        seed,
                        run,
                        PAUSE,
                        data.resolve("journal.jsonl"));
                Answering branches = new Answering(
                        target.notifications(), target.bearer(), places.city().branches(), seed)) {
            Instant begun = Instant.now();
            load.begin(organizers);
            branches.begin();
            log.accept(organizers + " organizers are at work");
            healed = List.of();
            if (victims != null) {
                Faults faults = new Faults(victims, () -> poison(seed), log);
                faults.run(plan, begun);
                healed = faults.healed();
            }
            long left = Duration.between(Instant.now(), begun.plus(length)).toMillis();
            if (left > 0) {
                TimeUnit.MILLISECONDS.sleep(left);
            }
            load.end(LAST_ANSWERS);
            branches.end();
            acknowledged = branches.given();
            calls = load.calls();
            felt = load.felt();
            if (load.acknowledged() == 0) {
                throw new IllegalStateException("Nothing was acknowledged, so nothing can be said; the last answer: "
                        + (calls.isEmpty() ? "none" : calls.getLast().answer()));
            }
            log.accept("%d changes were acknowledged; waiting until all is quiet".formatted(load.acknowledged()));
            Instant ended = Instant.now();
            awaitQuiet();
            drained = Duration.between(ended, Instant.now());
        }
        Evidence evidence = evidence(
                calls, acknowledged, plan.stream().anyMatch(fault -> fault.kind() == Fault.Kind.PARTITION_ADDED));
        List<Violation> violations = new ArrayList<>(Checker.judge(evidence));
        healed.stream()
                .map(Faults.Healed::trouble)
                .filter(Objects::nonNull)
                .forEach(trouble -> violations.add(new Violation(Promise.STOPS_WHEN_TOLD, trouble)));
        violations.addAll(feltInRollingRestarts(healed, felt));
        return new Verdict(
                lines(evidence, violations, healed, drained),
                violations,
                report(seed, evidence, violations, healed, drained));
    }

    static List<Violation> feltInRollingRestarts(List<Faults.Healed> healed, List<Load.Felt> felt) {
        return healed.stream()
                .filter(fault -> fault.kind() == Fault.Kind.ROLLING_RESTART)
                .flatMap(fault -> felt.stream()
                        .filter(each ->
                                each.sent().isAfter(fault.from()) && each.sent().isBefore(fault.at())))
                .map(each -> new Violation(Promise.NOBODY_FEELS_A_ROLLING_RESTART, each.sent() + " " + each.what()))
                .toList();
    }

    /** The same for programs. */
    private static JsonNode report(
            long seed, Evidence evidence, List<Violation> violations, List<Faults.Healed> healed, Duration drained) {
        ObjectNode report = JSON.createObjectNode();
        report.put("seed", seed).put("kept", violations.isEmpty());
        for (Outcome outcome : Outcome.values()) {
            report.put(
                    outcome.name().toLowerCase(Locale.ROOT),
                    evidence.calls().stream()
                            .filter(call -> call.outcome() == outcome)
                            .count());
        }
        ArrayNode faults = report.putArray("faults");
        for (Faults.Healed fault : healed) {
            faults.addObject()
                    .put("fault", fault.kind().option())
                    .put("victim", fault.victim())
                    .put("happened", fault.happened())
                    .put(
                            "recoverySeconds",
                            Checker.recovery(evidence.calls(), fault.at()).toMillis() / 1000.0);
        }
        ArrayNode promises = report.putArray("promises");
        for (Promise promise : Promise.values()) {
            ArrayNode broken = promises.addObject()
                    .put("promise", promise.name())
                    .put("label", promise.label())
                    .putArray("violations");
            violations.stream()
                    .filter(violation -> violation.promise() == promise)
                    .forEach(violation -> broken.add(violation.what()));
        }
        report.put("acknowledgedByBranches", evidence.acknowledged().size());
        report.put("toldTogether", Checker.toldTogether(evidence));
        report.putObject("repeats")
                .put("topic", Checker.repeatsOnTopic(evidence))
                .put("topicOf", evidence.topic().size())
                .put("email", Checker.repeatedMails(evidence))
                .put("emailOf", evidence.mails().size())
                .put("webhook", Checker.repeatedWebhooks(evidence))
                .put("webhookOf", evidence.webhooks().size());
        return report.put("quietAfterSeconds", drained.toMillis() / 1000.0);
    }

    private List<String> lines(
            Evidence evidence, List<Violation> violations, List<Faults.Healed> healed, Duration drained) {
        Map<Outcome, Long> outcomes =
                evidence.calls().stream().collect(Collectors.groupingBy(Call::outcome, Collectors.counting()));
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(row(
                "asked",
                evidence.calls().size() + " changes; "
                        + evidence.calls().stream()
                                .mapToInt(call -> call.attempts() - 1)
                                .sum() + " repeats under the same key"));
        lines.add(row(
                "acknowledged", outcomes.getOrDefault(Outcome.ACKNOWLEDGED, 0L).toString()));
        lines.add(row("refused", outcomes.getOrDefault(Outcome.REFUSED, 0L).toString()));
        lines.add(
                row("never answered", outcomes.getOrDefault(Outcome.UNKNOWN, 0L).toString()));
        lines.add(row(
                "faults",
                Long.toString(healed.stream().filter(Faults.Healed::happened).count())));
        Map<Promise, Long> broken = violations.stream()
                .collect(Collectors.groupingBy(Violation::promise, LinkedHashMap::new, Collectors.counting()));
        for (Promise promise : Promise.values()) {
            lines.add(row(promise.label(), broken.getOrDefault(promise, 0L).toString()));
        }
        lines.add(row(
                "acknowledged by branches",
                Integer.toString(evidence.acknowledged().size())));
        lines.add(row(
                "duplicates",
                "topic %d of %d, in-app and by webhook id none allowed, e-mail %d of %d; webhooks repeated under their id %d of %d"
                        .formatted(
                                Checker.repeatsOnTopic(evidence),
                                evidence.topic().size(),
                                Checker.repeatedMails(evidence),
                                evidence.mails().size(),
                                Checker.repeatedWebhooks(evidence),
                                evidence.webhooks().size())));
        lines.add(row("told by a later message", Integer.toString(Checker.toldTogether(evidence))));
        lines.add(row("longest recovery", longest(evidence.calls(), healed)));
        lines.add(row("quiet after", seconds(drained)));
        violations.stream().limit(30).forEach(violation -> lines.add("  " + violation));
        if (violations.size() > 30) {
            lines.add("  … and " + (violations.size() - 30) + " more");
        }
        return lines;
    }

    private static String longest(List<Call> calls, List<Faults.Healed> healed) {
        Duration longest = Duration.ZERO;
        String after = "";
        for (Faults.Healed fault : healed) {
            Duration recovery = Checker.recovery(calls, fault.at());
            if (recovery.compareTo(longest) > 0) {
                longest = recovery;
                after = ", after " + fault.kind().text() + " (" + fault.victim() + ")";
            }
        }
        return seconds(longest) + after;
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private static String row(String name, String value) {
        return String.format(Locale.ROOT, "  %-36s %s", name, value);
    }

    /** Puts a record on the topic that is no event; the key is of no booking. */
    private void poison(long seed) {
        Map<String, Object> settings = new HashMap<>(target.kafka());
        settings.putAll(Map.of("delivery.timeout.ms", 20_000, "request.timeout.ms", 5000));
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            var where = producer.send(new ProducerRecord<>(
                            TOPIC, "poison-" + seed, "{\"this\": is no event, number " + planted.size()))
                    .get();
            planted.add(new Position(where.partition(), where.offset()));
        } catch (ExecutionException e) {
            log.accept("       the poison could not be planted: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until nothing is on its way any more, or patience ends: the checker then says what is missing. */
    private void awaitQuiet() throws InterruptedException {
        Instant deadline = Instant.now().plus(QUIET);
        String last = "";
        while (Instant.now().isBefore(deadline)) {
            String busy = busy();
            if (busy.isEmpty()) {
                return;
            }
            last = busy;
            TimeUnit.MILLISECONDS.sleep(500);
        }
        log.accept("Not quiet after " + QUIET.toSeconds() + " s: " + last);
    }

    private String busy() {
        try (Connection scheduler = target.scheduler().connect();
                Connection notification = target.notification().connect()) {
            long unpublished = ours(scheduler, UNPUBLISHED);
            long overdue = ours(
                    scheduler,
                    "SELECT count(*) FROM booking WHERE branch_id = ANY (?) AND status = 'HELD'"
                            + " AND hold_expires_at < now() + interval '1 minute'");
            long unread = unread(notification);
            long held = ours(notification, HELD);
            long underWay = ours(
                    notification,
                    "SELECT count(*) FROM delivery d JOIN notice n ON n.id = d.notice_id"
                            + " WHERE n.branch_id = ANY (?) AND d.state NOT IN ('DELIVERED', 'DEAD', 'PARKED', 'SUPERSEDED')");
            long answers = ours(notification, "SELECT count(*) FROM acknowledgement WHERE branch_id = ANY (?)")
                    - ours(scheduler, "SELECT count(*) FROM acknowledgement WHERE branch_id = ANY (?)");
            return unpublished + overdue + unread + held + underWay + Math.abs(answers) == 0
                    ? ""
                    : "%d events to publish, %d holds to expire, %d records to read, %d held, %d deliveries under way, %d acknowledgements"
                            .formatted(unpublished, overdue, unread, held, underWay, answers);
        } catch (SQLException e) {
            return "the databases cannot be asked: " + e.getMessage();
        }
    }

    /** Records of the topic that the notification service has not taken in. */
    private long unread(Connection notification) throws SQLException {
        long unread = 0;
        try (var consumer = consumer()) {
            for (var end : consumer.endOffsets(partitions(consumer)).entrySet()) {
                long next = next(notification, end.getKey());
                unread += Math.max(0, end.getValue() - next);
            }
        }
        return unread;
    }

    private static long next(Connection notification, TopicPartition partition) throws SQLException {
        try (PreparedStatement statement = notification.prepareStatement(
                "SELECT coalesce(max(next_offset), 0) FROM consumer_offset WHERE topic = ? AND partition = ?")) {
            statement.setString(1, partition.topic());
            statement.setInt(2, partition.partition());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private Evidence evidence(List<Call> calls, List<Evidence.Acknowledged> acknowledged, boolean partitionsAdded) {
        try (Connection scheduler = target.scheduler().connect();
                Connection notification = target.notification().connect()) {
            return new Evidence(
                    calls,
                    list(
                            scheduler,
                            "SELECT subject::uuid, version, action, at, reason, state FROM audit_entry"
                                    + " WHERE kind = 'BOOKING' AND (state -> 'branch' ->> 'id')::uuid = ANY (?)",
                            row -> new Evidence.Version(
                                    row.getObject(1, UUID.class),
                                    row.getInt(2),
                                    row.getString(3),
                                    row.getObject(4, OffsetDateTime.class).toInstant(),
                                    row.getString(5),
                                    JSON.readTree(row.getString(6)))),
                    list(
                            scheduler,
                            "SELECT o.id, o.aggregate_id, o.version, o.type FROM outbox o JOIN booking b ON b.id = o.aggregate_id"
                                    + " WHERE b.branch_id = ANY (?) AND o.topic = '" + TOPIC + "'",
                            row -> new Evidence.Written(
                                    row.getObject(1, UUID.class),
                                    row.getObject(2, UUID.class),
                                    row.getInt(3),
                                    row.getString(4))),
                    topic(),
                    list(
                            notification,
                            "SELECT id, branch_id, sequence, event_id, booking_id, version, ends_at, created_at FROM notice"
                                    + " WHERE branch_id = ANY (?) AND booking_id IS NOT NULL",
                            row -> new Evidence.Notice(
                                    row.getObject(1, UUID.class),
                                    row.getObject(2, UUID.class),
                                    row.getLong(3),
                                    row.getObject(4, UUID.class),
                                    row.getObject(5, UUID.class),
                                    row.getInt(6),
                                    row.getObject(7, OffsetDateTime.class).toInstant(),
                                    row.getObject(8, OffsetDateTime.class).toInstant())),
                    list(
                            notification,
                            "SELECT d.id, d.notice_id, d.endpoint_id, d.state, d.reason, d.superseded_by FROM delivery d"
                                    + " JOIN notice n ON n.id = d.notice_id"
                                    + " WHERE n.branch_id = ANY (?) AND n.booking_id IS NOT NULL",
                            row -> new Evidence.Delivery(
                                    row.getObject(1, UUID.class),
                                    row.getObject(2, UUID.class),
                                    row.getObject(3, UUID.class),
                                    row.getString(4),
                                    row.getString(5),
                                    row.getObject(6, UUID.class))),
                    places.addresses().stream()
                            .map(each -> new Evidence.Endpoint(each.endpoint(), each.branch(), each.address()))
                            .toList(),
                    target.receivers().map(Receivers::mails).map(Supplier::get).orElse(List.of()),
                    target.receivers()
                            .map(Receivers::webhooks)
                            .map(Supplier::get)
                            .orElse(List.of()),
                    partitionsAdded,
                    List.copyOf(planted),
                    quarantined(notification),
                    (int) ours(notification, HELD),
                    (int) ours(scheduler, UNPUBLISHED),
                    acknowledged,
                    list(
                            scheduler,
                            "SELECT booking_id, branch_id, version FROM acknowledgement WHERE branch_id = ANY (?)",
                            row -> new Evidence.Acknowledged(
                                    row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getInt(3))),
                    secrets(notification));
        } catch (SQLException e) {
            throw new IllegalStateException("The evidence could not be read", e);
        }
    }

    /** Since the run began. */
    private List<Position> quarantined(Connection notification) throws SQLException {
        List<Position> found = new ArrayList<>();
        try (PreparedStatement statement =
                notification.prepareStatement("SELECT partition, record_offset FROM quarantine WHERE topic = ?")) {
            statement.setString(1, TOPIC);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Position position = new Position(row.getInt(1), row.getLong(2));
                    if (position.offset()
                            >= beginnings.getOrDefault(new TopicPartition(TOPIC, position.partition()), 0L)) {
                        found.add(position);
                    }
                }
            }
        }
        return found;
    }

    /** Whether an event is about a branch of the run; what cannot be read counts, for nobody else plants anything. */
    private boolean concernsUs(ConsumerRecord<String, String> each) {
        try {
            String branch = JSON.readTree(each.value())
                    .path("data")
                    .path("branch")
                    .path("id")
                    .asText("");
            return branch.isEmpty() || places.city().branches().contains(branch);
        } catch (JsonProcessingException e) {
            return true;
        }
    }

    private List<Evidence.Published> topic() {
        List<Evidence.Published> found = new ArrayList<>();
        for (ConsumerRecord<String, String> each : records()) {
            Position position = new Position(each.partition(), each.offset());
            if (!planted.contains(position) && concernsUs(each)) {
                found.add(new Evidence.Published(
                        position,
                        UUID.fromString(header(each, "ce_id")),
                        UUID.fromString(String.valueOf(each.key())),
                        Integer.parseInt(header(each, "ce_sequence")),
                        header(each, "ce_type")));
            }
        }
        return found;
    }

    private List<ConsumerRecord<String, String>> records() {
        try (var consumer = consumer()) {
            return recordsSince(beginnings, consumer);
        }
    }

    /** What came after these offsets; a partition without one was added during the run and is read from its first record. */
    static List<ConsumerRecord<String, String>> recordsSince(
            Map<TopicPartition, Long> beginnings, org.apache.kafka.clients.consumer.Consumer<String, String> consumer) {
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        List<TopicPartition> partitions = partitions(consumer);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.assign(partitions);
        partitions.forEach(each -> consumer.seek(each, beginnings.getOrDefault(each, 0L)));
        while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
            consumer.poll(Duration.ofMillis(200)).forEach(found::add);
        }
        return found;
    }

    private static String header(ConsumerRecord<String, String> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** Where the canary was found although it must not be there. */
    private List<String> secrets(Connection notification) throws SQLException {
        List<String> places = new ArrayList<>();
        String canary = this.places.canary();
        if (records().stream().anyMatch(each -> String.valueOf(each.value()).contains(canary))) {
            places.add("on the topic");
        }
        if (ours(
                        notification,
                        "SELECT count(*) FROM notice WHERE branch_id = ANY (?) AND position('" + canary
                                + "' IN title || body) > 0")
                > 0) {
            places.add("in notices");
        }
        try (Stream<Path> logs = Files.list(data)) {
            for (Path log :
                    logs.filter(file -> file.toString().endsWith(".log")).toList()) {
                try (Stream<String> lines = Files.lines(log)) {
                    if (lines.anyMatch(line -> line.contains(canary))) {
                        places.add("in " + log.getFileName());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return places;
    }

    private KafkaConsumer<String, String> consumer() {
        return new KafkaConsumer<>(target.kafka(), new StringDeserializer(), new StringDeserializer());
    }

    private static List<TopicPartition> partitions(
            org.apache.kafka.clients.consumer.Consumer<String, String> consumer) {
        return consumer.partitionsFor(TOPIC).stream()
                .map(each -> new TopicPartition(TOPIC, each.partition()))
                .toList();
    }

    /** The number that a query says of the branches of the run. */
    private long ours(Connection connection, String query) throws SQLException {
        return list(connection, query, row -> row.getLong(1)).getFirst();
    }

    /** Makes something of one row. */
    private interface Reading<T> {
        T read(ResultSet row) throws SQLException, JsonProcessingException;
    }

    /** What a query says of the branches of the run, its only parameter. */
    private <T> List<T> list(Connection connection, String query, Reading<T> reading) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setArray(
                    1, connection.createArrayOf("uuid", places.city().branches().toArray()));
            List<T> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(reading.read(row));
                }
            }
            return found;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
