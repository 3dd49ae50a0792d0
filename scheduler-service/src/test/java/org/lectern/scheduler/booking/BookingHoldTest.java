package org.lectern.scheduler.booking;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.lectern.scheduler.booking.BookingApi.SHANGHAI;
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
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.Contract;
import org.lectern.scheduler.support.Topic;
import org.lectern.testing.Tokens;

/** A hold keeps its slot exactly until it expires, even if no process ran to end it. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class BookingHoldTest {

    @Inject
    City city;

    @Inject
    BookingCommands commands;

    @Inject
    Sql sql;

    @Inject
    DataSource database;

    private static Map<String, Object> hold(City.Cast cast, int day, Duration length) {
        Map<String, Object> body = lecture(cast, at(day, 9), at(day, 11));
        body.put("hold", Map.of("expiresAt", in(length)));
        return body;
    }

    private static String in(Duration length) {
        return Instant.now()
                .truncatedTo(ChronoUnit.SECONDS)
                .plus(length)
                .atZone(SHANGHAI)
                .toOffsetDateTime()
                .toString();
    }

    private static String held(City.Cast cast, int day) {
        return book(hold(cast, day, Duration.ofHours(2)))
                .then()
                .statusCode(201)
                .body("status", equalTo("HELD"))
                .extract()
                .path("id");
    }

    /** Lets the hold expire as if no process had run since. */
    private void letTimePass(String id) {
        city.run(
                "UPDATE booking SET hold_expires_at = now() - interval '1 millisecond' WHERE id = ?",
                UUID.fromString(id));
    }

    @Test
    void aHoldKeepsItsSlotAndSaysUntilWhen() {
        City.Cast cast = city.cast();
        String expiry = in(Duration.ofHours(2));
        Map<String, Object> body = lecture(cast, at(90, 9), at(90, 11));
        body.put("hold", Map.of("expiresAt", expiry));
        String id = book(body)
                .then()
                .statusCode(201)
                .body("status", equalTo("HELD"), "version", equalTo(1))
                .extract()
                .path("id");

        Response refused = book(lecture(cast, at(90, 10), at(90, 12)));

        refused.then()
                .statusCode(409)
                .body("code", equalTo("lecturer-occupied"), "conflicts[0].bookingId", equalTo(id));
        assertThat(OffsetDateTime.parse(refused.path("conflicts[0].heldUntil")))
                .isEqualTo(OffsetDateTime.parse(expiry));
    }

    /** The hall that the hold is moved to is not locked, so bookings there could get an earlier time than the expiry. */
    @Test
    void holdMovedWhileItExpires_isLeftToTheNextCall() throws Exception {
        City.Cast cast = city.cast();
        UUID id = UUID.fromString(held(cast, 89));
        UUID elsewhere = city.cast().venue();
        var session = new CompletableFuture<Integer>();
        try (Connection mover = database.getConnection();
                var executor = Executors.newSingleThreadExecutor()) {
            mover.setAutoCommit(false);
            try (Statement move = mover.createStatement()) {
                move.execute("SELECT FROM lecturer WHERE id = '" + cast.lecturer() + "' FOR NO KEY UPDATE");
                letTimePass(id.toString());
                Future<Boolean> ended = executor.submit(() -> Transactions.inNew(() -> {
                    session.complete(sql.one("SELECT pg_backend_pid() AS pid", row -> row.number("pid"))
                            .orElseThrow());
                    return commands.expire(id);
                }));
                int expiring = session.get();
                await().until(() -> city.count("SELECT cardinality(pg_blocking_pids(?))", expiring) > 0);
                move.execute("UPDATE booking SET venue_id = '" + elsewhere + "' WHERE id = '" + id + "'");
                mover.commit();

                assertThat(ended.get()).isFalse();
            }
        }
        await().untilAsserted(() -> assertThat(
                        city.count("SELECT count(*) FROM booking WHERE status = 'EXPIRED' AND id = ?", id))
                .isEqualTo(1));
    }

    @Test
    void theMomentAHoldExpiresItsSlotIsFreeAndTheExpiryIsHistory() {
        City.Cast cast = city.cast();
        String id = held(cast, 91);
        letTimePass(id);

        book(lecture(cast, at(91, 9), at(91, 11))).then().statusCode(201);

        organizer()
                .get("/api/v1/bookings/{id}", id)
                .then()
                .body("status", equalTo("EXPIRED"), "version", equalTo(2), "reason", nullValue());
        Response history = organizer().get("/api/v1/bookings/{id}/history", id);
        history.then()
                .body("items.action", contains("HELD", "EXPIRED"), "items[1].actor", equalTo("system"))
                .body("items[1].before.status", equalTo("HELD"), "items[1].after.status", equalTo("EXPIRED"));
        assertThat(OffsetDateTime.parse(history.path("items[1].at")).toInstant())
                .isEqualTo(OffsetDateTime.parse(history.path("items[1].after.hold.expiresAt"))
                        .toInstant());
        assertThat(city.count("SELECT count(*) FROM outbox WHERE aggregate_id = ?", UUID.fromString(id)))
                .isEqualTo(2);
    }

    @Test
    void expiredHold_isTakenByOneOfMany() throws Exception {
        City.Cast cast = city.cast();
        String id = held(cast, 92);
        letTimePass(id);
        List<Future<Integer>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                answers.add(threads.submit(
                        () -> book(lecture(cast, at(92, 9), at(92, 11))).statusCode()));
            }
        }
        List<Integer> statuses = new ArrayList<>();
        for (var answer : answers) {
            statuses.add(answer.get());
        }
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(39);
        assertThat(city.count(
                        "SELECT count(*) FROM audit_entry WHERE kind = 'BOOKING' AND subject = cast(? AS text) AND action = 'EXPIRED'",
                        UUID.fromString(id)))
                .isEqualTo(1);
    }

    @Test
    void overdueHold_isExpiredByTheSweep() {
        String id = held(city.cast(), 93);
        letTimePass(id);

        await().atMost(Duration.ofMinutes(2))
                .until(() -> city.count(
                                "SELECT count(*) FROM booking WHERE id = ? AND status = 'EXPIRED'", UUID.fromString(id))
                        == 1);
        List<String> types = Topic.read("lectern.bookings", id, 2).stream()
                .map(event -> {
                    Contract.validate(Topic.header(event, "ce_type"), event.value());
                    return Topic.header(event, "ce_type");
                })
                .toList();
        assertThat(types).containsExactly("lectern.booking.held.v1", "lectern.booking.expired.v1");
    }

    @Test
    void anOverdueHoldIsNeverReadAsHeld() {
        City.Cast cast = city.cast();
        String id = held(cast, 93);
        letTimePass(id);

        organizer()
                .get("/api/v1/bookings/{id}", id)
                .then()
                .header("ETag", startsWith("\"2-"))
                .body("status", equalTo("EXPIRED"));
        organizer().get("/api/v1/bookings/{id}/history", id).then().body("items.action", contains("HELD", "EXPIRED"));
        organizer()
                .get("/api/v1/bookings?status=HELD&lecturerId={id}", cast.lecturer())
                .then()
                .body("items.size()", equalTo(0));
        organizer()
                .get("/api/v1/bookings?status=EXPIRED&lecturerId={id}", cast.lecturer())
                .then()
                .body("items.id", contains(id));
    }

    @Test
    void confirmingAHoldTellsTheBranchForTheFirstTime() {
        City.Cast cast = city.cast();
        String id = held(cast, 94);
        change(
                        id,
                        "change",
                        1,
                        Map.of("start", lecture(cast, at(94, 14), at(94, 16)).get("start"), "reason", "试排"))
                .then()
                .statusCode(200)
                .body("status", equalTo("HELD"), "version", equalTo(2), "hold", hasKey("expiresAt"));
        change(id, "extend", 2, Map.of("expiresAt", in(Duration.ofHours(5))))
                .then()
                .statusCode(200)
                .body("status", equalTo("HELD"), "version", equalTo(3));

        confirm(id, 3)
                .then()
                .statusCode(200)
                .header("ETag", "\"4\"")
                .body("status", equalTo("CONFIRMED"), "version", equalTo(4), "hold", nullValue());

        organizer()
                .get("/api/v1/bookings/{id}/history", id)
                .then()
                .body("items.action", contains("HELD", "CHANGED", "EXTENDED", "CONFIRMED"));
        var events = Topic.read("lectern.bookings", id, 4);
        events.forEach(event -> Contract.validate(Topic.header(event, "ce_type"), event.value()));
        assertThat(events)
                .extracting(event -> Topic.header(event, "ce_type"))
                .containsExactly(
                        "lectern.booking.held.v1",
                        "lectern.booking.held.v1",
                        "lectern.booking.held.v1",
                        "lectern.booking.confirmed.v1");
        city.run("UPDATE booking SET updated_at = now() WHERE id = ?", UUID.fromString(id));
        book(lecture(cast, at(94, 14), at(94, 16))).then().statusCode(409);
    }

    private static Response confirm(String id, int version) {
        return organizer()
                .header("Idempotency-Key", key())
                .header("If-Match", "\"" + version + "\"")
                .post("/api/v1/bookings/{id}/confirm", id);
    }

    @Test
    void expiredHold_isNotConfirmed() {
        City.Cast cast = city.cast();
        String id = held(cast, 95);
        letTimePass(id);

        confirm(id, 1)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("hold-expired"), "slotFree", equalTo(true), "$", hasKey("expiredAt"));

        book(lecture(cast, at(95, 10), at(95, 12))).then().statusCode(201);
        confirm(id, 1).then().statusCode(409).body("code", equalTo("hold-expired"), "slotFree", equalTo(false));
        for (String verb : List.of("change", "cancel", "release", "extend", "complete")) {
            Map<String, Object> body = switch (verb) {
                case "change" -> Map.of("start", in(Duration.ofDays(40)), "reason", "改期");
                case "complete" -> Map.of("headCount", 3);
                case "extend" -> Map.of("expiresAt", in(Duration.ofHours(3)));
                default -> Map.of("reason", "不用了");
            };
            change(id, verb, 2, body).then().statusCode(409).body("code", equalTo("hold-expired"));
        }
    }

    @Test
    void aReleasedHoldFreesItsSlot() {
        City.Cast cast = city.cast();
        String id = held(cast, 96);

        change(id, "release", 1, Map.of())
                .then()
                .statusCode(200)
                .body("status", equalTo("RELEASED"), "version", equalTo(2));

        book(lecture(cast, at(96, 9), at(96, 11))).then().statusCode(201);
        var events = Topic.read("lectern.bookings", id, 2);
        Contract.validate(Topic.header(events.get(1), "ce_type"), events.get(1).value());
        assertThat(Topic.header(events.get(1), "ce_type")).isEqualTo("lectern.booking.released.v1");
        change(id, "release", 2, Map.of()).then().statusCode(409).body("code", equalTo("booking-not-held"));
    }

    @Test
    void cancellingAHoldReleasesIt() {
        String id = held(city.cast(), 96);

        change(id, "cancel", 1, Map.of("reason", "不办了"))
                .then()
                .statusCode(200)
                .body("status", equalTo("RELEASED"), "reason", equalTo("不办了"));
    }

    @Test
    void aHoldConfirmedTwiceAtOnceIsConfirmedOnce() throws Exception {
        String id = held(city.cast(), 98);
        List<Future<Integer>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                boolean confirm = i % 2 == 0;
                answers.add(threads.submit(() -> confirm
                        ? confirm(id, 1).statusCode()
                        : change(id, "release", 1, Map.of()).statusCode()));
            }
        }
        List<Integer> statuses = new ArrayList<>();
        for (var answer : answers) {
            statuses.add(answer.get());
        }
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 412).hasSize(11);
    }

    @Test
    void holdForTooLong_isRefusedAtItsField() {
        book(hold(city.cast(), 99, Duration.ofDays(15)))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.pointer", contains("/hold/expiresAt"));
    }

    @Test
    void aBranchSeesNoHolds() {
        City.Cast cast = city.cast();
        String id = held(cast, 99);
        var branch = given().auth().oauth2(Tokens.branch(cast.branchCode()));

        branch.get("/api/v1/bookings/{id}", id).then().statusCode(404);
        given().auth()
                .oauth2(Tokens.branch(cast.branchCode()))
                .get("/api/v1/bookings")
                .then()
                .body("items.size()", equalTo(0));
        confirm(id, 1).then().statusCode(200);
        given().auth()
                .oauth2(Tokens.branch(cast.branchCode()))
                .get("/api/v1/bookings")
                .then()
                .body("items.id", contains(id));
    }

    @Test
    void buffersOfTheFormatAreOccupiedTooAndMoveAlong() {
        City.Cast cast = city.cast();
        Map<String, Object> body = lecture(cast, at(100, 9), at(100, 11));
        body.put("format", "field-class"); // 30 minutes before, 15 after in tests
        String id = book(body)
                .then()
                .statusCode(201)
                .body("occupiedFrom", equalTo(body.get("start").toString().replace("T09:00:00", "T08:30:00")))
                .body("occupiedUntil", equalTo(body.get("end").toString().replace("T11:00:00", "T11:15:00")))
                .extract()
                .path("id");

        book(lecture(cast, at(100, 11), at(100, 12)))
                .then()
                .statusCode(409)
                .body("conflicts[0].bookingId", equalTo(id));
        book(lecture(cast, at(100, 7), at(100, 8))).then().statusCode(201);
        change(
                        id,
                        "change",
                        1,
                        Map.of("start", lecture(cast, at(100, 8), at(100, 9)).get("start"), "reason", "提前"))
                .then()
                .statusCode(409);
        city.run("UPDATE booking SET occupied_from = starts_at WHERE id = ?", UUID.fromString(id));
        change(
                        id,
                        "change",
                        1,
                        Map.of("start", lecture(cast, at(100, 8), at(100, 9)).get("start"), "reason", "提前"))
                .then()
                .statusCode(200)
                .body(
                        "occupiedFrom",
                        equalTo(lecture(cast, at(100, 8), at(100, 9)).get("start")),
                        "version",
                        not(1));
    }
}
