package org.lectern.scheduler.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
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
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;

/**
 * No two active bookings of one lecturer, venue or branch overlap: PostgreSQL refuses the second, and the answer gives
 * the reason.
 */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class BookingConflictTest {

    @Inject
    City city;

    @Test
    void twoHundredAtOnceForOneSlot_oneSucceeds() throws Exception {
        City.Cast cast = city.cast();
        Map<String, Object> body = lecture(cast, at(10, 9), at(10, 11));
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Integer>> answers = new ArrayList<>();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                Callable<Integer> call = () -> {
                    go.await();
                    return book(body).statusCode();
                };
                answers.add(threads.submit(call));
            }
            go.countDown();
        }

        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
            statuses.add(answer.get());
        }
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(199);
        assertThat(city.count("SELECT count(*) FROM booking WHERE lecturer_id = ?", cast.lecturer()))
                .isEqualTo(1);
        assertThat(city.count(
                        "SELECT count(*) FROM outbox o JOIN booking b ON b.id = o.aggregate_id"
                                + " WHERE b.lecturer_id = ?",
                        cast.lecturer()))
                .isEqualTo(1);
    }

    @Test
    void oppositeRoles_neverDeadlock() throws Exception {
        City.Cast one = city.cast();
        City.Cast two = city.cast();
        var crossed = new City.Cast(one.lecturer(), one.topic(), two.branch(), two.branchCode(), two.venue());
        List<Future<Integer>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 60; i++) {
                City.Cast cast = List.of(
                                one, new City.Cast(one.lecturer(), one.topic(), two.branch(), "", one.venue()), crossed)
                        .get(i % 3);
                Map<String, Object> body = lecture(cast, at(11, 8 + i % 4), at(11, 9 + i % 4));
                answers.add(threads.submit(() -> book(body).statusCode()));
            }
        }
        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isIn(201, 409);
        }
    }

    @Test
    void touchingIntervalsAreBothAccepted() {
        City.Cast cast = city.cast();

        book(lecture(cast, at(12, 9), at(12, 10))).then().statusCode(201);
        book(lecture(cast, at(12, 10), at(12, 11))).then().statusCode(201);
        book(lecture(cast, at(12, 8), at(12, 9))).then().statusCode(201);
    }

    @ParameterizedTest(name = "{0}:00-{1}:00 against 9:00-11:00")
    @CsvSource({"9,11", "8,10", "10,12", "8,12", "10,11"})
    void anOverlapIsRefusedAndNamesWhatClashed(int from, int to) {
        City.Cast cast = city.cast();
        String id = book(lecture(cast, at(13, 9), at(13, 11)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        book(lecture(cast, at(13, from), at(13, to)))
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("lecturer-occupied"), "type", equalTo("urn:lectern:problem:lecturer-occupied"))
                .body("conflicts.resource", contains("lecturer", "venue", "branch"))
                .body("conflicts.bookingId", contains(id, id, id))
                .body("errors.pointer", contains("/lecturerId", "/venueId", "/branchId"));
    }

    @Test
    void eachResource_conflictsIndependently() {
        City.Cast cast = city.cast();
        book(lecture(cast, at(14, 9), at(14, 11))).then().statusCode(201);
        City.Cast other = city.cast();

        var sameVenue = new City.Cast(other.lecturer(), other.topic(), other.branch(), "", cast.venue());
        book(lecture(sameVenue, at(14, 9), at(14, 11))).then().statusCode(409).body("code", equalTo("venue-occupied"));
        var sameBranch = new City.Cast(other.lecturer(), other.topic(), cast.branch(), "", other.venue());
        book(lecture(sameBranch, at(14, 9), at(14, 11)))
                .then()
                .statusCode(409)
                .body("code", equalTo("branch-occupied"));
        book(lecture(other, at(14, 9), at(14, 11))).then().statusCode(201);
    }

    @Test
    void aParallelBranchHoldsSeveralLecturesAtOnce() {
        City.Cast one = city.cast();
        City.Cast two = city.cast();
        UUID college = city.branch(null, "Asia/Shanghai", true);

        book(lecture(new City.Cast(one.lecturer(), one.topic(), college, "", one.venue()), at(15, 9), at(15, 11)))
                .then()
                .statusCode(201);
        book(lecture(new City.Cast(two.lecturer(), two.topic(), college, "", two.venue()), at(15, 9), at(15, 11)))
                .then()
                .statusCode(201);
    }

    @Test
    void aCancelledLectureFreesItsSlot() {
        City.Cast cast = city.cast();
        String id = book(lecture(cast, at(16, 9), at(16, 11)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        change(id, "cancel", 1, Map.of("reason", "台风预警")).then().statusCode(200);

        book(lecture(cast, at(16, 9), at(16, 11))).then().statusCode(201);
    }

    @Test
    void aLectureIsNotMovedOntoAnother() {
        City.Cast cast = city.cast();
        book(lecture(cast, at(17, 9), at(17, 11))).then().statusCode(201);
        String id = book(lecture(cast, at(17, 14), at(17, 16)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        change(
                        id,
                        "change",
                        1,
                        Map.of("start", lecture(cast, at(17, 10), at(17, 12)).get("start"), "reason", "改期"))
                .then()
                .statusCode(409)
                .body("code", equalTo("lecturer-occupied"), "errors.pointer", hasItem("/start"));

        organizer().get("/api/v1/bookings/{id}", id).then().body("version", equalTo(1));
    }

    @Test
    void aLectureMayOverlapItsOwnFormerTime() {
        City.Cast cast = city.cast();
        String id = book(lecture(cast, at(18, 9), at(18, 11)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        change(
                        id,
                        "change",
                        1,
                        Map.of("start", lecture(cast, at(18, 10), at(18, 12)).get("start"), "reason", "改期"))
                .then()
                .statusCode(200)
                .body("end", equalTo(lecture(cast, at(18, 10), at(18, 12)).get("end")));
    }

    @Test
    void aLectureIsNotGivenToAnOccupiedLecturerOrVenue() {
        City.Cast cast = city.cast();
        City.Cast busy = city.cast();
        city.run("INSERT INTO lecturer_topic VALUES (?, ?)", busy.lecturer(), cast.topic());
        book(lecture(busy, at(19, 9), at(19, 11))).then().statusCode(201);
        String id = book(lecture(cast, at(19, 10), at(19, 12)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        change(id, "change", 1, Map.of("lecturerId", busy.lecturer(), "venueId", busy.venue(), "reason", "调整"))
                .then()
                .statusCode(409)
                .body("conflicts.resource", containsInAnyOrder("lecturer", "venue"));
    }

    @Test
    void overlappingInsert_isRefusedByTheDatabase() {
        City.Cast cast = city.cast();
        String insert = "INSERT INTO booking (id, version, status, lecturer_id, topic_id, branch_id, venue_id, format,"
                + " starts_at, ends_at, zone, occupied_from, occupied_until, branch_exclusive, created_at, created_by, updated_at)"
                + " VALUES (uuidv7(), 1, 'CONFIRMED', ?, ?, ?, ?, 'lecture', cast(? AS timestamptz), cast(? AS timestamptz),"
                + " 'UTC', cast(? AS timestamptz), cast(? AS timestamptz), true, now(), 'test', now())";
        String t = "2030-01-01T09:00Z";
        String u = "2030-01-01T10:00Z";

        assertThatThrownBy(
                        () -> city.run(insert, cast.lecturer(), cast.topic(), cast.branch(), cast.venue(), t, t, t, t))
                .hasMessageContaining("booking_times");
        assertThatThrownBy(
                        () -> city.run(insert, cast.lecturer(), cast.topic(), cast.branch(), cast.venue(), u, t, u, t))
                .hasMessageContaining("booking_times");
        assertThatThrownBy(() -> city.run(
                        insert, cast.lecturer(), cast.topic(), cast.branch(), cast.venue(), t, u, t, "infinity"))
                .hasMessageContaining("booking_times");
        assertThatThrownBy(() -> city.run(insert, null, cast.topic(), cast.branch(), cast.venue(), t, u, t, u))
                .hasMessageContaining("lecturer_id");
        city.run(insert, cast.lecturer(), cast.topic(), cast.branch(), cast.venue(), t, u, t, u);
        assertThatThrownBy(
                        () -> city.run(insert, cast.lecturer(), cast.topic(), cast.branch(), cast.venue(), t, u, t, u))
                .hasMessageContaining("_occupied");
    }

    @Test
    void theAnswerNeverQuotesTheDatabase() {
        City.Cast cast = city.cast();
        book(lecture(cast, at(20, 9), at(20, 11))).then().statusCode(201);

        String body = organizer()
                .header("Idempotency-Key", key())
                .header("Accept-Language", "zh-CN")
                .body(lecture(cast, at(20, 9), at(20, 11)))
                .post("/api/v1/bookings")
                .then()
                .statusCode(409)
                .header("Content-Language", "zh-CN")
                .body("title", equalTo("讲师已有安排"))
                .extract()
                .asString();

        assertThat(body).doesNotContainIgnoringCase("constraint", "sql", "exception", "org.", "tstzrange");
    }
}
