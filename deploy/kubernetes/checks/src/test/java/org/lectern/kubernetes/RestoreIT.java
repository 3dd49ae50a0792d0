package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.lectern.local.TestStack;

/**
 * Executes the backup and restore procedures of {@code restore.md}. Each service's database is archived, lost, and
 * restored to an earlier moment from a base backup and the WAL. The other service and Kafka are then ahead of it.
 */
@Tag("proof")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestoreIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern NEW_LIFE = Pattern.compile("-c \"(UPDATE incarnation [^\"]+)\"");
    private static final String EMAIL = "restored@branches.example.org";
    private static final TestStack STACK = TestStack.startAlone();

    private static ArchivedPostgres schedulerDatabase;
    private static ArchivedPostgres notificationDatabase;
    private static StartedService scheduler;
    private static StartedService notification;
    private static Caller organizer;
    private static Caller branch;
    private static String branchId;
    private static String lecturerId;
    private static String topicId;

    @BeforeAll
    static void twoServicesWithArchivedDatabases() throws Exception {
        Path binaries;
        try (var connection = DriverManager.getConnection(STACK.jdbcUrl("scheduler"), "postgres", "postgres");
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT setting FROM pg_config WHERE name = 'BINDIR'")) {
            row.next();
            binaries = Path.of(row.getString(1));
        }
        schedulerDatabase = new ArchivedPostgres(binaries, "scheduler");
        notificationDatabase = new ArchivedPostgres(binaries, "notification");
        startScheduler();
        startNotification(Map.of());
        scheduler.untilReady();
        notification.untilReady();
        organizer = new Caller(STACK.issuer(), "organizer");
        branch = new Caller(STACK.issuer(), "branch:RESTORED");

        branchId = create("/branches", named("Before"));
        topicId = create("/topics", Map.of("code", "RESTORED", "title", "Restored", "durationMinutes", 60));
        lecturerId = create(
                "/lecturers", Map.of("code", "RESTORED", "name", "Xu", "tier", "county", "topicIds", List.of(topicId)));
        await().atMost(PATIENCE)
                .until(() -> organizer.get(ofBranch("/endpoints")).status() == 200);
        organizer
                .post(ofBranch("/endpoints"), Map.of("channel", "email", "address", EMAIL, "vouchedFor", "a test"))
                .expect(201);
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each :
                new AutoCloseable[] {scheduler, notification, schedulerDatabase, notificationDatabase}) {
            if (each != null) {
                each.close();
            }
        }
    }

    @Test
    @Order(1)
    void restoredScheduler_notifiesOfNewDecisions() throws Exception {
        Caller.Answer kept = book(20);
        untilTold(kept, "CONFIRMED");
        schedulerDatabase.backUp();
        Caller.Answer inTheLog = book(21);
        untilTold(inTheLog, "CONFIRMED");
        String life = schedulerDatabase.text("SELECT id FROM incarnation");
        String moment = schedulerDatabase.text("SELECT clock_timestamp()");

        // will be lost: a moved lecture with its acknowledgement, a new lecture, and a branch's name
        change(kept, "change", Map.of("start", at(23).toString(), "reason", "The train is late"))
                .expect(200);
        untilTold(kept, "CONFIRMED", "RESCHEDULED");
        acknowledge(newestNotice());
        await().atMost(PATIENCE).until(() -> isAcknowledged(kept));
        Caller.Answer lost = book(22);
        untilTold(lost, "CONFIRMED");
        rename("Lost");
        untilCalled("Lost");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mails()).hasSize(4));
        String anchor = anchor();

        scheduler.stopped();
        schedulerDatabase.lose();
        schedulerDatabase.restore(moment);
        assertThat(schedulerDatabase.change(documentedNewLife())).isOne();
        startScheduler();
        scheduler.untilReady();

        assertThat(get(kept).text("version")).isEqualTo("1");
        assertThat(get(kept).text("start")).isEqualTo(kept.text("start"));
        get(inTheLog).expect(200);
        get(lost).expect(404);
        assertThat(new Caller(STACK.issuer(), "auditor")
                        .get(scheduler.url() + "/api/v1/audit/verify?anchor=" + anchor)
                        .expect(200)
                        .body()
                        .at("/broken/fault")
                        .asText())
                .isEqualTo("ANCHOR_MISSED");
        assertThat(whatOnlyTheBranchesKnow())
                .as("what cannot be taken back is found by comparing")
                .containsExactlyInAnyOrder(kept.id() + " 2", lost.id() + " 1");

        // new decisions reuse version numbers that branches already know
        change(kept, "cancel", Map.of("reason", "The hall is flooded")).expect(200);
        Caller.Answer fresh = book(22);
        rename("After");
        untilTold(kept, "CONFIRMED", "RESCHEDULED", "CANCELLED");
        untilTold(fresh, "CONFIRMED");
        untilCalled("After");
        String nextLife = schedulerDatabase.text("SELECT id FROM incarnation");
        assertThat(nextLife).isGreaterThan(life);
        assertThat(told(kept)).containsExactly("1 " + life, "2 " + life, "2 " + nextLife);
        assertThat(told(fresh)).containsExactly("1 " + nextLife);
        assertThat(notificationDatabase.text("SELECT count(*) FROM quarantine")).isEqualTo("0");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mails()).hasSize(6));

        assertThat(isAcknowledged(kept))
                .as("what was said to the lost version 2 is no answer to the new one")
                .isFalse();
        acknowledge(noticeOf(kept, "CANCELLED"));
        await().atMost(PATIENCE).until(() -> isAcknowledged(kept));
        await("the mail about the new version 2 is reported, too")
                .atMost(PATIENCE)
                .until(() -> whoKnows(kept).at("/branches/0/reached").asBoolean());
    }

    @Test
    @Order(2)
    void restoredNotificationDatabase_catchesUp() throws Exception {
        int mailsBefore = mails().size() + 1;
        notificationDatabase.backUp();
        Caller.Answer inTheLog = book(30);
        untilTold(inTheLog, "CONFIRMED");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mails()).hasSize(mailsBefore));
        List<String> before = notices();
        String moment = notificationDatabase.text("SELECT clock_timestamp()");

        // will be lost: a notice, its acknowledgement, and the branch's endpoint
        Caller.Answer told = book(31);
        untilTold(told, "CONFIRMED");
        acknowledge(newestNotice());
        await().atMost(PATIENCE).until(() -> isAcknowledged(told));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mails()).hasSize(mailsBefore + 1));
        organizer
                .post(
                        ofBranch("/endpoints"),
                        Map.of("channel", "email", "address", "later@branches.example.org", "vouchedFor", "a test"))
                .expect(201);

        notification.stopped();
        Caller.Answer during = book(32);
        notificationDatabase.lose();
        notificationDatabase.restore(moment);
        startNotification(Map.of());
        notification.untilReady();

        untilTold(during, "CONFIRMED");
        List<String> after = new ArrayList<>(before);
        after.add(told.id() + " CONFIRMED");
        after.add(during.id() + " CONFIRMED");
        assertThat(notices())
                .as("nothing is missing, and nothing is there twice")
                .containsExactlyInAnyOrderElementsOf(after);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(mails())
                        .as("what was sent after that moment is sent once more")
                        .hasSize(mailsBefore + 3));
        assertThat(isAcknowledged(told)).as("the scheduler keeps it").isTrue();
        assertThat(organizer.get(ofBranch("/endpoints")).body().findValuesAsText("address"))
                .hasSize(1);
        assertThat(notificationDatabase.text("SELECT count(*) FROM quarantine")).isEqualTo("0");
        assertThat(whatOnlyTheBranchesKnow()).hasSize(1); // the lecture that the scheduler lost
    }

    @Test
    @Order(3)
    void silentBefore_suppressesRepeatedMessages() throws Exception {
        notificationDatabase.backUp();
        String moment = notificationDatabase.text("SELECT clock_timestamp()");
        int mailsBefore = mails().size();
        Caller.Answer told = book(40);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mails()).hasSize(mailsBefore + 1));

        notification.stopped();
        Instant loss = Instant.now();
        Caller.Answer during = book(41);
        notificationDatabase.lose();
        notificationDatabase.restore(moment);
        startNotification(Map.of("LECTERN_INTAKE_SILENT_BEFORE", loss.toString()));
        notification.untilReady();

        untilTold(told, "CONFIRMED");
        untilTold(during, "CONFIRMED");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mails()).hasSize(mailsBefore + 2));
        assertThat(notificationDatabase.texts(
                        "SELECT n.booking_id FROM delivery d JOIN notice n ON n.id = d.notice_id"))
                .as("what is sent, or waits to be")
                .contains(during.id())
                .doesNotContain(told.id());
    }

    private static void startScheduler() {
        scheduler = StartedService.start("scheduler", variables(schedulerDatabase, "scheduler"));
    }

    private static void startNotification(Map<String, String> more) {
        Map<String, String> variables = variables(notificationDatabase, "notification");
        variables.putAll(more);
        notification = StartedService.start("notification", variables);
    }

    private static Map<String, String> variables(ArchivedPostgres database, String service) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "QUARKUS_PROFILE",
                "local",
                "QUARKUS_DATASOURCE_JDBC_URL",
                database.jdbcUrl(),
                "QUARKUS_DATASOURCE_USERNAME",
                service,
                "QUARKUS_DATASOURCE_PASSWORD",
                service,
                "KAFKA_BOOTSTRAP_SERVERS",
                STACK.kafkaBootstrapServers(),
                "QUARKUS_OIDC_AUTH_SERVER_URL",
                STACK.issuer(),
                "LECTERN_MAIL_HOST",
                "127.0.0.1",
                "LECTERN_MAIL_PORT",
                Integer.toString(STACK.smtpPort())));
        // other tests use the same broker
        variables.put("LECTERN_INTAKE_GROUP", "restored");
        variables.put("LECTERN_ACKNOWLEDGEMENTS_GROUP", "restored-acknowledgements");
        return variables;
    }

    private static String documentedNewLife() {
        Matcher statement = NEW_LIFE.matcher(Repository.read("deploy/kubernetes/restore.md"));
        assertThat(statement.find()).as("restore.md has the statement").isTrue();
        return statement.group(1);
    }

    private static String create(String path, Map<String, ?> body) {
        return organizer
                .post(scheduler.url() + "/api/v1" + path, body)
                .expect(201)
                .id();
    }

    private static Map<String, Object> named(String name) {
        return Map.of("code", "RESTORED", "name", name, "kind", "village", "locale", "en");
    }

    private static void rename(String name) {
        String url = scheduler.url() + "/api/v1/branches/" + branchId;
        organizer.change("PUT", url, organizer.get(url), named(name)).expect(200);
    }

    /** Waits until the notification service knows the branch by this name. */
    private static void untilCalled(String name) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                notificationDatabase.text("SELECT name FROM recipient WHERE id = '" + branchId + "'"))
                        .isEqualTo(name));
    }

    private static Instant at(int daysAhead) {
        return Instant.now().truncatedTo(ChronoUnit.DAYS).plus(daysAhead, ChronoUnit.DAYS);
    }

    private static Caller.Answer book(int daysAhead) {
        return organizer
                .post(
                        scheduler.url() + "/api/v1/bookings",
                        Caller.broadcast(lecturerId, topicId, branchId, at(daysAhead)))
                .expect(201);
    }

    private static Caller.Answer get(Caller.Answer booking) {
        return organizer.get(scheduler.url() + "/api/v1/bookings/" + booking.id());
    }

    private static Caller.Answer change(Caller.Answer booking, String how, Map<String, ?> body) {
        return organizer.change(
                "POST", scheduler.url() + "/api/v1/bookings/" + booking.id() + "/" + how, get(booking), body);
    }

    private static JsonNode whoKnows(Caller.Answer booking) {
        return organizer
                .get(scheduler.url() + "/api/v1/bookings/" + booking.id() + "/acknowledgements")
                .expect(200)
                .body();
    }

    private static boolean isAcknowledged(Caller.Answer booking) {
        return whoKnows(booking).path("complete").asBoolean();
    }

    private static String ofBranch(String path) {
        return notification.url() + "/api/v1/branches/" + branchId + path;
    }

    private static JsonNode inbox() {
        return branch.get(ofBranch("/notices?limit=200")).expect(200).body().path("items");
    }

    /** Booking and kind of each notice, newest first. */
    private static List<String> notices() {
        List<String> notices = new ArrayList<>();
        inbox().forEach(notice -> notices.add(notice.path("bookingId").asText() + " "
                + notice.path("kind").asText().toUpperCase(Locale.ROOT)));
        return notices;
    }

    private static void untilTold(Caller.Answer booking, String... kinds) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(notices().reversed().stream()
                                .filter(notice -> notice.startsWith(booking.id()))
                                .map(notice -> notice.substring(booking.id().length() + 1)))
                        .containsExactly(kinds));
    }

    private static String newestNotice() {
        return inbox().path(0).path("id").asText();
    }

    private static String noticeOf(Caller.Answer booking, String kind) {
        for (JsonNode notice : inbox()) {
            if (notice.path("bookingId").asText().equals(booking.id())
                    && notice.path("kind").asText().equalsIgnoreCase(kind)) {
                return notice.path("id").asText();
            }
        }
        throw new AssertionError(kind + " was not sent");
    }

    private static void acknowledge(String notice) {
        branch.post(notification.url() + "/api/v1/notices/" + notice + "/acknowledgement", Map.of())
                .expect(200);
    }

    private static List<JsonNode> mails() {
        List<JsonNode> mails = new ArrayList<>();
        organizer
                .get(STACK.mailboxUrl() + "/mails?to=" + EMAIL)
                .expect(200)
                .body()
                .path("items")
                .forEach(mails::add);
        return mails;
    }

    /** The head of the audit chain, once all entries are in it. */
    private static String anchor() {
        Caller auditor = new Caller(STACK.issuer(), "auditor");
        List<Caller.Answer> last = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            last.add(auditor.get(scheduler.url() + "/api/v1/audit/verify").expect(200));
            return last.getLast().body().path("waiting").asInt() == 0;
        });
        return last.getLast().text("head");
    }

    /**
     * Bookings for which the branch got a later version than the scheduler has; events of other tests share the broker.
     */
    private static List<String> whatOnlyTheBranchesKnow() throws Exception {
        Map<String, Integer> known = new HashMap<>();
        schedulerDatabase.texts("SELECT id || ' ' || version FROM booking").forEach(booking -> {
            String[] parts = booking.split(" ", 2);
            known.put(parts[0], Integer.valueOf(parts[1]));
        });
        return notificationDatabase
                .texts("SELECT DISTINCT v.subject_id || ' ' || v.version FROM subject_view v"
                        + " JOIN notice n ON n.booking_id = v.subject_id WHERE n.branch_id = '" + branchId + "'")
                .stream()
                .filter(told -> {
                    String[] parts = told.split(" ", 2);
                    return Integer.parseInt(parts[1]) > known.getOrDefault(parts[0], 0);
                })
                .toList();
    }

    /** Version and incarnation of each event about a booking, in the order of the topic, without duplicates. */
    private static List<String> told(Caller.Answer booking) {
        Map<String, String> told = new LinkedHashMap<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", STACK.kafkaBootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("lectern.bookings").stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (var event : consumer.poll(Duration.ofMillis(200))) {
                    if (booking.id().equals(event.key())) {
                        told.put(
                                header(event, "ce_id"),
                                header(event, "ce_sequence") + " " + header(event, "ce_incarnation"));
                    }
                }
            }
        }
        return List.copyOf(told.values());
    }

    private static String header(ConsumerRecord<String, String> event, String name) {
        return new String(event.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
