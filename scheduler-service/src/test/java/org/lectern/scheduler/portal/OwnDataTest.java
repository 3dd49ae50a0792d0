package org.lectern.scheduler.portal;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.lectern.scheduler.support.Lectures.at;
import static org.lectern.scheduler.support.Lectures.book;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Lectures.lecture;
import static org.lectern.scheduler.support.Lectures.post;
import static org.lectern.scheduler.support.Lectures.with;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.testing.Tokens;

/** A lecturer reads its own lectures and load, and nothing else. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class OwnDataTest {

    @Inject
    City city;

    private City.Cast cast;

    @BeforeEach
    void parties() {
        cast = city.cast();
    }

    private RequestSpecification me() {
        return given().auth().oauth2(Tokens.lecturer("L-" + cast.lecturer()));
    }

    @Test
    void ownLectures_areListedWithoutHoldsAndNotes() {
        String booking = book(cast, day(50), 9);
        var held = lecture(cast, at(day(50), 14, 0), at(day(50), 15, 0));
        String hold = post("/api/v1/bookings", with(with(held, "hold", Map.of()), "note", "内部"))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String foreign = book(city.cast(), day(50), 9);

        me().get("/api/v1/bookings").then().statusCode(200).body("items.id", contains(booking));
        me().queryParam("lecturerId", cast.lecturer())
                .get("/api/v1/bookings")
                .then()
                .body("items.id", contains(booking));
        me().queryParam("lecturerId", UUID.randomUUID())
                .get("/api/v1/bookings")
                .then()
                .statusCode(404);
        me().get("/api/v1/bookings/" + booking).then().statusCode(200).body("note", nullValue());
        me().get("/api/v1/bookings/" + hold).then().statusCode(404);
        me().get("/api/v1/bookings/" + foreign).then().statusCode(404);
        me().get("/api/v1/bookings/" + foreign + "/calendar.ics").then().statusCode(404);
        assertThat(me().get("/api/v1/bookings/export.ics")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .contains(booking)
                .doesNotContain(hold, foreign);
    }

    @Test
    void lecturerWithoutCode_seesNothing() {
        book(cast, day(50), 9);
        var unknown = given().auth().oauth2(Tokens.lecturer("L-unknown"));

        unknown.get("/api/v1/bookings").then().statusCode(200).body("items", hasSize(0));
        given().auth()
                .oauth2(Tokens.lecturer("L-unknown"))
                .get("/api/v1/lecturers/me")
                .then()
                .statusCode(404);
    }

    @Test
    void profile_hasNoContactData() {
        String profile = me().get("/api/v1/lecturers/me")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(profile).contains(cast.lecturer().toString()).doesNotContain("example.org", "+86");
        me().put("/api/v1/lecturers/me").then().statusCode(405);
    }

    @Test
    void load_countsDaysAndWeeksWithJourneys() {
        String first = book(cast, day(50), 9);
        String second = post(
                        "/api/v1/bookings",
                        with(
                                lecture(cast, at(day(50), 14, 0), at(day(50), 15, 0)),
                                "venueId",
                                city.venueAt(30.1, 120.1)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        me().queryParam("from", day(50).toString())
                .queryParam("to", day(51).toString())
                .get("/api/v1/lecturers/me/load")
                .then()
                .statusCode(200)
                .body("days.date", contains(day(50).toString()), "days.lectures", contains(2))
                .body("weeks.lectures", contains(2))
                .body("journeys.fromBookingId", contains(first), "journeys.toBookingId", contains(second))
                .body("journeys.minutesAvailable", contains(240));
        me().queryParam("from", day(50).toString())
                .queryParam("to", day(49).toString())
                .get("/api/v1/lecturers/me/load")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("?to"));
    }
}
