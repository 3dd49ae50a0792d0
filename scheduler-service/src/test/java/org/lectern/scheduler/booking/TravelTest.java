package org.lectern.scheduler.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
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
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.scheduler.schedule.travel.Location;
import org.lectern.scheduler.schedule.travel.Travel;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.Roads;

/** A lecturer has enough time to travel between lectures: PostgreSQL refuses a booking that leaves too little. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class TravelTest {

    @Inject
    City city;

    @Inject
    Roads roads;

    @Inject
    Travel travel;

    private City.Cast here;
    /** 20.02 km further north: 40 minutes at 40 km/h with a detour of 1.3. */
    private City.Cast there;

    @BeforeEach
    void twoVillages() {
        UUID topic = city.topic(60);
        UUID lecturer = city.lecturer(topic);
        here = village(lecturer, topic, city.venueAt(30.0, 120.0));
        there = village(lecturer, topic, city.venueAt(30.18, 120.0));
    }

    private City.Cast village(UUID lecturer, UUID topic, UUID venue) {
        UUID branch = city.branch(null, "Asia/Shanghai", false);
        return new City.Cast(lecturer, topic, branch, "B-" + branch, venue);
    }

    private static OffsetDateTime time(int days, int hour, int minute) {
        return at(days, hour).plusMinutes(minute);
    }

    private static String booked(Map<String, Object> body) {
        return book(body).then().statusCode(201).extract().path("id");
    }

    private static Map<String, Object> broadcast(City.Cast cast, OffsetDateTime start, OffsetDateTime end) {
        Map<String, Object> body = new LinkedHashMap<>(lecture(cast, start, end));
        body.remove("venueId");
        body.put("format", "broadcast");
        body.put("joinLink", "https://live.example.org/r/17");
        return body;
    }

    private static Map<String, Object> moveTo(City.Cast cast, OffsetDateTime start) {
        return Map.of("start", lecture(cast, start, start.plusHours(1)).get("start"), "reason", "改期");
    }

    @Test
    void tooLittleTravelTime_isRefused() {
        String neighbour = booked(lecture(here, at(200, 9), at(200, 11)));

        book(lecture(there, time(200, 11, 39), at(200, 13)))
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("lecturer-travel"), "overridable", equalTo(true))
                .body("rules", contains("lecturer-travel"))
                .body("travel.bookingId", contains(neighbour), "travel.position", contains("before"))
                .body("travel.minutesNeeded", contains(40), "travel.minutesAvailable", contains(39))
                .body("travel[0].end", containsString("T11:00"))
                .body("errors[0].pointer", equalTo("/start"))
                .body("errors[0].detail", containsString("takes 40 minutes; 39 are available"));

        booked(lecture(there, time(200, 11, 40), at(200, 13)));
    }

    @Test
    void theRefusalSpeaksChinese() {
        booked(lecture(here, at(200, 9), at(200, 11)));

        organizer()
                .header("Idempotency-Key", key())
                .header("Accept-Language", "zh-CN")
                .body(lecture(there, at(200, 11), at(200, 12)))
                .post("/api/v1/bookings")
                .then()
                .statusCode(409)
                .body("title", equalTo("路途时间不足"), "detail", containsString("需 40 分钟，可用时间为 0 分钟"));
    }

    @Test
    void travelToBothNeighbours_counts() {
        String before = booked(lecture(here, at(201, 9), at(201, 10)));
        String after = booked(lecture(here, at(201, 12), at(201, 13)));

        book(lecture(there, time(201, 10, 30), time(201, 11, 30)))
                .then()
                .statusCode(409)
                .body("travel.bookingId", contains(before, after))
                .body("travel.position", contains("before", "after"))
                .body("travel.minutesAvailable", contains(30, 30))
                .body("rules", contains("lecturer-travel"));

        booked(lecture(there, time(201, 10, 40), time(201, 11, 20)));
    }

    @Test
    void travel_isCheckedPerLecturer() {
        booked(lecture(here, at(202, 9), at(202, 11)));

        booked(lecture(village(city.lecturer(there.topic()), there.topic(), there.venue()), at(202, 11), at(202, 12)));
    }

    @Test
    void buffersAreSpentAtTheVenue() {
        booked(lecture(here, at(203, 9), at(203, 11)));
        Map<String, Object> fieldClass = new LinkedHashMap<>(lecture(there, at(203, 12), at(203, 13)));
        fieldClass.put("format", "field-class");

        book(fieldClass)
                .then()
                .statusCode(409)
                .body("code", equalTo("lecturer-travel"), "travel.minutesAvailable", contains(30));

        fieldClass.put("start", lecture(there, time(203, 12, 10), at(203, 13)).get("start"));
        booked(fieldClass);
    }

    @Test
    void moveWithTooLittleTravelTime_isRefused() {
        booked(lecture(here, at(204, 9), at(204, 11)));
        String id = booked(lecture(there, at(204, 14), at(204, 15)));

        change(id, "change", 1, moveTo(there, time(204, 11, 30)))
                .then()
                .statusCode(409)
                .body("code", equalTo("lecturer-travel"));
        organizer().get("/api/v1/bookings/{id}", id).then().body("version", equalTo(1));
        change(id, "change", 1, moveTo(there, time(204, 11, 45))).then().statusCode(200);
    }

    @Test
    void moveOfTheNeighbour_isCheckedToo() {
        String first = booked(lecture(here, at(205, 9), at(205, 10)));
        booked(lecture(there, at(205, 11), at(205, 12)));

        change(first, "change", 1, moveTo(here, time(205, 9, 30)))
                .then()
                .statusCode(409)
                .body("code", equalTo("lecturer-travel"), "travel.position", contains("after"));
    }

    @Test
    void reassignmentWithTooLittleTravelTime_isRefused() {
        booked(lecture(here, at(206, 9), at(206, 11)));
        City.Cast other = village(city.lecturer(there.topic()), there.topic(), there.venue());
        String id = booked(lecture(other, at(206, 11), at(206, 12)));

        change(id, "change", 1, Map.of("lecturerId", here.lecturer(), "reason", "调整"))
                .then()
                .statusCode(409)
                .body("code", equalTo("lecturer-travel"));
    }

    @Test
    void bookingWithTooLittleTravelTime_isRefused() {
        booked(lecture(here, at(207, 9), at(207, 11)));
        City.Cast near = village(here.lecturer(), here.topic(), city.venueAt(30.001, 120.0));
        String id = booked(lecture(near, time(207, 11, 10), at(207, 12)));

        change(id, "change", 1, Map.of("venueId", there.venue(), "reason", "调整"))
                .then()
                .statusCode(409)
                .body("code", equalTo("lecturer-travel"));
    }

    @Test
    void travelRule_isOverriddenWithAReason() {
        booked(lecture(here, at(208, 9), at(208, 11)));
        Map<String, Object> body = new LinkedHashMap<>(lecture(there, at(208, 11), at(208, 12)));
        body.put("override", Map.of("reason", "专车接送"));

        String id = booked(body);

        organizer()
                .get("/api/v1/bookings/{id}/history", id)
                .then()
                .body("items[0].overrideReason", equalTo("专车接送"))
                .body("items[0].overridden", contains("lecturer-travel"));
    }

    @Test
    void travelOverride_appliesToOnePlaceAndTime() {
        String first = booked(lecture(here, at(209, 9), at(209, 11)));
        Map<String, Object> body = new LinkedHashMap<>(lecture(there, at(209, 11), at(209, 12)));
        body.put("override", Map.of("reason", "专车接送"));
        String overridden = booked(body);

        change(overridden, "change", 1, moveTo(there, time(209, 11, 5)))
                .then()
                .statusCode(409)
                .body("code", equalTo("lecturer-travel"));
        change(first, "change", 1, moveTo(here, at(209, 8))).then().statusCode(200);
        change(first, "change", 2, moveTo(here, at(209, 9)))
                .then()
                .statusCode(409)
                .body("code", equalTo("lecturer-travel"));
    }

    @Test
    void unknownPlace_needsNoTravelTime() {
        City.Cast nowhere = village(here.lecturer(), here.topic(), city.venue());
        String first = booked(lecture(here, at(210, 9), at(210, 11)));
        booked(lecture(nowhere, at(210, 11), at(210, 12)));
        String from = at(210, 0).toInstant().toString();
        String to = at(211, 0).toInstant().toString();

        organizer()
                .get("/api/v1/travel-conflicts?from={f}&to={t}&lecturerId={l}", from, to, here.lecturer())
                .then()
                .statusCode(200)
                .body("items", empty());
        organizer()
                .get(
                        "/api/v1/travel-conflicts?from={f}&to={t}&lecturerId={l}&includeUnknown=true",
                        from,
                        to,
                        here.lecturer())
                .then()
                .body("items.fromBookingId", contains(first), "items[0]", not(hasKey("minutesNeeded")));
    }

    @Test
    void roomWithoutCoordinates_isAtItsBranch() {
        City.Cast room = village(here.lecturer(), here.topic(), city.venue());
        city.place("branch", room.branch(), 30.18, 120.0);
        booked(lecture(here, at(211, 9), at(211, 11)));

        book(lecture(room, time(211, 11, 30), at(211, 12))).then().body("travel.minutesNeeded", contains(40));
    }

    @Test
    void broadcast_needsNoPlaceButTravelNeedsOneFreeInterval() {
        booked(lecture(here, at(212, 9), at(212, 10)));
        booked(broadcast(there, time(212, 10, 30), at(212, 11)));

        book(lecture(there, time(212, 11, 35), at(212, 13)))
                .then()
                .statusCode(409)
                .body("code", equalTo("lecturer-travel"), "travel.minutesAvailable", contains(35));

        booked(lecture(there, time(212, 11, 40), at(212, 13)));
    }

    @Test
    void broadcastDuringTravel_isRefused() {
        booked(lecture(here, at(213, 9), at(213, 10)));
        booked(lecture(there, at(213, 11), at(213, 12)));

        book(broadcast(here, time(213, 10, 25), time(213, 10, 45)))
                .then()
                .statusCode(409)
                .body("code", equalTo("lecturer-travel"));
        booked(broadcast(here, at(213, 10), time(213, 10, 20)));
    }

    @Test
    void hold_reservesTravelUntilItExpires() {
        Map<String, Object> hold = new LinkedHashMap<>(lecture(here, at(214, 9), at(214, 11)));
        hold.put("hold", Map.of());
        String id = booked(hold);
        book(lecture(there, at(214, 11), at(214, 12))).then().body("code", equalTo("lecturer-travel"));

        city.run("UPDATE booking SET hold_expires_at = now() - interval '1 second' WHERE id = ?", UUID.fromString(id));

        booked(lecture(there, at(214, 11), at(214, 12)));
    }

    @Test
    void movedPlace_keepsBookingsAndIsListed() {
        String first = booked(lecture(here, at(215, 9), at(215, 11)));
        Map<String, Object> held = new LinkedHashMap<>(lecture(there, time(215, 11, 45), at(215, 13)));
        held.put("hold", Map.of());
        String second = booked(held);

        city.place("venue", there.venue(), 30.36, 120.0);

        change(second, "confirm", 1, Map.of()).then().statusCode(200);
        String from = at(215, 0).toInstant().toString();
        String to = at(216, 0).toInstant().toString();
        organizer()
                .get("/api/v1/travel-conflicts?from={f}&to={t}&lecturerId={l}", from, to, here.lecturer())
                .then()
                .statusCode(200)
                .body("items.fromBookingId", contains(first), "items.toBookingId", contains(second))
                .body("items.minutesNeeded", contains(79), "items.minutesAvailable", contains(45))
                .body("items.overridden", contains(false), "hasMore", equalTo(false));
        change(second, "change", 2, moveTo(there, time(215, 11, 50)))
                .then()
                .statusCode(409)
                .body("travel.minutesNeeded", contains(79));
        change(second, "change", 2, moveTo(there, at(215, 13))).then().statusCode(200);
        change(second, "cancel", 3, Map.of("reason", "取消")).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z,?to",
        "from=x&to=2026-01-01T00:00:00Z,?from",
        "to=2026-01-01T00:00:00Z,?from",
        "from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z,?to"
    })
    void travelConflicts_needAValidRange(String query, String pointer) {
        organizer()
                .get("/api/v1/travel-conflicts?" + query)
                .then()
                .statusCode(400)
                .body("errors.pointer", contains(pointer));
    }

    @Test
    void concurrentLecturesTooFarApart_oneSucceeds() throws Exception {
        UUID topic = city.topic(60);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 25; round++) {
                UUID lecturer = city.lecturer(topic);
                var start = new CyclicBarrier(4);
                List<Future<Integer>> answers = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    City.Cast cast = village(lecturer, topic, i % 2 == 0 ? here.venue() : there.venue());
                    int day = 220 + round;
                    int hour = 9 + i;
                    answers.add(threads.submit(() -> {
                        start.await();
                        return book(lecture(cast, at(day, hour), at(day, hour).plusMinutes(30)))
                                .statusCode();
                    }));
                }
                List<Integer> statuses = new ArrayList<>();
                for (var answer : answers) {
                    statuses.add(answer.get());
                }
                // 30 minutes between conflicts, 90 between the first and the third
                assertThat(statuses)
                        .allMatch(status -> status == 201 || status == 409)
                        .contains(201);
                for (int i = 0; i < 3; i++) {
                    assertThat(List.of(statuses.get(i), statuses.get(i + 1))).isNotEqualTo(List.of(201, 201));
                }
            }
        }
    }

    @Test
    void tooLittleTravelTime_isRefusedByTheDatabase() {
        booked(lecture(here, at(216, 9), at(216, 11)));
        String insert = "INSERT INTO booking (id, version, status, lecturer_id, topic_id, branch_id, venue_id, format,"
                + " starts_at, ends_at, zone, occupied_from, occupied_until, branch_exclusive, created_at, created_by, updated_at)"
                + " VALUES (uuidv7(), 1, 'CONFIRMED', ?, ?, ?, ?, 'lecture', ?, ?, 'UTC', ?, ?, true, now(), 'test', now())";
        OffsetDateTime start = at(216, 11);
        OffsetDateTime end = at(216, 12);

        assertThatThrownBy(() -> city.run(
                        insert, there.lecturer(), there.topic(), there.branch(), there.venue(), start, end, start, end))
                .hasMessageContaining("cannot get there in time");
        city.run(
                insert,
                there.lecturer(),
                there.topic(),
                there.branch(),
                there.venue(),
                start.plusHours(1),
                end.plusHours(1),
                start.plusHours(1),
                end.plusHours(1));
    }

    @Test
    void theEstimateInMemoryIsTheOneOfTheDatabase() {
        var random = new Random(17);
        for (int i = 0; i < 300; i++) {
            double scale = i % 3 == 0 ? 90 : 1;
            double[] p = random.doubles(4, -scale, scale).toArray();
            long stored = city.count(
                    "SELECT travel_minutes(NULL, NULL, ?, ?, NULL, NULL, ?, ?)", p[0], p[1] * 2, p[2], p[3] * 2);

            OptionalInt estimate = travel.times().minutes(Location.at(p[0], p[1] * 2), Location.at(p[2], p[3] * 2));

            assertThat(estimate).hasValue((int) stored);
        }
        assertThat(travel.times().minutes(null, Location.at(1.0, 1.0))).isEmpty();
    }

    @Test
    void providedTravelTime_precedesTheEstimate() {
        roads.takes(75, here.venue(), there.venue());
        booked(lecture(here, at(217, 9), at(217, 11)));

        book(lecture(there, at(217, 12), at(217, 13))).then().body("travel.minutesNeeded", contains(75));
        String id = booked(lecture(there, time(217, 12, 15), at(217, 13)));

        organizer()
                .get("/api/v1/travel-times?placeId={id}", here.venue())
                .then()
                .body("items.source", contains("PROVIDER"), "items.minutes", contains(75));
        city.place("venue", there.venue(), 30.36, 120.0);
        organizer()
                .get("/api/v1/travel-times?placeId={id}", here.venue())
                .then()
                .body("items", empty());
        roads.takes(60, here.venue(), there.venue());
        change(id, "change", 1, moveTo(there, at(217, 12))).then().statusCode(200);
    }

    private static Response set(Object one, Object other, int minutes, String ifMatch) {
        var request = organizer();
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        return request.body(Map.of("minutes", minutes, "note", "绕行大桥"))
                .put("/api/v1/travel-times/{one}/{other}", one, other);
    }

    @Test
    void enteredTravelTime_counts() {
        set(there.venue(), here.venue(), 90, null).then().statusCode(200).header("ETag", equalTo("\"1\""));
        booked(lecture(here, at(218, 9), at(218, 11)));

        book(lecture(there, at(218, 12), at(218, 13))).then().body("travel.minutesNeeded", contains(90));

        organizer()
                .header("If-Match", "\"1\"")
                .delete("/api/v1/travel-times/{a}/{b}", here.venue(), there.venue())
                .then()
                .statusCode(204);
        booked(lecture(there, at(218, 12), at(218, 13)));
    }

    @Test
    void travelTimeOfNearerPlaces_precedes() {
        City.Cast room = village(here.lecturer(), here.topic(), city.venue());
        city.run("UPDATE venue SET branch_id = ? WHERE id = ?", room.branch(), room.venue());
        set(here.venue(), room.branch(), 50, null).then().statusCode(200);
        booked(lecture(here, at(219, 9), at(219, 11)));
        book(lecture(room, at(219, 11), at(219, 12))).then().body("travel.minutesNeeded", contains(50));

        set(room.venue(), here.venue(), 5, null).then().statusCode(200);

        book(lecture(room, at(219, 11), at(219, 12))).then().body("travel.minutesNeeded", contains(5));
    }

    @Test
    void travelTime_isReadListedAndChangedByEtag() {
        organizer()
                .get("/api/v1/travel-times/{a}/{b}", here.venue(), there.venue())
                .then()
                .statusCode(404);
        set(here.venue(), there.venue(), 30, null)
                .then()
                .statusCode(200)
                .body("minutes", equalTo(30), "source", equalTo("MANUAL"), "place.kind", equalTo("venue"));
        organizer()
                .get("/api/v1/travel-times/{a}/{b}", there.venue(), here.venue())
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"1\""))
                .body("note", equalTo("绕行大桥"));
        set(here.venue(), there.venue(), 31, null).then().statusCode(428);
        set(here.venue(), there.venue(), 31, "\"7\"").then().statusCode(412);
        set(there.venue(), here.venue(), 31, "\"1\"").then().statusCode(200).body("version", equalTo(2));
        set(here.venue(), there.branch(), 31, "\"1\"").then().statusCode(404);

        set(here.venue(), there.branch(), 20, null).then().statusCode(200);
        String next = organizer()
                .get("/api/v1/travel-times?placeId={id}&limit=1", here.venue())
                .then()
                .statusCode(200)
                .extract()
                .path("nextCursor");
        organizer()
                .get("/api/v1/travel-times?placeId={id}&limit=1&cursor={c}", here.venue(), next)
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1), "nextCursor", nullValue());
    }

    @Test
    void travelTime_needsTwoExistingPlaces() {
        set(here.venue(), UUID.randomUUID(), 30, null).then().statusCode(404);
        set(here.venue(), here.venue(), 30, null).then().statusCode(400);
        set(here.venue(), here.lecturer(), 30, null).then().statusCode(404);
        set(here.venue(), there.venue(), 2881, null)
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/minutes"));
        set(here.venue(), there.venue(), -1, null).then().statusCode(400);
    }
}
