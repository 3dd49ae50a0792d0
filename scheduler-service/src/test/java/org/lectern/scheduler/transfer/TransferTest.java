package org.lectern.scheduler.transfer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.Contract;
import org.lectern.scheduler.support.Topic;
import org.lectern.testing.Tokens;

/** The bookings and requests of one branch go to another, all of them or none. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class TransferTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final LocalDate DAY =
            Instant.now().atZone(SHANGHAI).toLocalDate().plusDays(30);

    @Inject
    City city;

    private City.Cast cast;
    private UUID former;
    private UUID successor;

    @BeforeEach
    void branches() {
        cast = city.cast();
        former = cast.branch();
        successor = city.branch(null, "Asia/Shanghai", false);
    }

    private static String at(int day, String clock) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(DAY.plusDays(day)
                .atTime(LocalTime.parse(clock))
                .atZone(SHANGHAI)
                .toOffsetDateTime());
    }

    private static RequestSpecification organizer() {
        return as(Tokens.organizer());
    }

    private static RequestSpecification as(String token) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", UUID.randomUUID().toString());
    }

    /** A lecture with a lecturer of its own at a hall of its own. */
    private String booked(UUID host, int day, UUID... guests) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("lecturerId", city.lecturer(cast.topic()));
        body.put("topicId", cast.topic());
        body.put("branchId", host);
        body.put("venueId", city.venue());
        body.put("format", "lecture");
        body.put("start", at(day, "14:00"));
        body.put(
                "guests",
                List.of(guests).stream().map(id -> Map.of("branchId", id)).toList());
        return organizer()
                .body(body)
                .post("/api/v1/bookings")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static ValidatableResponse booking(String id) {
        return organizer().get("/api/v1/bookings/" + id).then().statusCode(200);
    }

    private String asked(UUID branch, UUID topic) {
        return as(Tokens.branch("B-" + branch))
                .body(Map.of(
                        "topicId",
                        topic,
                        "branchId",
                        branch,
                        "windows",
                        List.of(Map.of("from", at(0, "08:00"), "until", at(9, "18:00")))))
                .post("/api/v1/requests")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static ValidatableResponse request(String id) {
        return organizer().get("/api/v1/requests/" + id).then().statusCode(200);
    }

    private Response transfer(boolean dryRun, Map<String, Object> more) {
        Map<String, Object> body = new LinkedHashMap<>(more);
        body.put("toBranchId", successor);
        body.put("reason", "两村合并");
        return organizer().queryParam("dryRun", dryRun).body(body).post("/api/v1/branches/{id}/transfer", former);
    }

    @Test
    void lecturesInEveryRole_goToTheSuccessor() {
        UUID third = city.branch(null, "Asia/Shanghai", false);
        String hosted = booked(former, 1, third);
        String joined = booked(third, 2, former);
        String together = booked(successor, 3, former);
        String both = booked(former, 4, successor);

        transfer(true, Map.of())
                .then()
                .statusCode(200)
                .body("possible", equalTo(true), "impossible", empty(), "more", equalTo(false))
                .body("bookings", contains(hosted, joined, together, both))
                .body("notified.find { it.branch.id == '" + former + "' }.cancelled", equalTo(4))
                .body("notified.find { it.branch.id == '" + successor + "' }.booked", equalTo(2))
                .body("notified.find { it.branch.id == '" + successor + "' }.changed", equalTo(1))
                .body("notified.find { it.branch.id == '" + third + "' }.changed", equalTo(1));
        booking(hosted).body("version", equalTo(1));

        transfer(false, Map.of()).then().statusCode(200).body("possible", equalTo(true), "bookings", hasSize(4));

        booking(hosted).body("branch.id", equalTo(successor.toString()), "guests.id", contains(third.toString()));
        booking(joined).body("branch.id", equalTo(third.toString()), "guests.id", contains(successor.toString()));
        booking(together).body("branch.id", equalTo(successor.toString()), "guests", nullValue());
        booking(both).body("branch.id", equalTo(successor.toString()), "guests", nullValue());
        for (String id : List.of(hosted, joined, together, both)) {
            var event = Topic.read("lectern.bookings", id, 2).get(1);
            Contract.validate(Topic.header(event, "ce_type"), event.value());
        }
        assertThat(Topic.read("lectern.bookings", joined, 2).get(1).value())
                .contains("\"joined\":[{\"id\":\"" + successor, "\"left\":[{\"id\":\"" + former);
        transfer(false, Map.of()).then().statusCode(200).body("bookings", empty());
    }

    @Test
    void conflictOfTheSuccessor_preventsAllUnlessExcluded() {
        String free = booked(former, 1);
        String taken = booked(former, 2);
        booked(successor, 2);

        transfer(true, Map.of())
                .then()
                .statusCode(200)
                .body("possible", equalTo(false), "impossible.before.id", contains(taken))
                .body("impossible[0].conflicts.resource", contains("branch"));
        transfer(false, Map.of())
                .then()
                .statusCode(409)
                .body("code", equalTo("changes-refused"), "refused.bookingId", contains(taken));
        booking(free).body("branch.id", equalTo(former.toString()));

        transfer(false, Map.of("leave", List.of(taken))).then().statusCode(200).body("bookings", contains(free));
        booking(taken).body("branch.id", equalTo(former.toString()), "version", equalTo(1));
    }

    @Test
    void openRequests_goAlongUnlessTheSuccessorWaitsForTheTopic() {
        UUID other = city.topic(60);
        String moving = asked(former, cast.topic());
        String twice = asked(former, other);
        asked(successor, other);

        transfer(false, Map.of())
                .then()
                .statusCode(200)
                .body("requests", contains(moving), "requestsLeft", contains(twice));

        request(moving).body("branch.id", equalTo(successor.toString()), "status", equalTo("WAITING"));
        request(twice).body("branch.id", equalTo(former.toString()));
        var event = Topic.read("lectern.requests", moving, 2).get(1);
        Contract.validate("lectern.request.changed.v1", event.value());
        assertThat(event.value()).contains("\"change\":\"moved\"");
    }

    @Test
    void acceptedRequestAndOffer_stayBoundToTheirLectures() {
        UUID other = city.topic(60);
        String accepted = asked(former, cast.topic());
        String offered = asked(former, other);
        answer(accepted, "accept", cast.topic(), 1);
        answer(offered, "offer", other, 2);
        String hold = request(offered).extract().path("offer.bookingId");
        String lecture = request(accepted).extract().path("bookingId");

        transfer(false, Map.of())
                .then()
                .statusCode(200)
                .body("requests", containsInAnyOrder(accepted, offered))
                .body("bookings", hasItem(hold));

        request(accepted)
                .body("branch.id", equalTo(successor.toString()), "status", equalTo("ACCEPTED"))
                .body("bookingId", equalTo(lecture));
        request(offered)
                .body("branch.id", equalTo(successor.toString()), "status", equalTo("OFFERED"))
                .body("offer.bookingId", equalTo(hold));
        organizer()
                .get("/api/v1/requests/{id}/history", offered)
                .then()
                .body("items.change", contains("requested", "offered", "moved", "offered"));
    }

    private void answer(String request, String verb, UUID topic, int day) {
        organizer()
                .header("If-Match", "\"1\"")
                .body(Map.of(
                        "lecturerId",
                        city.lecturer(topic),
                        "venueId",
                        city.venue(),
                        "format",
                        "lecture",
                        "start",
                        at(day, "14:00")))
                .post("/api/v1/requests/{id}/{verb}", request, verb)
                .then()
                .statusCode(200);
    }

    @Test
    void lectureMovedAloneToAnotherBranch_reopensTheRequest() {
        String accepted = asked(former, cast.topic());
        answer(accepted, "accept", cast.topic(), 1);
        String lecture = request(accepted).extract().path("bookingId");

        organizer()
                .header("If-Match", "\"1\"")
                .body(Map.of("branchId", successor, "reason", "改派"))
                .post("/api/v1/bookings/{id}/change", lecture)
                .then()
                .statusCode(200);

        request(accepted).body("status", equalTo("WAITING"), "branch.id", equalTo(former.toString()));
    }

    @Test
    void onlyLecturesFromATimeOn_go() {
        String before = booked(former, 1);
        String after = booked(former, 5);
        transfer(false, Map.of("from", at(3, "00:00"))).then().statusCode(200).body("bookings", contains(after));
        booking(before).body("branch.id", equalTo(former.toString()));
    }

    @Test
    void repeatWithTheSameKey_hasTheSameAnswer() {
        booked(former, 1);
        Map<String, Object> body = Map.of("toBranchId", successor, "reason", "两村合并");
        String key = UUID.randomUUID().toString();
        String path = "/api/v1/branches/" + former + "/transfer";
        String first = given().auth()
                .oauth2(Tokens.organizer())
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post(path)
                .asString();
        given().auth()
                .oauth2(Tokens.organizer())
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post(path)
                .then()
                .header("Idempotency-Replayed", "true");
        assertThat(first).contains("\"possible\":true");
    }

    @Test
    void impossibleReceiver_isRefused() {
        organizer()
                .body(Map.of("toBranchId", former, "reason", "x"))
                .post("/api/v1/branches/{id}/transfer", former)
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/toBranchId"));
        organizer()
                .body(Map.of("toBranchId", UUID.randomUUID(), "reason", "x"))
                .post("/api/v1/branches/{id}/transfer", former)
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/toBranchId"));
        organizer()
                .body(Map.of("toBranchId", former, "reason", "x"))
                .post("/api/v1/branches/{id}/transfer", UUID.randomUUID())
                .then()
                .statusCode(404);
    }
}
