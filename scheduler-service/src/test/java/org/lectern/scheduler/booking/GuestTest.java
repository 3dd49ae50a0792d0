package org.lectern.scheduler.booking;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.lectern.scheduler.booking.BookingApi.at;
import static org.lectern.scheduler.booking.BookingApi.book;
import static org.lectern.scheduler.booking.BookingApi.change;
import static org.lectern.scheduler.booking.BookingApi.key;
import static org.lectern.scheduler.booking.BookingApi.lecture;
import static org.lectern.scheduler.booking.BookingApi.organizer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.Contract;
import org.lectern.scheduler.support.Topic;
import org.lectern.testing.Tokens;

/** Other branches join a lecture and are then occupied like its host. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class GuestTest {

    @Inject
    City city;

    private City.Cast cast;
    private UUID guest;

    @BeforeEach
    void aLectureAndABranchNearby() {
        cast = city.cast();
        guest = city.branch(null, "Asia/Shanghai", false);
    }

    private static String booked(Map<String, Object> body) {
        return book(body).then().statusCode(201).extract().path("id");
    }

    private Map<String, Object> withGuests(City.Cast cast, int day, int from, int to, Object... guests) {
        Map<String, Object> body = new LinkedHashMap<>(lecture(cast, at(day, from), at(day, to)));
        body.put("guests", List.of(guests));
        return body;
    }

    private static Map<String, Object> guest(UUID branch, int heads) {
        return Map.of("branchId", branch, "expectedHeadCount", heads);
    }

    private static Response leave(String id, int version, UUID branch) {
        return organizer()
                .header("Idempotency-Key", key())
                .header("If-Match", "\"" + version + "\"")
                .delete("/api/v1/bookings/{id}/guests/{branch}", id, branch);
    }

    /** Another lecture at that branch, with other parties. */
    private City.Cast elsewhere(UUID branch) {
        City.Cast other = city.cast();
        return new City.Cast(other.lecturer(), other.topic(), branch, "B-" + branch, other.venue());
    }

    @Test
    void aLectureIsBookedWithGuests() {
        String id = book(withGuests(cast, 300, 9, 11, guest(guest, 20)))
                .then()
                .statusCode(201)
                .body("guests.id", contains(guest.toString()))
                .body("guests.code", contains("B-" + guest), "guests.expectedHeadCount", contains(20))
                .extract()
                .path("id");

        organizer().get("/api/v1/bookings/{id}", id).then().body("guests.id", contains(guest.toString()));
    }

    @Test
    void withoutGuestsThereIsNoMember() {
        book(lecture(cast, at(300, 9), at(300, 11))).then().statusCode(201).body("$", not(hasKey("guests")));
    }

    @Test
    void aBranchJoinsAndLeaves() {
        String id = booked(lecture(cast, at(301, 9), at(301, 11)));

        change(id, "guests", 1, guest(guest, 5))
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"2\""))
                .body("guests.id", contains(guest.toString()));
        leave(id, 2, guest)
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"3\""))
                .body("$", not(hasKey("guests")));
        leave(id, 3, guest).then().statusCode(404);
        booked(lecture(elsewhere(guest), at(301, 9), at(301, 11)));

        organizer()
                .get("/api/v1/bookings/{id}/history", id)
                .then()
                .body("items.action", contains("CONFIRMED", "GUEST_JOINED", "GUEST_LEFT"))
                .body("items[1].after.guests.id", contains(guest.toString()))
                .body("items[2].before.guests.id", contains(guest.toString()));
    }

    @Test
    void aGuestIsNotHostElsewhereAtTheSameTime() {
        booked(withGuests(cast, 302, 9, 11, guest(guest, 1)));

        book(lecture(elsewhere(guest), at(302, 10), at(302, 12)))
                .then()
                .statusCode(409)
                .body("code", equalTo("branch-occupied"), "conflicts.branchId", contains(guest.toString()));
        booked(lecture(elsewhere(guest), at(302, 11), at(302, 12)));
    }

    @Test
    void aHostIsNotGuestElsewhereAtTheSameTime() {
        booked(lecture(elsewhere(guest), at(303, 10), at(303, 12)));

        book(withGuests(cast, 303, 9, 11, guest(guest, 1)))
                .then()
                .statusCode(409)
                .body("code", equalTo("guest-occupied"), "conflicts.resource", contains("guest"))
                .body("errors.pointer", contains("/guests"));
        String id = booked(lecture(cast, at(303, 9), at(303, 11)));
        change(id, "guests", 1, guest(guest, 1))
                .then()
                .statusCode(409)
                .body("code", equalTo("guest-occupied"), "errors.pointer", contains("/branchId"));
    }

    @Test
    void aGuestIsNotGuestOfTwoLecturesAtOnceNorMovedThere() {
        booked(withGuests(cast, 304, 9, 11, guest(guest, 1)));
        book(withGuests(city.cast(), 304, 10, 12, guest(guest, 1))).then().statusCode(409);
        String later = booked(withGuests(city.cast(), 304, 14, 15, guest(guest, 1)));

        change(
                        later,
                        "change",
                        1,
                        Map.of("start", lecture(cast, at(304, 10), at(304, 11)).get("start"), "reason", "改期"))
                .then()
                .statusCode(409)
                .body("code", equalTo("guest-occupied"));
        change(
                        later,
                        "change",
                        1,
                        Map.of("start", lecture(cast, at(304, 11), at(304, 12)).get("start"), "reason", "改期"))
                .then()
                .statusCode(200);
        book(lecture(elsewhere(guest), at(304, 11), at(304, 12))).then().statusCode(409);
        booked(lecture(elsewhere(guest), at(304, 14), at(304, 15)));
    }

    @Test
    void alternatives_suitTheGuests() {
        booked(withGuests(city.cast(), 315, 9, 12, guest(guest, 1)));

        List<String> starts = book(withGuests(cast, 315, 11, 13, guest(guest, 1)))
                .then()
                .statusCode(409)
                .body("code", equalTo("guest-occupied"))
                .extract()
                .path("alternatives.start");

        assertThat(starts)
                .isNotEmpty()
                .allSatisfy(start -> assertThat(OffsetDateTime.parse(start))
                        .matches(time -> time.isBefore(at(315, 7).plusMinutes(1)) || !time.isBefore(at(315, 12))));
    }

    @Test
    void pastLecture_takesNoGuests() {
        String id = booked(lecture(cast, at(316, 9), at(316, 11)));
        change(id, "cancel", 1, Map.of("reason", "取消")).then().statusCode(200);

        change(id, "guests", 2, guest(guest, 1))
                .then()
                .statusCode(409)
                .body("code", equalTo("booking-no-longer-active"));
        booked(lecture(elsewhere(guest), at(316, 9), at(316, 11)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | /guests",
                "{} | /guests",
                "[null] | /guests/0",
                "[{}] | /guests/0/branchId",
                "[{'branchId': null}] | /guests/0/branchId",
                "[{'branchId': 'x'}] | /guests/0/branchId",
                "[{'branchId': 1}] | /guests/0/branchId",
                "[{'branchId': '00000000-0000-0000-0000-000000000000'}] | /guests/0/branchId",
                "[{'branchId': 'ffffffff-ffff-ffff-ffff-ffffffffffff'}] | /guests/0/branchId",
                "[{'branchId': 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'host': true}] | /guests/0/host",
            })
    void guestsThatAreNoneArePointedAt(String guests, String pointer) throws Exception {
        Map<String, Object> body = lecture(cast, at(317, 9), at(317, 11));
        String json = new ObjectMapper().writeValueAsString(body);

        book(json.substring(0, json.length() - 1) + ",\"guests\":" + guests.replace('\'', '"') + "}")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-request"), "errors.pointer", contains(pointer));

        assertThat(city.count("SELECT count(*) FROM booking WHERE topic_id = ?", cast.topic()))
                .isZero();
    }

    @Test
    void aGuestThatHoldsLecturesInParallelMayBeAnywhere() {
        UUID college = city.branch(null, "Asia/Shanghai", true);
        booked(withGuests(cast, 305, 9, 11, guest(college, 1)));

        booked(lecture(elsewhere(college), at(305, 9), at(305, 11)));
        booked(withGuests(city.cast(), 305, 9, 11, guest(college, 1)));
    }

    @Test
    void guestsDoNotBeginToExcludeEachOtherWhenTheyOverlap() {
        UUID college = city.branch(null, "Asia/Shanghai", true);
        booked(withGuests(cast, 306, 9, 11, guest(college, 1)));
        booked(lecture(elsewhere(college), at(306, 9), at(306, 11)));

        organizer()
                .header("If-Match", "\"1\"")
                .body(Map.of("code", "B-" + college, "name", "学院", "kind", "college", "parallel", false))
                .put("/api/v1/branches/{id}", college)
                .then()
                .statusCode(409)
                .body("code", equalTo("lectures-overlap"));
    }

    @Test
    void aBranchWithLecturesToComeAsAGuestIsStillNeeded() {
        booked(withGuests(cast, 307, 9, 11, guest(guest, 1)));

        organizer()
                .header("If-Match", "\"1\"")
                .delete("/api/v1/branches/{id}", guest)
                .then()
                .statusCode(409)
                .body("code", equalTo("in-use"));
    }

    @Test
    void aCancelledLectureFreesItsGuests() {
        String id = booked(withGuests(cast, 308, 9, 11, guest(guest, 1)));
        change(id, "cancel", 1, Map.of("reason", "台风")).then().statusCode(200);

        booked(lecture(elsewhere(guest), at(308, 9), at(308, 11)));
    }

    @Test
    void guestsOverCapacity_needAReason() {
        city.run("UPDATE venue SET capacity = 100 WHERE id = ?", cast.venue());
        Map<String, Object> body = withGuests(cast, 309, 9, 11, guest(guest, 31));
        body.put("expectedHeadCount", 70);
        book(body)
                .then()
                .statusCode(409)
                .body("code", equalTo("guests-over-capacity"), "overridable", equalTo(true))
                .body("errors.pointer", contains("/guests"));
        body.put("guests", List.of(guest(guest, 30)));
        String id = booked(body);
        UUID third = city.branch(null, "Asia/Shanghai", false);

        change(id, "guests", 1, guest(third, 1)).then().statusCode(409).body("code", equalTo("guests-over-capacity"));
        change(id, "guests", 1, Map.of("branchId", third, "expectedHeadCount", 1, "override", Map.of("reason", "加座")))
                .then()
                .statusCode(200)
                .body("guests.id", containsInAnyOrder(guest.toString(), third.toString()));
        organizer()
                .get("/api/v1/bookings/{id}/history", id)
                .then()
                .body("items[1].overridden", contains("guests-over-capacity"));
    }

    @Test
    void refusedGuest_getsTheReason() {
        UUID gone = city.branch(null, "Asia/Shanghai", false);
        city.archive("branch", gone);
        book(withGuests(
                        cast,
                        310,
                        9,
                        11,
                        guest(cast.branch(), 1),
                        guest(guest, 1),
                        guest(guest, 1),
                        guest(gone, 1),
                        guest(UUID.randomUUID(), 1)))
                .then()
                .statusCode(400)
                .body(
                        "errors.pointer",
                        contains(
                                "/guests/0/branchId",
                                "/guests/2/branchId",
                                "/guests/3/branchId",
                                "/guests/4/branchId"));
        book(withGuests(cast, 310, 9, 11, guest(guest, -1)))
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/guests/0/expectedHeadCount"));
        book(withGuests(
                        cast,
                        310,
                        9,
                        11,
                        Collections.nCopies(51, guest(guest, 1)).toArray()))
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/guests"));
        String id = booked(withGuests(cast, 310, 9, 11, guest(guest, 1)));
        change(id, "guests", 1, guest(guest, 1)).then().statusCode(400).body("errors.pointer", contains("/branchId"));
        change(id, "guests", 1, guest(cast.branch(), 1)).then().statusCode(400);
    }

    @Test
    void joiningNeedsTheTagAndAKeyOfItsOwn() {
        String id = booked(lecture(cast, at(311, 9), at(311, 11)));
        String key = key();
        for (int i = 0; i < 2; i++) {
            organizer()
                    .header("Idempotency-Key", key)
                    .header("If-Match", "\"1\"")
                    .body(guest(guest, 1))
                    .post("/api/v1/bookings/{id}/guests", id)
                    .then()
                    .statusCode(200)
                    .body("version", equalTo(2));
        }
        change(id, "guests", 1, guest(city.branch(null, "UTC", false), 1))
                .then()
                .statusCode(412);
        organizer()
                .body(guest(guest, 1))
                .post("/api/v1/bookings/{id}/guests", id)
                .then()
                .statusCode(400);
        organizer()
                .header("If-Match", "\"2\"")
                .delete("/api/v1/bookings/{id}/guests/{g}", id, guest)
                .then()
                .statusCode(400);
        leave(id, 1, guest).then().statusCode(412);
    }

    @Test
    void aGuestSeesTheLectureAndOthersDoNot() {
        String id = booked(withGuests(cast, 312, 9, 11, guest(guest, 1)));
        UUID stranger = city.branch(null, "Asia/Shanghai", false);

        given().auth()
                .oauth2(Tokens.branch("B-" + guest))
                .get("/api/v1/bookings/{id}", id)
                .then()
                .statusCode(200);
        given().auth()
                .oauth2(Tokens.branch("B-" + guest))
                .get("/api/v1/bookings")
                .then()
                .body("items.id", contains(id));
        given().auth()
                .oauth2(Tokens.branch("B-" + stranger))
                .get("/api/v1/bookings/{id}", id)
                .then()
                .statusCode(404);
        organizer().get("/api/v1/bookings?branchId={b}", guest).then().body("items.id", contains(id));
        organizer().get("/api/v1/bookings?branchId={b}", cast.branch()).then().body("items.id", contains(id));
        organizer().get("/api/v1/bookings?branchId={b}", stranger).then().body("items", empty());
    }

    @Test
    void events_nameGuestsJoinedAndLeft() throws Exception {
        String id = booked(withGuests(cast, 313, 9, 11, guest(guest, 20)));
        UUID second = city.branch(null, "Asia/Shanghai", false);
        change(id, "guests", 1, guest(second, 5)).then().statusCode(200);
        leave(id, 2, guest).then().statusCode(200);
        var json = new ObjectMapper();

        var events = Topic.read("lectern.bookings", id, 3);

        for (var event : events) {
            Contract.validate(Topic.header(event, "ce_type"), event.value());
        }
        assertThat(Topic.header(events.get(1), "ce_type")).isEqualTo("lectern.booking.guests-changed.v1");
        var joined = json.readTree(events.get(1).value());
        assertThat(joined.at("/joined/0/id").asText()).isEqualTo(second.toString());
        assertThat(joined.at("/left")).isEmpty();
        assertThat(joined.at("/guests")).hasSize(2);
        var left = json.readTree(events.get(2).value());
        assertThat(left.at("/left/0/id").asText()).isEqualTo(guest.toString());
        assertThat(left.at("/guests/0/id").asText()).isEqualTo(second.toString());
    }

    @Test
    void guestsOfAHold_areOccupiedAndNotNotified() {
        Map<String, Object> body = withGuests(cast, 314, 9, 11, guest(guest, 1));
        body.put("hold", Map.of());
        String id = booked(body);
        book(lecture(elsewhere(guest), at(314, 9), at(314, 11))).then().statusCode(409);
        UUID second = city.branch(null, "Asia/Shanghai", false);
        change(id, "guests", 1, guest(second, 5)).then().statusCode(200);

        var events = Topic.read("lectern.bookings", id, 2);

        assertThat(Topic.header(events.get(1), "ce_type")).isEqualTo("lectern.booking.held.v1");
        city.run("UPDATE booking SET hold_expires_at = now() - interval '1 second' WHERE id = ?", UUID.fromString(id));
        booked(lecture(elsewhere(guest), at(314, 9), at(314, 11)));
    }

    @Test
    void hostAndGuestAtOnce_doNotBothSucceed() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 20; round++) {
                int day = 320 + round;
                UUID wanted = city.branch(null, "Asia/Shanghai", false);
                City.Cast host = elsewhere(wanted);
                City.Cast other = city.cast();
                String third = booked(lecture(city.cast(), at(day, 9), at(day, 11)));
                var start = new CyclicBarrier(3);
                List<Future<Integer>> answers = new ArrayList<>();
                answers.add(threads.submit(() -> {
                    start.await();
                    return book(lecture(host, at(day, 9), at(day, 11))).statusCode();
                }));
                answers.add(threads.submit(() -> {
                    start.await();
                    return book(withGuests(other, day, 10, 12, guest(wanted, 1)))
                            .statusCode();
                }));
                answers.add(threads.submit(() -> {
                    start.await();
                    return change(third, "guests", 1, guest(wanted, 1)).statusCode();
                }));
                List<Integer> statuses = new ArrayList<>();
                for (var answer : answers) {
                    statuses.add(answer.get());
                }
                assertThat(statuses).filteredOn(status -> status < 300).hasSize(1);
                assertThat(statuses).filteredOn(status -> status == 409).hasSize(2);
            }
        }
    }
}
