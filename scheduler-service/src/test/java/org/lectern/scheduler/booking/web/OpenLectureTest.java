package org.lectern.scheduler.booking.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.lectern.scheduler.support.Lectures.at;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Lectures.key;
import static org.lectern.scheduler.support.Lectures.lecture;
import static org.lectern.scheduler.support.Lectures.post;
import static org.lectern.scheduler.support.Lectures.with;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.testing.Tokens;

/** A branch joins lectures of a campaign that is open to guests, and leaves them. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class OpenLectureTest {

    @Inject
    City city;

    private City.Cast cast;
    private UUID guest;
    private String booking;

    @BeforeEach
    void lectureOfAnOpenCampaign() {
        cast = city.cast();
        guest = city.branch(null, "Asia/Shanghai", false);
        city.run("UPDATE venue SET capacity = 100 WHERE id = ?", cast.venue());
        city.place("venue", cast.venue(), 30.25, 120.16);
        city.place("branch", guest, 30.30, 120.20);
        booking = lectureOf(campaign(true));
    }

    private String campaign(boolean open) {
        String id = post(
                        "/api/v1/campaigns",
                        Map.of(
                                "code", "C-" + UUID.randomUUID(),
                                "name", "冬季基层宣讲",
                                "topicIds", List.of(cast.topic()),
                                "targets", Map.of("branchIds", List.of(cast.branch())),
                                "from", day(0).toString(),
                                "until", day(60).toString(),
                                "openToGuests", open))
                .then()
                .statusCode(201)
                .body("openToGuests", equalTo(open))
                .extract()
                .path("id");
        organizer()
                .header("If-Match", "\"1\"")
                .header("Idempotency-Key", key())
                .post("/api/v1/campaigns/" + id + "/activate")
                .then()
                .statusCode(200);
        return id;
    }

    private String lectureOf(String campaign) {
        Map<String, Object> body = new HashMap<>(lecture(cast, at(day(5), 9, 0), at(day(5), 10, 0)));
        body.put("campaignId", campaign);
        body.put("expectedHeadCount", 60);
        return post("/api/v1/bookings", body).then().statusCode(201).extract().path("id");
    }

    private RequestSpecification as(UUID branch) {
        return given().auth().oauth2(Tokens.branch("B-" + branch)).contentType(ContentType.JSON);
    }

    private RequestSpecification changing(UUID branch, int version) {
        return as(branch).header("Idempotency-Key", key()).header("If-Match", "\"" + version + "\"");
    }

    private Response join(UUID as, Map<String, Object> body) {
        return changing(as, 1).body(body).post("/api/v1/bookings/" + booking + "/guests");
    }

    private ValidatableResponse open(UUID branch) {
        return as(branch)
                .get("/api/v1/branches/" + branch + "/open-lectures?limit=200")
                .then()
                .statusCode(200);
    }

    @Test
    void openLecture_isListedWithSeatsAndJourney() {
        open(guest)
                .body(
                        "items.find { it.id == '" + booking + "' }.seats", equalTo(40),
                        "items.find { it.id == '" + booking + "' }.travelMinutes", notNullValue(),
                        "items.find { it.id == '" + booking + "' }.branch.id",
                                equalTo(cast.branch().toString()));
        open(cast.branch()).body("items.id", not(hasItem(booking)));
    }

    @Test
    void branch_joinsAndLeaves() {
        join(guest, Map.of("branchId", guest, "expectedHeadCount", 20))
                .then()
                .statusCode(200)
                .body("version", equalTo(2), "guests.id", contains(guest.toString()));
        open(guest).body("items.id", not(hasItem(booking)));

        changing(guest, 2)
                .delete("/api/v1/bookings/" + booking + "/guests/" + guest)
                .then()
                .statusCode(200)
                .body("guests", nullValue());
        open(guest).body("items.id", hasItem(booking));
    }

    @Test
    void moreThanTheSeats_areRefused() {
        join(guest, Map.of("branchId", guest, "expectedHeadCount", 41))
                .then()
                .statusCode(409)
                .body("code", equalTo("guests-over-capacity"));
        join(guest, Map.of("branchId", guest, "expectedHeadCount", 41, "override", Map.of("reason", "加座")))
                .then()
                .statusCode(403);
    }

    @Test
    void campaignThatIsNotOpen_isJoinedByOrganizersOnly() {
        city.run(
                "UPDATE campaign SET open_to_guests = false WHERE id = (SELECT campaign_id FROM booking WHERE id = ?)",
                UUID.fromString(booking));
        open(guest).body("items.id", not(hasItem(booking)));
        join(guest, Map.of("branchId", guest)).then().statusCode(404);
        organizer()
                .header("Idempotency-Key", key())
                .header("If-Match", "\"1\"")
                .body(Map.of("branchId", guest))
                .post("/api/v1/bookings/" + booking + "/guests")
                .then()
                .statusCode(200);

        changing(guest, 2)
                .delete("/api/v1/bookings/" + booking + "/guests/" + guest)
                .then()
                .statusCode(409)
                .body("code", equalTo("lecture-not-open"));
    }

    @Test
    void anotherBranch_isNotAddedOrRemoved() {
        UUID other = city.branch(null, "Asia/Shanghai", false);
        join(guest, Map.of("branchId", other)).then().statusCode(404);
        join(guest, Map.of("branchId", guest)).then().statusCode(200);
        changing(other, 2)
                .delete("/api/v1/bookings/" + booking + "/guests/" + guest)
                .then()
                .statusCode(404);
    }

    @Test
    void branchThatIsBusyThen_isNotOffered() {
        City.Cast second = city.cast();
        post("/api/v1/bookings", with(lecture(second, at(day(5), 9, 30), at(day(5), 10, 30)), "branchId", guest))
                .then()
                .statusCode(201);

        open(guest).body("items.id", not(hasItem(booking)));
        join(guest, Map.of("branchId", guest)).then().statusCode(409).body("code", equalTo("guest-occupied"));
    }
}
