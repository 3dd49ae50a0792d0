package org.lectern.scheduler.booking.renotify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.chassis.database.Sql;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;

/** A renamed or moved venue, topic or lecturer reaches the branches that know the former name. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class RenotifyTest {

    @Inject
    City city;

    @Inject
    Sql sql;

    private City.Cast cast;

    @BeforeEach
    void parties() {
        cast = city.cast();
    }

    private String book(int days) {
        return organizer()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of(
                        "lecturerId",
                        cast.lecturer(),
                        "topicId",
                        cast.topic(),
                        "branchId",
                        cast.branch(),
                        "venueId",
                        cast.venue(),
                        "format",
                        "lecture",
                        "start",
                        LocalDate.now().plusDays(days) + "T10:00:00+08:00"))
                .post("/api/v1/bookings")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** Changes members of a registry entry. */
    private static ValidatableResponse change(String registry, UUID id, Map<String, Object> members) {
        String path = "/api/v1/" + registry + "/" + id;
        var read = organizer().get(path).then().statusCode(200).extract();
        Map<String, Object> body = new HashMap<>(read.jsonPath().getMap("$"));
        List.of("id", "version", "archived").forEach(body::remove);
        body.putAll(members);
        return organizer()
                .header("If-Match", read.header("ETag"))
                .body(body)
                .put(path)
                .then()
                .statusCode(200);
    }

    private ValidatableResponse renotify(String key) {
        return organizer()
                .header("Idempotency-Key", key)
                .body(Map.of("venueId", cast.venue(), "reason", "文化礼堂迁至新址", "reasonCode", "organizational"))
                .post("/api/v1/bookings/renotify")
                .then();
    }

    @Test
    void movedVenue_isNotifiedOnceAndAcknowledgedAgain() {
        String first = book(20);
        String second = book(21);
        city.run(
                "UPDATE booking SET starts_at = starts_at - interval '40 days', ends_at = ends_at - interval '40 days',"
                        + " occupied_from = occupied_from - interval '40 days', occupied_until = occupied_until - interval '40 days'"
                        + " WHERE id = ?",
                UUID.fromString(book(22)));
        for (String booking : List.of(first, second)) {
            city.run(
                    "INSERT INTO acknowledgement (booking_id, branch_id, version, at, channel, event_id)"
                            + " VALUES (?, ?, 1, now(), 'inbox', uuidv7())",
                    UUID.fromString(booking),
                    cast.branch());
        }
        organizer()
                .get("/api/v1/bookings?acknowledged=true&venueId=" + cast.venue())
                .then()
                .body("items.id", contains(first, second));

        String link = change("venues", cast.venue(), Map.of("name", "新文化礼堂", "place", Map.of("address", "青石村88号")))
                .body("outdatedBookings.count", equalTo(2))
                .extract()
                .path("outdatedBookings.link");
        organizer().get(link).then().statusCode(200).body("items.id", contains(first, second));

        String key = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            renotify(key)
                    .statusCode(200)
                    .body("bookingIds", contains(first, second))
                    .body("more", equalTo(false));
        }
        renotify(UUID.randomUUID().toString()).statusCode(200).body("bookingIds", empty());
        organizer().get(link).then().body("items", empty());
        organizer()
                .queryParam("from", Instant.now().toString())
                .get("/api/v1/bookings?acknowledged=false&venueId=" + cast.venue())
                .then()
                .body("items.id", contains(first, second));
        organizer()
                .get("/api/v1/bookings/" + first + "/history")
                .then()
                .body("items.action", contains("CONFIRMED", "RENOTIFIED"))
                .body("items[1].reason", equalTo("文化礼堂迁至新址"))
                .body("items[1].reasonCode", equalTo("organizational"))
                .body("items[1].after.version", equalTo(2))
                .body("items[1].after.venue.name", equalTo("新文化礼堂"));
        assertThat(sql.list(
                        "SELECT type || ' ' || (cast(data AS jsonb) -> 'before' -> 'venue' ->> 'name') || ' '"
                                + " || (cast(data AS jsonb) -> 'venue' ->> 'name') AS announced FROM outbox"
                                + " WHERE aggregate_id = ? ORDER BY version DESC LIMIT 1",
                        row -> row.text("announced"),
                        UUID.fromString(first)))
                .containsExactly("lectern.booking.changed.v1 文化礼堂 新文化礼堂");
    }

    @ParameterizedTest
    @CsvSource({"topics, title, topic", "lecturers, name, lecturer"})
    void renamedTopicOrLecturer_outdatesItsBookings(String registry, String member, String kind) {
        String booking = book(23);
        UUID id = kind.equals("topic") ? cast.topic() : cast.lecturer();

        change(registry, id, Map.of(member, "改名之后"))
                .body("outdatedBookings.count", equalTo(1))
                .body("outdatedBookings.link", equalTo("/api/v1/bookings?" + kind + "Id=" + id + "&outdated=true"));
        organizer()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of(kind + "Id", id, "reason", "名称变更"))
                .post("/api/v1/bookings/renotify")
                .then()
                .statusCode(200)
                .body("bookingIds", contains(booking));
    }

    @Test
    void changeOutsideNotices_outdatesNothing() {
        book(24);

        change("venues", cast.venue(), Map.of("capacity", 500)).body("outdatedBookings", nullValue());
        change("topics", cast.topic(), Map.of("durationMinutes", 45)).body("outdatedBookings", nullValue());
        change("lecturers", cast.lecturer(), Map.of("tier", "county")).body("outdatedBookings", nullValue());
    }

    @Test
    void hold_isNotOutdated() {
        organizer()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of(
                        "lecturerId",
                        cast.lecturer(),
                        "topicId",
                        cast.topic(),
                        "branchId",
                        cast.branch(),
                        "venueId",
                        cast.venue(),
                        "format",
                        "lecture",
                        "hold",
                        Map.of(),
                        "start",
                        LocalDate.now().plusDays(25) + "T10:00:00+08:00"))
                .post("/api/v1/bookings")
                .then()
                .statusCode(201);

        change("venues", cast.venue(), Map.of("name", "新文化礼堂")).body("outdatedBookings", nullValue());
    }
}
