package org.lectern.scheduler.request;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.Contract;
import org.lectern.scheduler.support.Topic;
import org.lectern.testing.Tokens;

/** Branches request lectures, organizers answer, and a freed slot is offered to a waiting request. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class RequestTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final LocalDate DAY =
            Instant.now().atZone(SHANGHAI).toLocalDate().plusDays(30);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Inject
    City city;

    private City.Cast cast;

    @BeforeEach
    void cast() {
        cast = city.cast();
    }

    private static String at(LocalDate date, String clock) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                date.atTime(LocalTime.parse(clock)).atZone(SHANGHAI).toOffsetDateTime());
    }

    private static RequestSpecification as(String token) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", UUID.randomUUID().toString());
    }

    private static RequestSpecification organizer() {
        return as(Tokens.organizer());
    }

    private static Map<String, Object> asking(UUID topic, UUID branch) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("topicId", topic);
        body.put("branchId", branch);
        body.put("windows", List.of(Map.of("from", at(DAY, "08:00"), "until", at(DAY.plusDays(3), "18:00"))));
        body.put("expectedHeadCount", 80);
        body.put("note", "希望结合本村茶产业来讲");
        return body;
    }

    private static Response ask(String token, Object body) {
        return as(token).body(body).post("/api/v1/requests");
    }

    private String asked() {
        return asked(cast.branch());
    }

    private String asked(UUID branch) {
        return ask(Tokens.branch("B-" + branch), asking(cast.topic(), branch))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Response change(String token, String id, int version, String verb, Object body) {
        return as(token)
                .header("If-Match", "\"" + version + "\"")
                .body(body)
                .post("/api/v1/requests/" + id + "/" + verb);
    }

    private Map<String, Object> lecture(String clock) {
        return lecture(cast.lecturer(), clock);
    }

    private Map<String, Object> lecture(UUID lecturer, String clock) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("lecturerId", lecturer);
        body.put("venueId", cast.venue());
        body.put("start", at(DAY, clock));
        return body;
    }

    private static io.restassured.response.ValidatableResponse read(String id) {
        return given().auth()
                .oauth2(Tokens.organizer())
                .get("/api/v1/requests/" + id)
                .then()
                .statusCode(200);
    }

    private Response book(UUID branch, String clock) {
        Map<String, Object> body = lecture(clock);
        body.put("topicId", cast.topic());
        body.put("branchId", branch);
        body.put("format", "lecture");
        return organizer().body(body).post("/api/v1/bookings");
    }

    private static Response cancel(String booking, int version) {
        return organizer()
                .header("If-Match", "\"" + version + "\"")
                .body(Map.of("reason", "讲师生病"))
                .post("/api/v1/bookings/" + booking + "/cancel");
    }

    @Test
    void aBranchAsksAndWaits() {
        ask(Tokens.branch(cast.branchCode()), asking(cast.topic(), cast.branch()))
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", notNullValue())
                .body("status", equalTo("WAITING"))
                .body("branch.id", equalTo(cast.branch().toString()))
                .body("windows[0].from", equalTo(at(DAY, "08:00")))
                .body("note", equalTo("希望结合本村茶产业来讲"))
                .body("need", equalTo(31)); // 30 for no lecture so far, the rest for 80 people
    }

    @Test
    void windowsThatTouchAreOne() {
        Map<String, Object> body = asking(cast.topic(), cast.branch());
        body.put(
                "windows",
                List.of(
                        Map.of("from", at(DAY, "12:00"), "until", at(DAY, "18:00")),
                        Map.of("from", at(DAY, "08:00"), "until", at(DAY, "12:00"))));

        ask(Tokens.organizer(), body)
                .then()
                .statusCode(201)
                .body("windows", hasSize(1))
                .body("windows[0].until", equalTo(at(DAY, "18:00")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            windows|[]|/windows
            windows|[{"from":"2030-01-01T10:00:00+08:00","until":"2030-01-01T10:00:00+08:00"}]|/windows/0/until
            windows|[{"from":"2020-01-01T10:00:00+08:00","until":"2020-01-02T10:00:00+08:00"}]|/windows/0/until
            windows|[{"from":"2026-01-01T10:00:00+08:00","until":"2199-01-02T10:00:00+08:00"}]|/windows/0/until
            windows|[{"from":"2026-01-01","until":"2199-01-02T10:00:00+08:00"}]|/windows/0/from
            windows|[{"until":"2199-01-02T10:00:00+08:00"}]|/windows/0/from
            windows|null|/windows
            format|"seance"|/format
            expectedHeadCount|-1|/expectedHeadCount
            topicId|"00000000-0000-0000-0000-000000000000"|/topicId
            topicId|"x"|/topicId
            wish|"x"|/wish""")
    void whatCannotBeIsPointedAt(String member, String value, String pointer) {
        Map<String, Object> body = asking(cast.topic(), cast.branch());
        body.put(member, "@@");

        ask(Tokens.organizer(), json(body).replace("\"@@\"", value))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].pointer", equalTo(pointer));
    }

    private static String json(Object body) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(body);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aBranchWaitsForATopicOnce() {
        String id = asked();

        ask(Tokens.branch(cast.branchCode()), asking(cast.topic(), cast.branch()))
                .then()
                .statusCode(409)
                .body("code", equalTo("already-requested"))
                .body("requestId", equalTo(id))
                .body("detail", org.hamcrest.Matchers.containsString("Withdraw that request"));
    }

    @Test
    void aBranchHasSoManyOpenRequestsAtMost() {
        for (int i = 0; i < 20; i++) {
            ask(Tokens.organizer(), asking(city.topic(60), cast.branch()))
                    .then()
                    .statusCode(201);
        }

        ask(Tokens.organizer(), asking(city.topic(60), cast.branch()))
                .then()
                .statusCode(409)
                .body("code", equalTo("too-many-requests-open"));
    }

    @Test
    void aBranchAsksForItselfAndThoseBelowOnly() {
        UUID below = city.branch(cast.branch(), "Asia/Shanghai", false);
        String above = Tokens.branch(cast.branchCode());

        ask(above, asking(cast.topic(), below)).then().statusCode(201);
        ask(Tokens.branch("B-" + below), asking(cast.topic(), cast.branch()))
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/branchId"));
    }

    @Test
    void requestOfAnotherBranch_isNotFound() {
        String id = asked();
        String stranger = Tokens.branch(city.cast().branchCode());

        given().auth().oauth2(stranger).get("/api/v1/requests/" + id).then().statusCode(404);
        change(stranger, id, 1, "withdraw", Map.of()).then().statusCode(404);
        change(stranger, id, 1, "offer/decline", Map.of()).then().statusCode(404);
        given().auth()
                .oauth2(stranger)
                .get("/api/v1/requests")
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
    }

    @Test
    void organizersSeeTheOldestOrTheMostNeededFirst() {
        UUID visited = city.branch(null, "Asia/Shanghai", false);
        UUID forgotten = city.branch(null, "Asia/Shanghai", false);
        String first = asked(visited);
        String second = asked(forgotten);
        UUID lecturer = city.lecturer(cast.topic());
        LocalDate lately = Instant.now().atZone(SHANGHAI).toLocalDate().minusDays(8);
        Map<String, Object> past = new LinkedHashMap<>(
                Map.of("lecturerId", lecturer, "topicId", cast.topic(), "branchId", visited, "venueId", city.venue()));
        past.put("format", "lecture");
        past.put("start", at(lately, "10:00"));
        organizer().body(past).post("/api/v1/bookings").then().statusCode(201);

        var list = given().auth().oauth2(Tokens.organizer()).queryParam("topicId", cast.topic());
        list.get("/api/v1/requests").then().body("items.id", contains(first, second));
        list.queryParam("sort", "need")
                .get("/api/v1/requests")
                .then()
                .body("items.id", contains(second, first))
                .body("items.need", contains(31, 2));
        String cursor = list.queryParam("limit", 1).get("/api/v1/requests").path("nextCursor");
        list.queryParam("cursor", cursor).get("/api/v1/requests").then().body("items.id", contains(first));
        given().auth()
                .oauth2(Tokens.organizer())
                .get("/api/v1/requests?sort=beauty")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("?sort"));
    }

    @Test
    void acceptingBooksTheLecture() {
        String id = asked();

        String booking = change(Tokens.organizer(), id, 1, "accept", lecture("14:00"))
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("status", equalTo("ACCEPTED"))
                .extract()
                .path("bookingId");

        given().auth()
                .oauth2(Tokens.branch(cast.branchCode()))
                .get("/api/v1/bookings/" + booking)
                .then()
                .statusCode(200)
                .body("status", equalTo("CONFIRMED"))
                .body("start", equalTo(at(DAY, "14:00")))
                .body("expectedHeadCount", equalTo(80));
    }

    @Test
    void conflict_leavesTheRequestWaiting() {
        String id = asked();
        book(city.branch(null, "Asia/Shanghai", false), "14:00").then().statusCode(201);

        change(Tokens.organizer(), id, 1, "accept", lecture("14:30"))
                .then()
                .statusCode(409)
                .body("code", equalTo("lecturer-occupied"))
                .body("alternatives", notNullValue());

        read(id).body("status", equalTo("WAITING")).body("version", equalTo(1));
        assertThat(city.count("SELECT count(*) FROM booking WHERE branch_id = ?", cast.branch()))
                .isZero();
    }

    @Test
    void aLectureOutsideTheWindowsNeedsAReason() {
        String id = asked();
        Map<String, Object> late = lecture("14:00");
        late.put("start", at(DAY.plusDays(9), "14:00"));

        change(Tokens.organizer(), id, 1, "accept", late)
                .then()
                .statusCode(409)
                .body("code", equalTo("outside-windows"))
                .body("errors[0].pointer", equalTo("/start"))
                .body("windows", hasSize(1))
                .body("overridable", equalTo(true));
        assertThat(city.count("SELECT count(*) FROM booking WHERE branch_id = ?", cast.branch()))
                .isZero();
        late.put("override", Map.of("reason", "村里已同意"));
        change(Tokens.organizer(), id, 1, "accept", late).then().statusCode(200);
    }

    @Test
    void violationsOfAnAcceptance_pointIntoTheBody() {
        String id = asked();
        Map<String, Object> offer = lecture("14:00");
        offer.put("expiresAt", at(DAY.plusDays(1), "14:00"));

        change(Tokens.organizer(), id, 1, "offer", offer)
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/expiresAt"));
        change(Tokens.organizer(), id, 1, "accept", offer)
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/expiresAt"));
        city.archive("topic", cast.topic());
        change(Tokens.organizer(), id, 1, "accept", lecture("14:00"))
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo(""));
    }

    @Test
    void concurrentAcceptances_bookOnce() throws Exception {
        String id = asked();
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Integer>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 60; i++) {
                UUID lecturer = city.lecturer(cast.topic());
                Map<String, Object> body = lecture(lecturer, "%02d:00".formatted(8 + i % 8));
                body.put("venueId", city.venue());
                answers.add(threads.submit(() -> {
                    go.await();
                    return change(Tokens.organizer(), id, 1, "accept", body).statusCode();
                }));
            }
            go.countDown();
        }

        int done = 0;
        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isIn(200, 409, 412);
            done += answer.get() == 200 ? 1 : 0;
        }
        assertThat(done).isEqualTo(1);
        assertThat(city.count("SELECT count(*) FROM booking WHERE branch_id = ?", cast.branch()))
                .isEqualTo(1);
    }

    @Test
    void refusingNeedsAReasonAndEndsIt() {
        String id = asked();

        change(Tokens.organizer(), id, 1, "refuse", Map.of("reason", " "))
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/reason"));
        change(Tokens.organizer(), id, 1, "refuse", Map.of("reason", "本季度已排满"))
                .then()
                .statusCode(200)
                .body("status", equalTo("REFUSED"))
                .body("reason", equalTo("本季度已排满"));
        change(Tokens.organizer(), id, 2, "accept", lecture("14:00"))
                .then()
                .statusCode(409)
                .body("code", equalTo("request-not-open"))
                .body("status", equalTo(409))
                .body("requestStatus", equalTo("REFUSED"));
        change(Tokens.branch(cast.branchCode()), id, 2, "withdraw", Map.of())
                .then()
                .statusCode(409)
                .body("code", equalTo("request-not-open"));
        asked(); // it may request again
    }

    @Test
    void anOfferIsTakenOnce() throws Exception {
        String id = asked();
        change(Tokens.organizer(), id, 1, "offer", lecture("14:00"))
                .then()
                .statusCode(200)
                .body("status", equalTo("OFFERED"))
                .body("offer.start", equalTo(at(DAY, "14:00")))
                .body("offer.expiresAt", notNullValue())
                .body("bookingId", nullValue());
        book(city.branch(null, "Asia/Shanghai", false), "14:30")
                .then()
                .statusCode(409)
                .body("conflicts[0].heldUntil", notNullValue());
        change(Tokens.organizer(), id, 2, "offer", lecture("16:00"))
                .then()
                .statusCode(409)
                .body("code", equalTo("request-offered"));
        List<Future<Integer>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                answers.add(threads.submit(() -> change(Tokens.branch(cast.branchCode()), id, 2, "offer/take", "")
                        .statusCode()));
            }
        }

        List<Integer> codes = new ArrayList<>();
        for (Future<Integer> answer : answers) {
            codes.add(answer.get());
        }
        assertThat(codes).containsOnlyOnce(200).allMatch(code -> code == 200 || code == 409 || code == 412);
        String booking = read(id).body("status", equalTo("ACCEPTED")).extract().path("bookingId");
        organizer()
                .get("/api/v1/bookings/" + booking)
                .then()
                .body("status", equalTo("CONFIRMED"))
                .body("version", equalTo(2));
        change(Tokens.branch(cast.branchCode()), id, 3, "offer/take", "")
                .then()
                .statusCode(409)
                .body("code", equalTo("no-offer"));
    }

    @Test
    void anOfferEndsByItself() {
        String id = asked();
        change(Tokens.organizer(), id, 1, "offer", lecture("14:00")).then().statusCode(200);
        city.run(
                "WITH r AS (UPDATE lecture_request SET offer_expires_at = now() - interval '1 second' WHERE id = ? RETURNING booking_id)"
                        + " UPDATE booking SET hold_expires_at = now() - interval '1 second' FROM r WHERE id = r.booking_id",
                UUID.fromString(id));

        read(id).body("status", equalTo("WAITING")).body("version", equalTo(3)).body("offer", nullValue());
        for (int shown : List.of(2, 3)) {
            for (String answer : List.of("take", "decline")) {
                change(
                                Tokens.branch(cast.branchCode()),
                                id,
                                shown,
                                "offer/" + answer,
                                answer.equals("take") ? "" : "{}")
                        .then()
                        .statusCode(409)
                        .body("code", equalTo("offer-expired"))
                        .body("requestStatus", equalTo("WAITING"));
            }
        }
        given().auth()
                .oauth2(Tokens.organizer())
                .get("/api/v1/requests/" + id + "/history")
                .then()
                .body("items.change", contains("requested", "offered", "offer-expired"))
                .body("items[2].actor", equalTo("system"));
        change(Tokens.organizer(), id, 3, "accept", lecture("14:00")).then().statusCode(200);
    }

    @Test
    void declinedSlot_isOfferedToTheNext() {
        UUID needier = city.branch(null, "Asia/Shanghai", false);
        String first = asked();
        Map<String, Object> more = asking(cast.topic(), needier);
        more.put("expectedHeadCount", 500);
        String second =
                ask(Tokens.organizer(), more).then().statusCode(201).extract().path("id");
        String booking = book(city.branch(null, "Asia/Shanghai", false), "14:00")
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        cancel(booking, 1).then().statusCode(200);

        // the freed slot is offered to the request with the greater need
        await().atMost(PATIENCE).untilAsserted(() -> read(second).body("status", equalTo("OFFERED")));
        read(second).body("offer.lecturer.id", equalTo(cast.lecturer().toString()));
        read(first).body("status", equalTo("WAITING"));
        change(Tokens.branch("B-" + needier), second, 2, "offer/decline", Map.of("reason", "当天有会"))
                .then()
                .statusCode(200)
                .body("status", equalTo("WAITING"))
                .body("reason", equalTo("当天有会"));
        await().atMost(PATIENCE).untilAsserted(() -> read(first).body("status", equalTo("OFFERED")));
        change(Tokens.branch(cast.branchCode()), first, 2, "offer/take", "")
                .then()
                .statusCode(200);
        read(second).body("status", equalTo("WAITING")).body("version", equalTo(3));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                city.count("SELECT count(*) FROM freed_time WHERE lecturer_id = ?", cast.lecturer()))
                        .isZero());
    }

    @Test
    void cancelledLecture_reopensTheRequest() {
        String id = asked();
        String booking = change(Tokens.organizer(), id, 1, "accept", lecture("14:00"))
                .then()
                .statusCode(200)
                .extract()
                .path("bookingId");

        cancel(booking, 1).then().statusCode(200);

        List<String> changes = given().auth()
                .oauth2(Tokens.organizer())
                .get("/api/v1/requests/" + id + "/history")
                .path("items.change");
        assertThat(changes).startsWith("requested", "accepted", "reopened");
        read(id).body("reason", org.hamcrest.Matchers.anyOf(nullValue(), equalTo("讲师生病")));
    }

    @Test
    void holdChangedDirectly_updatesTheRequest() {
        String released = asked();
        change(Tokens.organizer(), released, 1, "offer", lecture("14:00"))
                .then()
                .statusCode(200);
        String hold = read(released).extract().path("offer.bookingId");
        organizer()
                .header("If-Match", "\"1\"")
                .body(Map.of("reason", "讲师另有任务"))
                .post("/api/v1/bookings/" + hold + "/release")
                .then()
                .statusCode(200);
        read(released).body("status", equalTo("WAITING")).body("reason", equalTo("讲师另有任务"));
        change(Tokens.organizer(), released, 3, "offer", lecture("16:00"))
                .then()
                .statusCode(200);
        String other = read(released).extract().path("offer.bookingId");
        organizer()
                .header("If-Match", "\"1\"")
                .post("/api/v1/bookings/" + other + "/confirm")
                .then()
                .statusCode(200);

        read(released).body("status", equalTo("ACCEPTED")).body("bookingId", equalTo(other));
    }

    @Test
    void withdrawal_releasesTheOffer() {
        String id = asked();
        change(Tokens.organizer(), id, 1, "offer", lecture("14:00")).then().statusCode(200);
        String hold = read(id).extract().path("offer.bookingId");

        change(Tokens.branch(cast.branchCode()), id, 2, "withdraw", Map.of("reason", "已另请讲师"))
                .then()
                .statusCode(200)
                .body("status", equalTo("WITHDRAWN"));

        organizer().get("/api/v1/bookings/" + hold).then().body("status", equalTo("RELEASED"));
    }

    @Test
    void lapsedRequest_isAnnounced() {
        String id = asked();
        city.run(
                "UPDATE lecture_request SET windows = '{[2026-01-01 00:00Z,2026-01-02 00:00Z)}' WHERE id = ?",
                UUID.fromString(id));

        await().atMost(PATIENCE).untilAsserted(() -> read(id).body("status", equalTo("LAPSED")));
    }

    @Test
    void everyVersionIsAnEventInOrder() throws Exception {
        String id = asked();
        change(Tokens.organizer(), id, 1, "offer", lecture("14:00")).then().statusCode(200);
        change(Tokens.branch(cast.branchCode()), id, 2, "offer/decline", Map.of())
                .then()
                .statusCode(200);
        change(Tokens.organizer(), id, 3, "refuse", Map.of("reason", "本季度已排满"))
                .then()
                .statusCode(200);

        var events = Topic.read("lectern.requests", id, 4);

        assertThat(events)
                .extracting(event -> Topic.header(event, "ce_sequence"))
                .containsExactly("1", "2", "3", "4");
        for (var event : events) {
            Contract.validate("lectern.request.changed.v1", event.value());
            assertThat(event.value()).doesNotContain("茶产业");
        }
        assertThat(events.get(1).value()).contains("\"change\":\"offered\"").contains("\"expiresAt\"");
        assertThat(events.get(3).value()).contains("\"change\":\"refused\"").contains("本季度已排满");
    }

    @Test
    void repeatedKey_createsOneRequest() {
        String key = UUID.randomUUID().toString();
        var request = given().auth()
                .oauth2(Tokens.branch(cast.branchCode()))
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(asking(cast.topic(), cast.branch()));

        String first = request.post("/api/v1/requests")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        request.post("/api/v1/requests")
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .body("id", equalTo(first));
    }

    @ParameterizedTest(name = "{0}: list {1}, ask {2}, answer {3}, withdraw {4}, history {5}")
    @CsvSource({
        "branch,    200, 400, 403, 428, 403",
        "operator,  403, 403, 403, 403, 403",
        "auditor,   200, 403, 403, 403, 200",
        "organizer, 200, 400, 428, 428, 200",
    })
    void eachRoleMayDoItsPart(String role, int list, int ask, int answer, int withdraw, int history) {
        String id = asked();
        String token = role.equals("branch") ? Tokens.branch(cast.branchCode()) : Tokens.of(role, Map.of());

        as(token).get("/api/v1/requests").then().statusCode(list);
        as(token).body("{}").post("/api/v1/requests").then().statusCode(ask);
        as(token)
                .body(lecture("14:00"))
                .post("/api/v1/requests/" + id + "/accept")
                .then()
                .statusCode(answer);
        as(token)
                .body(lecture("14:00"))
                .post("/api/v1/requests/" + id + "/offer")
                .then()
                .statusCode(answer);
        as(token)
                .body(Map.of("reason", "x"))
                .post("/api/v1/requests/" + id + "/refuse")
                .then()
                .statusCode(answer);
        as(token).body("{}").post("/api/v1/requests/" + id + "/withdraw").then().statusCode(withdraw);
        as(token).get("/api/v1/requests/" + id + "/history").then().statusCode(history);
    }
}
