package org.lectern.scheduler.booking;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.lectern.scheduler.booking.BookingApi.at;
import static org.lectern.scheduler.booking.BookingApi.book;
import static org.lectern.scheduler.booking.BookingApi.change;
import static org.lectern.scheduler.booking.BookingApi.lecture;
import static org.lectern.scheduler.booking.BookingApi.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.testing.Tokens;

/** Lists are filtered, paged without gaps or repeats, and limited to the caller's scope. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class BookingListTest {

    @Inject
    City city;

    private String booked(City.Cast cast, int day, int hour) {
        return book(lecture(cast, at(day, hour), at(day, hour + 1)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    void aListIsWalkedInOrderWithoutGapOrRepeat() {
        City.Cast cast = city.cast();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            expected.add(booked(cast, 70 + i / 3, 8 + i % 3));
        }

        List<String> walked = new ArrayList<>();
        String cursor = null;
        do {
            var request = organizer().queryParam("lecturerId", cast.lecturer()).queryParam("limit", 3);
            JsonPath page = (cursor == null ? request : request.queryParam("cursor", cursor))
                    .get("/api/v1/bookings")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            walked.addAll(page.getList("items.id"));
            cursor = page.getString("nextCursor");
        } while (cursor != null);

        assertThat(walked).containsExactlyElementsOf(expected);
    }

    @Test
    void eachFilterFilters() {
        City.Cast cast = city.cast();
        String first = booked(cast, 75, 9);
        String second = booked(cast, 76, 9);
        change(second, "cancel", 1, Map.of("reason", "取消")).then().statusCode(200);

        for (String filter : List.of("lecturerId", "topicId", "branchId", "venueId")) {
            UUID id = switch (filter) {
                case "lecturerId" -> cast.lecturer();
                case "topicId" -> cast.topic();
                case "branchId" -> cast.branch();
                default -> cast.venue();
            };
            organizer().queryParam(filter, id).get("/api/v1/bookings").then().body("items.id", contains(first, second));
        }
        organizer()
                .queryParam("lecturerId", cast.lecturer())
                .queryParam("status", "CANCELLED")
                .get("/api/v1/bookings")
                .then()
                .body("items.id", contains(second), "nextCursor", nullValue());
    }

    @Test
    void range_findsOverlappingLecturesOnly() {
        City.Cast cast = city.cast();
        String nine = booked(cast, 77, 9);
        String ten = booked(cast, 77, 10);
        booked(cast, 77, 11);

        organizer()
                .queryParam("lecturerId", cast.lecturer())
                .queryParam("from", at(77, 9).plusMinutes(30).toString())
                .queryParam("to", at(77, 11).toString())
                .get("/api/v1/bookings")
                .then()
                .statusCode(200)
                .body("items.id", contains(nine, ten));
    }

    @Test
    void aBranchSeesItsSubtreeWithoutTheOrganizersNotesAndNothingElse() {
        City.Cast cast = city.cast();
        UUID county = city.branch(null, "Asia/Shanghai", false);
        UUID village = city.branch(county, "Asia/Shanghai", false);
        Map<String, Object> body =
                lecture(new City.Cast(cast.lecturer(), cast.topic(), village, "", cast.venue()), at(78, 9), at(78, 10));
        body.put("note", "only for organizers");
        String inside = book(body).then().statusCode(201).extract().path("id");
        String outside = booked(cast, 79, 9);
        String token = Tokens.branch("B-" + county);

        given().auth()
                .oauth2(token)
                .get("/api/v1/bookings")
                .then()
                .statusCode(200)
                .body("items.id", contains(inside), "items[0].note", nullValue());
        given().auth()
                .oauth2(token)
                .get("/api/v1/bookings/{id}", inside)
                .then()
                .statusCode(200)
                .body("note", nullValue());
        given().auth()
                .oauth2(token)
                .get("/api/v1/bookings/{id}", outside)
                .then()
                .statusCode(404)
                .body("code", equalTo("not-found"));
        given().auth()
                .oauth2(token)
                .queryParam("branchId", cast.branch())
                .get("/api/v1/bookings")
                .then()
                .statusCode(200)
                .body("items", empty());
        given().auth()
                .oauth2(Tokens.branch("B-nowhere"))
                .get("/api/v1/bookings")
                .then()
                .statusCode(200)
                .body("items", empty());
    }
}
