package org.lectern.scheduler.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.lectern.scheduler.booking.BookingApi.at;
import static org.lectern.scheduler.booking.BookingApi.book;
import static org.lectern.scheduler.booking.BookingApi.change;
import static org.lectern.scheduler.booking.BookingApi.key;
import static org.lectern.scheduler.booking.BookingApi.lecture;
import static org.lectern.scheduler.booking.BookingApi.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.testing.Tokens;

/** One key has one effect. A change requires the current version. Past bookings stay unchanged. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class BookingPreconditionsTest {

    @Inject
    City city;

    @Test
    void aRepeatGetsTheSameAnswerAndHasNoSecondEffect() {
        City.Cast cast = city.cast();
        String key = key();
        Map<String, Object> body = lecture(cast, at(30, 9), at(30, 11));

        Response first = organizer().header("Idempotency-Key", key).body(body).post("/api/v1/bookings");
        Response again = organizer().header("Idempotency-Key", key).body(body).post("/api/v1/bookings");

        first.then().statusCode(201);
        again.then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .header("Location", first.header("Location"));
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(city.count("SELECT count(*) FROM booking WHERE lecturer_id = ?", cast.lecturer()))
                .isEqualTo(1);
    }

    @Test
    void fiftyConcurrentRepeats_haveOneEffect() throws Exception {
        City.Cast cast = city.cast();
        String key = key();
        Map<String, Object> body = lecture(cast, at(31, 9), at(31, 11));
        List<Future<Response>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                answers.add(threads.submit(() ->
                        organizer().header("Idempotency-Key", key).body(body).post("/api/v1/bookings")));
            }
        }

        String id = null;
        for (Future<Response> answer : answers) {
            answer.get().then().statusCode(201);
            id = id == null ? answer.get().path("id") : id;
            assertThat(answer.get().<String>path("id")).isEqualTo(id);
        }
        assertThat(city.count("SELECT count(*) FROM booking WHERE lecturer_id = ?", cast.lecturer()))
                .isEqualTo(1);
    }

    @Test
    void aKeyIsForOneRequestOfOneCaller() {
        City.Cast cast = city.cast();
        String key = key();
        organizer()
                .header("Idempotency-Key", key)
                .body(lecture(cast, at(32, 9), at(32, 11)))
                .post("/api/v1/bookings")
                .then()
                .statusCode(201);

        organizer()
                .header("Idempotency-Key", key)
                .body(lecture(cast, at(33, 9), at(33, 11)))
                .post("/api/v1/bookings")
                .then()
                .statusCode(422)
                .body("code", equalTo("idempotency-key-reused"));
        organizer()
                .auth()
                .oauth2(Tokens.of("organizer", Map.of("subject", "another-organizer")))
                .header("Idempotency-Key", key)
                .body(lecture(cast, at(33, 9), at(33, 11)))
                .post("/api/v1/bookings")
                .then()
                .statusCode(201);
    }

    @Test
    void aFailureIsNotKeptUnderItsKey() {
        City.Cast cast = city.cast();
        String key = key();
        String inTheWay = book(lecture(cast, at(34, 9), at(34, 11)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        Map<String, Object> body = lecture(cast, at(34, 9), at(34, 11));
        organizer()
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/bookings")
                .then()
                .statusCode(409);
        change(inTheWay, "cancel", 1, Map.of("reason", "取消")).then().statusCode(200);

        organizer()
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/bookings")
                .then()
                .statusCode(201);
    }

    @Test
    void aChangeIsRepeatedSafelyEvenThoughItsTagIsStaleByThen() {
        City.Cast cast = city.cast();
        String id = book(lecture(cast, at(35, 9), at(35, 11)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String key = key();
        for (int i = 0; i < 2; i++) {
            organizer()
                    .header("Idempotency-Key", key)
                    .header("If-Match", "\"1\"")
                    .body(Map.of("reason", "取消"))
                    .post("/api/v1/bookings/{id}/cancel", id)
                    .then()
                    .statusCode(200)
                    .body("version", equalTo(2));
        }
    }

    @Test
    void withoutAKeyNothingIsBooked() {
        City.Cast cast = city.cast();

        organizer()
                .body(lecture(cast, at(36, 9), at(36, 11)))
                .post("/api/v1/bookings")
                .then()
                .statusCode(400)
                .body("code", equalTo("idempotency-key-missing"), "errors.pointer", hasItem("Idempotency-Key"));
        assertThat(city.count("SELECT count(*) FROM booking WHERE lecturer_id = ?", cast.lecturer()))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "with a space in the middle",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            })
    void aKeyOfAnotherFormIsRefused(String key) {
        organizer()
                .header("Idempotency-Key", key)
                .body(lecture(city.cast(), at(36, 9), at(36, 11)))
                .post("/api/v1/bookings")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("Idempotency-Key"));
    }

    @Test
    void change_needsTheEtag() {
        City.Cast cast = city.cast();
        String id = book(lecture(cast, at(37, 9), at(37, 11)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        organizer()
                .header("Idempotency-Key", key())
                .body(Map.of("reason", "取消"))
                .post("/api/v1/bookings/{id}/cancel", id)
                .then()
                .statusCode(428)
                .body("code", equalTo("precondition-required"));
        change(id, "cancel", 7, Map.of("reason", "取消"))
                .then()
                .statusCode(412)
                .header("ETag", "\"1\"")
                .body("code", equalTo("stale-version"), "currentVersion", equalTo(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "W/\"1\"", "1", "\"1\", \"2\"", "\"99999999999\"", "\"0\""})
    void onlyOneStrongTagIsAccepted(String tag) {
        City.Cast cast = city.cast();
        String id = book(lecture(cast, at(37, 9), at(37, 11)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        organizer()
                .header("Idempotency-Key", key())
                .header("If-Match", tag)
                .body(Map.of("reason", "取消"))
                .post("/api/v1/bookings/{id}/cancel", id)
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("If-Match"));
    }

    @Test
    void twoChangesOfOneVersion_oneSucceeds() throws Exception {
        City.Cast cast = city.cast();
        String id = book(lecture(cast, at(38, 9), at(38, 11)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        List<Future<Integer>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10; i++) {
                Map<String, Object> move = Map.of(
                        "start", lecture(cast, at(39, 8 + i), at(39, 9 + i)).get("start"), "reason", "改期");
                answers.add(threads.submit(() -> change(id, "change", 1, move).statusCode()));
            }
        }

        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
            statuses.add(answer.get());
        }
        assertThat(statuses)
                .containsOnlyOnce(200)
                .filteredOn(status -> status != 200)
                .hasSize(9)
                .containsOnly(412);
        assertThat(city.count(
                        "SELECT count(*) FROM audit_entry WHERE kind = 'BOOKING' AND subject = cast(? AS text)",
                        UUID.fromString(id)))
                .isEqualTo(2);
    }

    @Test
    void cancelledBooking_staysCancelled() {
        City.Cast cast = city.cast();
        String id = book(lecture(cast, at(40, 9), at(40, 11)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        change(id, "cancel", 1, Map.of("reason", "取消")).then().statusCode(200);

        for (var change : Map.<String, Map<String, Object>>of(
                        "cancel", Map.of("reason", "再次取消"),
                        "change",
                                Map.of(
                                        "start",
                                        lecture(cast, at(41, 9), at(41, 11)).get("start"),
                                        "reason",
                                        "改期"))
                .entrySet()) {
            change(id, change.getKey(), 2, change.getValue())
                    .then()
                    .statusCode(409)
                    .body(
                            "code",
                            equalTo("booking-no-longer-active"),
                            "status",
                            equalTo(409),
                            "bookingStatus",
                            equalTo("CANCELLED"));
        }
    }

    @Test
    void aChangeThatChangesNothingIsRefused() {
        City.Cast cast = city.cast();
        Map<String, Object> body = lecture(cast, at(43, 9), at(43, 11));
        String id = book(body).then().statusCode(201).extract().path("id");

        change(id, "change", 1, Map.of("start", body.get("start"), "reason", "改期"))
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/start"));
        change(id, "change", 1, Map.of("lecturerId", cast.lecturer(), "reason", "换人"))
                .then()
                .statusCode(400);
        change(id, "change", 1, Map.of("reason", "换人")).then().statusCode(400);
    }

    @Test
    void unknownBooking_isNotFound() {
        change(UUID.randomUUID().toString(), "cancel", 1, Map.of("reason", "取消"))
                .then()
                .statusCode(404)
                .body("code", equalTo("not-found"));
        organizer().get("/api/v1/bookings/{id}", UUID.randomUUID()).then().statusCode(404);
        organizer()
                .get("/api/v1/bookings/{id}/history", UUID.randomUUID())
                .then()
                .statusCode(404);
    }
}
