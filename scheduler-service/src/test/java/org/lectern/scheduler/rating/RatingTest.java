package org.lectern.scheduler.rating;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.lectern.scheduler.support.Lectures.book;
import static org.lectern.scheduler.support.Lectures.change;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.testing.Tokens;

/** A branch rates a lecture that it had, for a time. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class RatingTest {

    @Inject
    City city;

    private City.Cast cast;
    private UUID guest;
    private String booking;

    @BeforeEach
    void lectureOfYesterday() {
        cast = city.cast();
        guest = city.branch(null, "Asia/Shanghai", false);
        booking = book(cast, guest, day(-1), 9);
    }

    private void held() {
        change("/api/v1/bookings/" + booking + "/complete", 1, Map.of("headCount", 60))
                .then()
                .statusCode(200);
    }

    private Response rate(String code, UUID branch, Map<String, Object> rating) {
        return given().auth()
                .oauth2(Tokens.branch(code))
                .contentType(ContentType.JSON)
                .body(rating)
                .put("/api/v1/bookings/" + booking + "/ratings/" + branch);
    }

    @Test
    void hostAndGuest_rateOnceAndChange() {
        held();

        rate(cast.branchCode(), cast.branch(), Map.of("stars", 4, "note", "很好"))
                .then()
                .statusCode(200)
                .body("version", equalTo(1), "stars", equalTo(4));
        rate(cast.branchCode(), cast.branch(), Map.of("stars", 4, "note", "很好"))
                .then()
                .body("version", equalTo(1));
        rate(cast.branchCode(), cast.branch(), Map.of("stars", 5)).then().body("version", equalTo(2));
        rate("B-" + guest, guest, Map.of("stars", 2)).then().statusCode(200);

        organizer()
                .get("/api/v1/bookings/" + booking + "/ratings")
                .then()
                .statusCode(200)
                .body("items.stars", containsInAnyOrder(5, 2));
        given().auth()
                .oauth2(Tokens.branch("B-" + guest))
                .get("/api/v1/bookings/" + booking + "/ratings")
                .then()
                .body("items.stars", contains(2));
        String audit = organizer()
                .queryParam("kind", "RATING")
                .queryParam("subject", booking + " " + cast.branch())
                .get("/api/v1/audit")
                .then()
                .statusCode(200)
                .body("items.version", contains(2, 1))
                .extract()
                .asString();
        assertThat(audit).doesNotContain("很好");
    }

    @Test
    void lectureThatIsNotHeld_isNotRated() {
        rate(cast.branchCode(), cast.branch(), Map.of("stars", 4))
                .then()
                .statusCode(409)
                .body("code", equalTo("lecture-not-held"));
    }

    @Test
    void othersThanItsBranches_doNotRate() {
        held();
        UUID other = city.branch(null, "Asia/Shanghai", false);

        rate("B-" + other, other, Map.of("stars", 1)).then().statusCode(404);
        rate("B-" + guest, cast.branch(), Map.of("stars", 1)).then().statusCode(404);
        rate(cast.branchCode(), cast.branch(), Map.of("stars", 6))
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/stars"));
    }

    @Test
    void ratingAfterThePeriod_isRefused() {
        held();
        city.run(
                "UPDATE booking SET starts_at = starts_at - interval '40 days', ends_at = ends_at - interval '40 days',"
                        + " occupied_from = occupied_from - interval '40 days',"
                        + " occupied_until = occupied_until - interval '40 days' WHERE id = ?",
                UUID.fromString(booking));

        rate(cast.branchCode(), cast.branch(), Map.of("stars", 3))
                .then()
                .statusCode(409)
                .body("code", equalTo("rating-closed"));
    }
}
