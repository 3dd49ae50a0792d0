package org.lectern.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The promise of the product, across both services as started processes. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JourneyIT {

    /** A district with its own room and e-mail address; all lectures of the demonstration are further down the tree. */
    private static final String BRANCH = "YT-TH";

    /** Another district, which requests lectures. */
    private static final String ASKING = "YT-YS";

    private static final String EMAIL = "yt-th@yunting.example.org";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static LocalStack stack;

    @BeforeAll
    static void up() throws Exception {
        stack = LocalStack.start();
    }

    @AfterAll
    static void down() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    @Order(1)
    void changesOfABooking_reachTheBranchInOrder() throws Exception {
        Client organizer = new Client(stack, "organizer");
        String bookings = stack.address("scheduler") + "/api/v1/bookings";
        JsonNode branch = one(organizer, "/branches?q=" + BRANCH, BRANCH);
        OffsetDateTime start = day(20);

        var booked = organizer.book(bookings, request(organizer, branch, start));
        assertThat(booked.view().path("status").asText()).isEqualTo("CONFIRMED");
        expectVersions(branch, booked, 1);

        String path = bookings + "/" + booked.id();
        var moved = organizer.change(
                path + "/change",
                booked,
                json().put("start", rfc3339(start.plusHours(2))).put("reason", "The train is late"));
        expectVersions(branch, booked, 2, 1);

        var cancelled = organizer.change(path + "/cancel", moved, json().put("reason", "The lecturer is ill"));
        assertThat(cancelled.view().path("status").asText()).isEqualTo("CANCELLED");
        List<JsonNode> notices = expectVersions(branch, booked, 3, 2, 1);

        expectAcknowledged(organizer, path, notices.getFirst());
        expectEvents(booked.id());
        expectMails(notices);
    }

    @Test
    @Order(2)
    void acceptedRequest_isAnnouncedToTheBranch() {
        Client organizer = new Client(stack, "organizer");
        Client asking = new Client(stack, "branch:" + ASKING);
        JsonNode branch = one(organizer, "/branches?q=" + ASKING, ASKING);
        JsonNode lecturer = one(organizer, "/lecturers?q=L-002", "L-002");
        OffsetDateTime start = day(25);
        String requests = stack.address("scheduler") + "/api/v1/requests";

        var refused = asking.book(requests, asked(branch, lecturer, 0, start));
        organizer.change(
                requests + "/" + refused.id() + "/refuse", refused, json().put("reason", "Fully booked until spring"));
        var asked = asking.book(requests, asked(branch, lecturer, 1, start));
        var answered = organizer.change(
                requests + "/" + asked.id() + "/accept",
                asked,
                json().put("lecturerId", lecturer.path("id").asText())
                        .put("joinLink", "https://live.example.org/lectern/asked")
                        .put("format", "broadcast")
                        .put("start", rfc3339(start)));

        assertThat(answered.view().path("status").asText()).isEqualTo("ACCEPTED");
        String inbox = stack.address("notification") + "/api/v1/branches/"
                + branch.path("id").asText() + "/notices";
        await("both answers").atMost(PATIENCE).untilAsserted(() -> {
            List<String> kinds = new ArrayList<>();
            asking.get(inbox).path("items").forEach(notice -> {
                if (notice.path("requestId").asText().equals(refused.id())
                        || notice.path("bookingId")
                                .asText()
                                .equals(answered.view().path("bookingId").asText())) {
                    kinds.add(notice.path("kind").asText());
                }
            });
            assertThat(kinds).containsExactlyInAnyOrder("request-refused", "confirmed");
        });
    }

    /** The booking and its notification belong to the same trace. */
    @Test
    @Order(3)
    void oneTrace_linksRequestKafkaAndWebhook() throws Exception {
        Client organizer = new Client(stack, "organizer");
        JsonNode branch = one(organizer, "/branches?q=" + BRANCH, BRANCH);
        String endpoints = stack.address("notification") + "/api/v1/branches/"
                + branch.path("id").asText() + "/endpoints";
        String trace = UUID.randomUUID().toString().replace("-", "");
        try (var system = new OwnSystem()) {
            JsonNode endpoint =
                    organizer.create(endpoints, json().put("channel", "webhook").put("address", system.url()));
            organizer.post(endpoints + "/" + endpoint.path("id").asText() + "/verify");

            var booked = organizer.book(
                    stack.address("scheduler") + "/api/v1/bookings",
                    request(organizer, branch, day(22)),
                    "00-" + trace + "-00f067aa0ba902b7-01");

            await("the branch's system is notified")
                    .atMost(PATIENCE)
                    .until(() -> !system.traces().isEmpty());
            assertThat(system.traces()).singleElement().asString().matches("00-" + trace + "-[0-9a-f]{16}-01");
            assertThat(Events.header(
                            Events.of(booked.id(), 1, stack.address("kafka")).getFirst(), "traceparent"))
                    .matches("00-" + trace + "-[0-9a-f]{16}-01");
        }
    }

    private static ObjectNode asked(JsonNode branch, JsonNode lecturer, int topic, OffsetDateTime start) {
        ObjectNode request = json().put("branchId", branch.path("id").asText())
                .put("topicId", lecturer.path("topicIds").path(topic).asText());
        request.putArray("windows")
                .addObject()
                .put("from", rfc3339(start.minusHours(2)))
                .put("until", rfc3339(start.plusDays(1)));
        return request;
    }

    /** Other clients use the same system; the verdict is about the run's own city only. */
    @Test
    @Order(4)
    void runningSystem_isJudgedByAnswersDatabasesAndTopic() throws Exception {
        JsonNode verdict = ChaosRun.of(
                        "against", "--against", stack.stateFile().toString(), "--minutes", "0.2", "--seed", "3")
                .verdict();
        assertThat(verdict.path("acknowledged").asInt()).isGreaterThan(20);
        assertThat(verdict.path("repeats").path("topicOf").asInt())
                .as("events of the run's own bookings")
                .isGreaterThanOrEqualTo(verdict.path("acknowledged").asInt());
    }

    /** All metered events have occurred by now; metrics of Kafka's clients are refreshed every minute. */
    @Test
    @Order(5)
    void metricsOfRulesAndDashboards_exist() {
        Expressions expressions = Expressions.of(LocalStack.root().resolve("deploy/observability"));
        await().atMost(PATIENCE.multipliedBy(2))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(expressions.missingFrom(List.of(
                                Client.text(stack.address("scheduler.management") + "/q/metrics"),
                                Client.text(stack.address("notification.management") + "/q/metrics"))))
                        .isEmpty());
        assertThat(expressions.missingFrom(List.of("lectern_notices_total{kind=\"x\"} 1.0")))
                .as("what is not there is missed")
                .contains("lectern_outbox_unpublished_events", "lectern_acknowledgements_recorded_total")
                .doesNotContain("lectern_notices_total");
    }

    @Test
    @Order(6)
    void sigterm_stopsEveryProcess() throws Exception {
        List<ProcessHandle> processes = stack.processes();
        assertThat(processes).as("launcher, database, two services, watchdog").hasSizeGreaterThanOrEqualTo(5);

        assertThat(stack.terminate()).as(stack.output()).isZero();

        // A process that ended may wait for its parent to reap it; it then has no command.
        assertThat(processes).allMatch(process -> process.info().command().isEmpty());
    }

    /** The inbox of the branch contains the notices of exactly these versions, newest first. */
    private static List<JsonNode> expectVersions(JsonNode branch, Client.Booking booking, Integer... newestFirst) {
        Client reader = new Client(stack, "branch:" + BRANCH);
        String inbox = stack.address("notification") + "/api/v1/branches/"
                + branch.path("id").asText() + "/notices";
        List<JsonNode> notices = new ArrayList<>();
        await("notices of versions " + List.of(newestFirst)).atMost(PATIENCE).untilAsserted(() -> {
            notices.clear();
            reader.get(inbox).path("items").forEach(notice -> {
                if (notice.path("bookingId").asText().equals(booking.id())) {
                    notices.add(notice); // the waiting list may offer the branch what the changes freed
                }
            });
            assertThat(notices)
                    .extracting(notice -> notice.path("bookingVersion").asInt())
                    .containsExactly(newestFirst);
        });
        assertThat(notices).allMatch(notice -> notice.path("locale").asText().equals("zh-CN"));
        return notices;
    }

    /** The branch acknowledges, and the organizer sees it in the other service. */
    private static void expectAcknowledged(Client organizer, String booking, JsonNode notice) {
        assertThat(organizer.get(booking + "/acknowledgements").path("complete").asBoolean())
                .isFalse();
        JsonNode given = new Client(stack, "branch:" + BRANCH)
                .post(stack.address("notification") + "/api/v1/notices/"
                        + notice.path("id").asText() + "/acknowledgement");
        assertThat(given.path("version").asInt()).isEqualTo(3);
        await("the scheduler knows")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(organizer
                                .get(booking + "/acknowledgements")
                                .path("complete")
                                .asBoolean())
                        .isTrue());
    }

    private static void expectEvents(String bookingId) throws Exception {
        var events = Events.of(bookingId, 3, stack.address("kafka"));
        assertThat(events)
                .extracting(event -> Events.header(event, "ce_type"))
                .containsExactly(
                        "lectern.booking.confirmed.v1", "lectern.booking.changed.v1", "lectern.booking.cancelled.v1");
        assertThat(events)
                .extracting(event -> Events.header(event, "ce_sequence"))
                .containsExactly("1", "2", "3");
        for (var event : events) {
            assertThat(Events.header(event, "ce_specversion")).isEqualTo("1.0");
            assertThat(Events.header(event, "ce_source")).isEqualTo("/lectern/scheduler");
            assertThat(Events.header(event, "ce_subject")).isEqualTo(bookingId);
            assertThat(Events.header(event, "content-type")).isEqualTo("application/json");
            Events.assertValid(event, stack.schema(Events.header(event, "ce_type")));
        }
    }

    /** The catcher received one mail per notice, in the order of the notices. */
    private static void expectMails(List<JsonNode> newestFirst) {
        Client anyone = new Client(stack, "auditor");
        await("e-mails to " + EMAIL).atMost(PATIENCE).untilAsserted(() -> {
            List<String> mails = new ArrayList<>();
            anyone.get(stack.address("mailbox") + "/mails?to=" + EMAIL)
                    .path("items")
                    .forEach(mail -> mails.add(mail.path("subject").asText() + "\n"
                            + mail.path("text").asText()));
            mails.removeIf(mail -> mail.startsWith("为您预留了时段")); // from the waiting list
            assertThat(mails).hasSameSizeAs(newestFirst);
            for (int i = 0; i < mails.size(); i++) {
                assertThat(mails.get(i))
                        .contains(newestFirst.get(i).path("title").asText());
            }
        });
    }

    private static ObjectNode request(Client organizer, JsonNode branch, OffsetDateTime start) {
        JsonNode lecturer = one(organizer, "/lecturers?q=L-001", "L-001");
        JsonNode venue = one(organizer, "/venues?q=R-" + BRANCH, "R-" + BRANCH);
        return json().put("lecturerId", lecturer.path("id").asText())
                .put("topicId", lecturer.path("topicIds").path(0).asText())
                .put("branchId", branch.path("id").asText())
                .put("venueId", venue.path("id").asText())
                .put("format", "lecture")
                .put("start", rfc3339(start))
                .put("expectedHeadCount", 40);
    }

    private static JsonNode one(Client organizer, String path, String code) {
        for (JsonNode item :
                organizer.get(stack.address("scheduler") + "/api/v1" + path).path("items")) {
            if (item.path("code").asText().equals(code)) {
                return item;
            }
        }
        throw new AssertionError(code + " is not in " + path);
    }

    private static OffsetDateTime day(int ahead) {
        return ZonedDateTime.now(ZoneId.of("Asia/Shanghai"))
                .plusDays(ahead)
                .withHour(10)
                .withMinute(0)
                .withSecond(0)
                .withNano(0)
                .toOffsetDateTime();
    }

    private static String rfc3339(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    private static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }
}
