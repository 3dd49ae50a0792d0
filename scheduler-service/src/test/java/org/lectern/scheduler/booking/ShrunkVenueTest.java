package org.lectern.scheduler.booking;

import static org.hamcrest.Matchers.endsWith;
import static org.lectern.scheduler.booking.BookingApi.at;
import static org.lectern.scheduler.booking.BookingApi.book;
import static org.lectern.scheduler.booking.BookingApi.change;
import static org.lectern.scheduler.booking.BookingApi.lecture;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;

/** A lecture that no longer fits its venue is not moved within it, with or without guests. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class ShrunkVenueTest {

    @Inject
    City city;

    private City.Cast cast;

    @BeforeEach
    void parties() {
        cast = city.cast();
        city.run("UPDATE venue SET capacity = 100 WHERE id = ?", cast.venue());
    }

    private String booked(boolean guests) {
        Map<String, Object> lecture = lecture(cast, at(80, 9), at(80, 10));
        lecture.put("expectedHeadCount", 60);
        if (guests) {
            lecture.put(
                    "guests",
                    List.of(Map.of("branchId", city.branch(null, "Asia/Shanghai", false), "expectedHeadCount", 10)));
        }
        String id = book(lecture).then().statusCode(201).extract().path("id");
        city.run("UPDATE venue SET capacity = 20 WHERE id = ?", cast.venue());
        return id;
    }

    private static ValidatableResponse send(String id, String action, Map<String, Object> body) {
        return change(id, action, 1, body).then();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void move_isRefused(boolean guests) {
        String id = booked(guests);

        send(id, "change", Map.of("start", at(81, 9).toString(), "reason", "改期"))
                .statusCode(409)
                .body("code", endsWith("over-capacity"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anotherLecturer_isAllowed(boolean guests) {
        String id = booked(guests);

        send(id, "change", Map.of("lecturerId", city.lecturer(cast.topic()), "reason", "病假"))
                .statusCode(200);
    }
}
