package org.lectern.scheduler.booking;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.lectern.scheduler.booking.BookingApi.at;
import static org.lectern.scheduler.booking.BookingApi.book;
import static org.lectern.scheduler.booking.BookingApi.change;
import static org.lectern.scheduler.booking.BookingApi.lecture;
import static org.lectern.scheduler.booking.BookingApi.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.testing.Tokens;

/** A booking in its state at any moment. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class BookingAsOfTest {

    @Inject
    City city;

    private static ValidatableResponse asOf(String id, Instant moment) {
        return organizer()
                .queryParam("asOf", moment.toString())
                .get("/api/v1/bookings/{id}", id)
                .then();
    }

    @Test
    void asOf_includesTheInstantOfTheChange() {
        String id = book(lecture(city.cast(), at(40, 9), at(40, 11))).path("id");
        change(id, "change", 1, Map.of("start", at(41, 14).toString().replace("14:00+", "14:00:00+"), "reason", "下雨"))
                .then()
                .statusCode(200);
        change(id, "cancel", 2, Map.of("reason", "停电")).then().statusCode(200);
        List<String> times = organizer()
                .get("/api/v1/bookings/{id}/history", id)
                .then()
                .extract()
                .path("items.at");
        assertThat(times).hasSize(3);

        asOf(id, Instant.parse(times.get(0)).minusNanos(1000)).statusCode(404).body("code", equalTo("not-found"));
        for (int i = 0; i < 3; i++) {
            Instant change = Instant.parse(times.get(i));
            asOf(id, change)
                    .statusCode(200)
                    .header("ETag", startsWith("W/")) // no version to change
                    .body("version", equalTo(i + 1), "status", equalTo(i < 2 ? "CONFIRMED" : "CANCELLED"));
            if (i > 0) {
                asOf(id, change.minusNanos(1000)).statusCode(200).body("version", equalTo(i));
            }
        }
        asOf(id, Instant.parse(times.get(1)))
                .body("start", equalTo(at(41, 14).toString().replace("14:00+", "14:00:00+")));
        asOf(id, Instant.parse("2199-01-01T00:00:00Z")).body("version", equalTo(3));
        asOf(id, Instant.parse("1999-01-01T00:00:00Z")).statusCode(404);
    }

    @Test
    void expiredHold_countsBeforeTheSweep() {
        Map<String, Object> body = lecture(city.cast(), at(40, 9), at(40, 11));
        body.put("hold", Map.of());
        String id = book(body).then().statusCode(201).extract().path("id");
        city.run(
                "UPDATE booking SET hold_expires_at = now() + interval '300 milliseconds' WHERE id = ?",
                UUID.fromString(id));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> organizer()
                        .get("/api/v1/bookings/{id}", id)
                        .path("status")
                        .equals("EXPIRED"));
        Map<String, Object> expired = organizer()
                .get("/api/v1/bookings/{id}/history", id)
                .then()
                .extract()
                .path("items.find { it.version == 2 }");
        assertThat(expired).containsEntry("action", "EXPIRED");

        Instant expiry = Instant.parse(expired.get("at").toString());
        asOf(id, expiry.minusNanos(1000)).statusCode(200).body("status", equalTo("HELD"));
        asOf(id, expiry).statusCode(200).body("status", equalTo("EXPIRED"));
    }

    @Test
    void theBranchSeesThePresentOnly() {
        City.Cast cast = city.cast();
        String id = book(lecture(cast, at(40, 9), at(40, 11))).path("id");

        given().auth()
                .oauth2(Tokens.branch(cast.branchCode()))
                .queryParam("asOf", Instant.now().toString())
                .get("/api/v1/bookings/{id}", id)
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
        given().auth()
                .oauth2(Tokens.branch("B-none"))
                .queryParam("asOf", Instant.now().toString())
                .get("/api/v1/bookings/{id}", id)
                .then()
                .statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"now", "2026-11-23", "2026-11-23T10:00:00", "+999999999-01-01T00:00:00Z"})
    void aMomentThatIsNoneIsPointedAt(String moment) {
        String id = book(lecture(city.cast(), at(40, 9), at(40, 11))).path("id");

        organizer()
                .queryParam("asOf", moment)
                .get("/api/v1/bookings/{id}", id)
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("?asOf"));
    }
}
