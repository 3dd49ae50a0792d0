package org.lectern.scheduler.acceptance;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.lectern.scheduler.support.Lectures.at;
import static org.lectern.scheduler.support.Lectures.book;
import static org.lectern.scheduler.support.Lectures.change;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Registries.organizer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.Contract;
import org.lectern.scheduler.support.Topic;
import org.lectern.testing.Tokens;

/** Lecturers accept or decline. An answer is bound to what the lecturer knew of the lecture. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class LecturerAnswerTest {

    private static final Map<String, Object> ACCEPT = Map.of("answer", "ACCEPTED");
    private static final Map<String, Object> DECLINE = Map.of("answer", "DECLINED", "reason", "当天已有出差安排");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Inject
    City city;

    @Inject
    Sql sql;

    private City.Cast cast;

    @BeforeEach
    void lecturerWhoMustAccept() {
        cast = city.cast();
        tier("must-accept");
    }

    private void tier(String tier) {
        city.run("UPDATE lecturer SET tier = ? WHERE id = ?", tier, cast.lecturer());
    }

    private RequestSpecification lecturer() {
        return given().auth().oauth2(Tokens.lecturer("L-" + cast.lecturer())).contentType(ContentType.JSON);
    }

    private static Response answer(RequestSpecification who, String booking, int version, Map<String, Object> answer) {
        return who.header("If-Match", "\"" + version + "\"")
                .body(answer)
                .post("/api/v1/bookings/" + booking + "/lecturer-answer");
    }

    private static JsonPath read(String booking) {
        return organizer().get("/api/v1/bookings/" + booking).jsonPath();
    }

    private static Response move(String booking, int version, int hour) {
        return change(
                "/api/v1/bookings/" + booking + "/change",
                version,
                Map.of("start", at(day(40), hour, 0), "end", at(day(40), hour + 1, 0), "reason", "换时间"));
    }

    @Test
    void acceptedLecture_keepsItsVersionAndHasEvents() throws Exception {
        String booking = book(cast, day(40), 9);
        assertThat(read(booking).getString("lecturerAnswer.state")).isEqualTo("PENDING");

        answer(lecturer(), booking, 1, ACCEPT)
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"1\""))
                .body("lecturerAnswer.state", equalTo("ACCEPTED"), "lecturerAnswer.by", equalTo("LECTURER"));
        answer(lecturer(), booking, 1, ACCEPT).then().statusCode(200); // the same answer has no effect

        assertThat(read(booking).getInt("version")).isEqualTo(1);
        String id = sql.one("SELECT id FROM lecturer_answer WHERE booking_id = ?", row -> row.id("id"), id(booking))
                .orElseThrow()
                .toString();
        var events = Topic.read("lectern.answers", id, 2);
        assertThat(events)
                .extracting(event -> Topic.header(event, "ce_sequence"))
                .containsExactly("1", "2");
        var json = new ObjectMapper();
        for (var event : events) {
            Contract.validate(Topic.header(event, "ce_type"), event.value());
            assertThat(json.readTree(event.value()).path("bookingId").asText()).isEqualTo(booking);
            assertThat(event.value()).doesNotContain("example.org", "+86");
        }
        assertThat(json.readTree(events.get(1).value()).path("state").asText()).isEqualTo("ACCEPTED");
        organizer()
                .queryParam("subject", booking)
                .queryParam("kind", "LECTURER_ANSWER")
                .get("/api/v1/audit")
                .then()
                .statusCode(200)
                .body("items.action", contains("ACCEPTED", "ASKED"));
    }

    private static UUID id(String booking) {
        return UUID.fromString(booking);
    }

    @Test
    void declinedLecture_isListedWithReasonForOrganizersOnly() {
        String booking = book(cast, day(40), 9);

        answer(lecturer(), booking, 1, Map.of("answer", "DECLINED"))
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/reason"));
        answer(lecturer(), booking, 1, DECLINE)
                .then()
                .statusCode(200)
                .body("lecturerAnswer.reason", equalTo(DECLINE.get("reason")), "note", nullValue());

        organizer()
                .queryParam("lecturerAnswer", "DECLINED")
                .queryParam("lecturerId", cast.lecturer())
                .get("/api/v1/bookings")
                .then()
                .statusCode(200)
                .body("items.id", contains(booking), "items.lecturerAnswer.reason", contains(DECLINE.get("reason")));
        String audit =
                organizer().queryParam("subject", booking).get("/api/v1/audit").asString();
        assertThat(audit).contains("DECLINED").doesNotContain("出差");
        assertThat(city.count(
                        "SELECT count(*) FROM outbox o JOIN lecturer_answer w ON w.id = o.aggregate_id"
                                + " WHERE w.booking_id = ? AND o.data LIKE '%DECLINED%' AND o.data NOT LIKE '%出差%'",
                        id(booking)))
                .isEqualTo(1);
        given().auth()
                .oauth2(Tokens.branch(cast.branchCode()))
                .get("/api/v1/bookings/" + booking)
                .then()
                .statusCode(200)
                .body("lecturerAnswer.state", equalTo("DECLINED"), "lecturerAnswer.reason", nullValue());
    }

    @Test
    void otherPeople_cannotAnswer() {
        String booking = book(cast, day(40), 9);
        var other = given().auth()
                .oauth2(Tokens.lecturer("L-" + city.cast().lecturer()))
                .contentType(ContentType.JSON);
        var branch = given().auth().oauth2(Tokens.branch(cast.branchCode())).contentType(ContentType.JSON);

        answer(other, booking, 1, ACCEPT).then().statusCode(404);
        answer(branch, booking, 1, ACCEPT).then().statusCode(403);
        lecturer()
                .body(ACCEPT)
                .post("/api/v1/bookings/" + booking + "/lecturer-answer")
                .then()
                .statusCode(428);
        answer(organizer(), booking, 1, ACCEPT).then().statusCode(200).body("lecturerAnswer.by", equalTo("ORGANIZER"));
    }

    @Test
    void hold_isHiddenFromItsLecturer() {
        var body = org.lectern.scheduler.support.Lectures.lecture(cast, at(day(40), 9, 0), at(day(40), 10, 0));
        body.put("hold", Map.of());
        String booking = org.lectern.scheduler.support.Lectures.post("/api/v1/bookings", body)
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        assertThat(read(booking).getString("lecturerAnswer")).isNull();
        answer(lecturer(), booking, 1, ACCEPT).then().statusCode(404);

        change("/api/v1/bookings/" + booking + "/confirm", 1, Map.of()).then().statusCode(200);
        assertThat(read(booking).getInt("lecturerAnswer.version")).isEqualTo(2);
    }

    @Test
    void changeThatMatters_asksAgain() {
        String booking = book(cast, day(40), 9);
        answer(lecturer(), booking, 1, ACCEPT).then().statusCode(200);

        organizer()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("If-Match", "\"1\"")
                .body(Map.of("note", "带投影仪"))
                .patch("/api/v1/bookings/" + booking)
                .then()
                .statusCode(200);
        assertThat(read(booking).getString("lecturerAnswer.state")).isEqualTo("ACCEPTED");
        // nothing that matters has changed since version 1
        answer(lecturer(), booking, 1, DECLINE).then().statusCode(200);

        move(booking, 2, 11).then().statusCode(200);
        JsonPath moved = read(booking);
        assertThat(moved.getString("lecturerAnswer.state")).isEqualTo("PENDING");
        assertThat(moved.getInt("lecturerAnswer.version")).isEqualTo(3);
        assertThat(moved.getString("lecturerAnswer.reason")).isNull();
        answer(lecturer(), booking, 2, ACCEPT)
                .then()
                .statusCode(412)
                .body("code", equalTo("stale-version"), "currentVersion", equalTo(3));
        answer(lecturer(), booking, 4, ACCEPT).then().statusCode(412);
        answer(lecturer(), booking, 3, ACCEPT).then().statusCode(200);
    }

    @Test
    void answerAgainstMove_countsForWhatTheLecturerKnew() throws Exception {
        String booking = book(cast, day(40), 8);
        int version = 1;
        for (int round = 0; round < 12; round++) {
            int known = version;
            int hour = 9 + round % 2 * 2;
            List<Future<Response>> answers = new ArrayList<>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                answers.add(threads.submit(() -> answer(lecturer(), booking, known, ACCEPT)));
                answers.add(threads.submit(() -> move(booking, known, hour)));
            }
            assertThat(answers.get(1).get().statusCode()).isEqualTo(200);
            assertThat(answers.get(0).get().statusCode()).isIn(200, 412);
            version++;

            // the move came first or last: in either case the lecturer is asked about the new time
            JsonPath now = read(booking);
            assertThat(now.getInt("version")).isEqualTo(version);
            assertThat(now.getString("lecturerAnswer.state")).isEqualTo("PENDING");
            assertThat(now.getInt("lecturerAnswer.version")).isEqualTo(version);
        }
        int versions = sql.one(
                        "SELECT version FROM lecturer_answer WHERE booking_id = ?",
                        row -> row.number("version"),
                        id(booking))
                .orElseThrow();
        assertThat(city.count(
                        "SELECT count(DISTINCT o.version) FROM outbox o JOIN lecturer_answer w ON w.id = o.aggregate_id"
                                + " WHERE w.booking_id = ? AND o.version <= ?",
                        id(booking),
                        versions))
                .isEqualTo(versions);
    }

    @Test
    void silence_isOverdueAtOnceAndPublished() {
        String booking = book(cast, day(40), 9);
        city.run("UPDATE lecturer_answer SET due_at = now() - interval '1 second' WHERE booking_id = ?", id(booking));

        organizer()
                .queryParam("lecturerAnswer", "OVERDUE")
                .queryParam("lecturerId", cast.lecturer())
                .get("/api/v1/bookings")
                .then()
                .body("items.id", contains(booking));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(city.count(
                                "SELECT count(*) FROM outbox o JOIN lecturer_answer w ON w.id = o.aggregate_id"
                                        + " WHERE w.booking_id = ? AND w.state = 'OVERDUE'",
                                id(booking)))
                        .isEqualTo(2));
        // a late answer counts
        answer(lecturer(), booking, 1, ACCEPT).then().statusCode(200);
        assertThat(read(booking).getString("lecturerAnswer.state")).isEqualTo("ACCEPTED");
    }

    @Test
    void silenceIsConsent_whereThePolicySaysSo() {
        tier("may-decline");
        String booking = book(cast, day(40), 9);
        city.run("UPDATE lecturer_answer SET due_at = now() - interval '1 second' WHERE booking_id = ?", id(booking));

        assertThat(read(booking).getString("lecturerAnswer.state")).isEqualTo("CONSENTED");
        await().atMost(PATIENCE)
                .until(() -> city.count(
                                "SELECT count(*) FROM lecturer_answer WHERE booking_id = ? AND state = 'CONSENTED'",
                                id(booking))
                        == 1);
    }

    @Test
    void cancelledLecture_needsNoAnswer() {
        String booking = book(cast, day(40), 9);
        change("/api/v1/bookings/" + booking + "/cancel", 1, Map.of("reason", "台风"))
                .then()
                .statusCode(200);

        assertThat(read(booking).getString("lecturerAnswer")).isNull();
        answer(lecturer(), booking, 2, ACCEPT)
                .then()
                .statusCode(409)
                .body("code", equalTo("no-answer-expected"), "bookingStatus", equalTo("CANCELLED"));
    }

    @Test
    void lecturerWhoIsNotAsked_hasNoAnswer() {
        tier("municipal");
        String booking = book(cast, day(40), 9);

        assertThat(read(booking).getString("lecturerAnswer")).isNull();
        answer(organizer(), booking, 1, ACCEPT).then().statusCode(409).body("code", equalTo("no-answer-expected"));
    }

    @Test
    void reassignedLecture_asksTheNewLecturer() {
        String booking = book(cast, day(40), 9);
        answer(lecturer(), booking, 1, ACCEPT).then().statusCode(200);
        UUID other = city.lecturer(cast.topic());
        city.run("UPDATE lecturer SET tier = 'must-accept' WHERE id = ?", other);

        change("/api/v1/bookings/" + booking + "/change", 1, Map.of("lecturerId", other, "reason", "讲师生病"))
                .then()
                .statusCode(200);

        organizer()
                .queryParam("lecturerAnswer", "PENDING")
                .queryParam("lecturerId", other)
                .get("/api/v1/bookings")
                .then()
                .body("items.id", hasItem(booking), "items[0].lecturerAnswer.dueAt", notNullValue());
        answer(lecturer(), booking, 2, ACCEPT).then().statusCode(404);
    }
}
