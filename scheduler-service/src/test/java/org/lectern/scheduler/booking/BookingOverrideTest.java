package org.lectern.scheduler.booking;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.lectern.scheduler.booking.BookingApi.at;
import static org.lectern.scheduler.booking.BookingApi.book;
import static org.lectern.scheduler.booking.BookingApi.lecture;
import static org.lectern.scheduler.booking.BookingApi.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;

/** Overriding a rule requires a reason, which the history keeps; a conflict is never overridden. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class BookingOverrideTest {

    @Inject
    City city;

    @Test
    void anOverrideThatWasNotNeededIsKeptAsSuch() {
        City.Cast cast = city.cast();
        Map<String, Object> body = lecture(cast, at(80, 9), at(80, 11));
        body.put("override", Map.of("reason", "讲师已同意"));

        String id = book(body).then().statusCode(201).extract().path("id");

        organizer()
                .get("/api/v1/bookings/{id}/history", id)
                .then()
                .body("items[0].overrideReason", equalTo("讲师已同意"), "items[0].overridden", empty());
    }

    @Test
    void withoutAnOverrideTheHistoryNamesNone() {
        String id = book(lecture(city.cast(), at(80, 9), at(80, 11)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        organizer()
                .get("/api/v1/bookings/{id}/history", id)
                .then()
                .body("items[0]", not(hasKey("overrideReason")), "items[0]", not(hasKey("overridden")));
    }

    @Test
    void conflict_isNotOverridden() {
        City.Cast cast = city.cast();
        book(lecture(cast, at(80, 9), at(80, 11))).then().statusCode(201);
        Map<String, Object> body = lecture(cast, at(80, 10), at(80, 12));
        body.put("override", Map.of("reason", "一定要"));

        book(body).then().statusCode(409).body("code", equalTo("lecturer-occupied"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\n\t"})
    void anOverrideNeedsAReason(String reason) {
        Map<String, Object> body = lecture(city.cast(), at(80, 9), at(80, 11));
        body.put("override", Map.of("reason", reason));

        book(body).then().statusCode(400).body("errors.pointer", contains("/override/reason"));
    }

    @Test
    void anOverridesReasonIsBounded() {
        Map<String, Object> body = lecture(city.cast(), at(80, 9), at(80, 11));
        body.put("override", Map.of("reason", "好".repeat(501)));

        book(body).then().statusCode(400).body("errors.pointer", contains("/override/reason"));
    }
}
