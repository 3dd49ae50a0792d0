package org.lectern.scheduler.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;
import static org.lectern.scheduler.support.Registries.body;
import static org.lectern.scheduler.support.Registries.create;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;

/** Conditional reads, {@code Allow}, cursors and ranges keep what HTTP promises. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class HttpSemanticsTest {

    @Inject
    City city;

    private static Response get(String path, String header, String value) {
        return organizer().header(header, value).get(path);
    }

    private static String book(City.Cast cast, int days) {
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

    @Test
    void currentTag_answersNotModified() {
        City.Cast cast = city.cast();
        String booking = book(cast, 30);
        for (String path : List.of(
                "/api/v1/bookings/" + booking,
                "/api/v1/bookings?lecturerId=" + cast.lecturer(),
                "/api/v1/bookings/" + booking + "/history",
                "/api/v1/bookings/" + booking + "/acknowledgements",
                "/api/v1/bookings/" + booking + "/calendar.ics",
                "/api/v1/bookings/export.ics?lecturerId=" + cast.lecturer(),
                "/api/v1/bookings/export.csv?lecturerId=" + cast.lecturer(),
                "/api/v1/topics/" + cast.topic(),
                "/api/v1/topics",
                "/api/v1/topics/export.csv",
                "/api/v1/lecturers/" + cast.lecturer(),
                "/api/v1/lecturers/" + cast.lecturer() + "/availability",
                "/api/v1/lecturers/export.csv",
                "/api/v1/branches/" + cast.branch(),
                "/api/v1/branches/export.csv",
                "/api/v1/venues/" + cast.venue(),
                "/api/v1/venues/" + cast.venue() + "/opening-hours",
                "/api/v1/venues/export.csv",
                "/api/v1/calendar/2026",
                "/api/v1/calendar?from=2026-10-01&to=2026-10-02")) {
            // The tag of a file covers whole tables: a hold of another test may expire between two calls.
            await().untilAsserted(() -> assertNotModified(path));
        }
    }

    private static void assertNotModified(String path) {
        Response first = organizer().get(path);
        assertThat(first.statusCode()).as(path).isEqualTo(200);
        String tag = first.header("ETag");
        assertThat(tag).as(path).matches("(W/)?\"[!#-~]+\"");

        for (String wanted :
                List.of(tag, "\"other\", " + tag, tag.startsWith("W/") ? tag.substring(2) : "W/" + tag, "*")) {
            Response again = get(path, "If-None-Match", wanted);
            assertThat(again.statusCode()).as(path + " " + wanted).isEqualTo(304);
            assertThat(again.header("ETag")).isEqualTo(tag);
            assertThat(again.asByteArray()).isEmpty();
        }
        assertThat(get(path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }

    @Test
    void tagOfABooking_coversTheNamesItShows() {
        City.Cast cast = city.cast();
        String path = "/api/v1/bookings/" + book(cast, 31);
        String tag = organizer().get(path).header("ETag");
        String file = "/api/v1/bookings/export.ics?lecturerId=" + cast.lecturer();
        String tagOfFile = organizer().get(file).header("ETag");

        city.run("UPDATE venue SET name = '新礼堂', version = version + 1, updated_at = now() WHERE id = ?", cast.venue());

        get(path, "If-None-Match", tag).then().statusCode(200).body("venue.name", equalTo("新礼堂"));
        assertThat(get(file, "If-None-Match", tagOfFile).statusCode()).isEqualTo(200);
        organizer()
                .header("If-Match", tag)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of("reason", "天气"))
                .post(path + "/cancel")
                .then()
                .statusCode(200);
    }

    @Test
    void fileUnchangedSinceItsDate_answersNotModified() {
        City.Cast cast = city.cast();
        String path = "/api/v1/bookings/" + book(cast, 32) + "/calendar.ics";
        for (String table : List.of("booking", "lecturer", "topic", "branch", "venue")) {
            city.run("UPDATE " + table
                    + " SET updated_at = now() - interval '1 minute' WHERE updated_at > now() - interval '1 minute'");
        }
        await().untilAsserted(() -> {
            String date = organizer().get(path).header("Last-Modified");
            assertThat(date).isNotNull();
            assertThat(get(path, "If-Modified-Since", date).statusCode()).isEqualTo(304);
        });
        assertThat(get(path, "If-Modified-Since", "Thu, 01 Jan 2026 00:00:00 GMT")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(path, "If-Modified-Since", "yesterday").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/bookings, 'GET, HEAD, OPTIONS, POST'",
        "/api/v1/bookings/import, 'OPTIONS, POST'",
        "/api/v1/bookings/export.ics, 'GET, HEAD, OPTIONS'",
        "/api/v1/bookings/bulk, 'OPTIONS, POST'",
        "/api/v1/topics/0198e6a0-5d2c-7c3e-9c60-0b0d1c2d3e4f, 'DELETE, GET, HEAD, OPTIONS, PUT'",
        "/api/v1/calendar/2026, 'GET, HEAD, OPTIONS, PUT'"
    })
    void allow_tellsTheTruth(String path, String allowed) {
        Set<String> expected = Set.of(allowed.split(", "));
        Response options = organizer().options(path);

        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(Set.of(options.header("Allow").split(", "))).isEqualTo(expected);
        for (String method : List.of("GET", "PUT", "PATCH", "DELETE", "POST")) {
            if (!expected.contains(method)) {
                Response refused = organizer().request(method, path);
                assertThat(refused.statusCode()).as(method).isEqualTo(405);
                assertThat(Arrays.asList(refused.header("Allow").split(", "))).hasSameElementsAs(expected);
            }
        }
    }

    @Test
    void cursor_isBoundToItsListAndFilters() {
        for (int i = 0; i < 2; i++) {
            create("topics", body("topics"));
            create("venues", body("venues"));
        }
        String cursor =
                organizer().get("/api/v1/topics?limit=1").then().extract().path("nextCursor");

        organizer()
                .queryParam("cursor", cursor)
                .get("/api/v1/topics?limit=2")
                .then()
                .statusCode(200);
        for (String other :
                List.of("/api/v1/venues?limit=1", "/api/v1/topics?limit=1&q=x", "/api/v1/topics?archived=true")) {
            organizer()
                    .queryParam("cursor", cursor)
                    .get(other)
                    .then()
                    .statusCode(400)
                    .body("errors.pointer", hasItem("?cursor"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/bookings",
                "/api/v1/bookings/export.csv",
                "/api/v1/bookings/export.ics",
                "/api/v1/audit",
                "/api/v1/availability",
                "/api/v1/travel-conflicts"
            })
    void reversedRange_isRefused(String path) {
        organizer()
                .queryParam("from", "2027-03-02T00:00:00Z")
                .queryParam("to", "2027-03-01T00:00:00Z")
                .get(path)
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("?to"))
                .body("errors[0].detail", startsWith("must not be before"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-30T09:00:00+08:00, 2026-02-30",
        "2027-02-29T09:00:00Z, 2027-02-29",
        "2026-13-01T09:00:00Z, 2026-13-01"
    })
    void dayThatDoesNotExist_isNamed(String time, String day) {
        organizer()
                .queryParam("from", time)
                .get("/api/v1/bookings")
                .then()
                .statusCode(400)
                .body("errors[0].detail", equalTo("must be a day of the calendar; " + day + " does not exist"));
        organizer()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of("start", time))
                .post("/api/v1/bookings")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/start"))
                .body("errors[0].detail", equalTo("must be a day of the calendar; " + day + " does not exist"));
        organizer()
                .header("If-Match", "\"1\"")
                .body(Map.of("announced", true, "days", List.of(Map.of("date", day, "name", "x", "isOffDay", true))))
                .put("/api/v1/calendar/2027")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/days/0/date"))
                .body("errors[0].detail", equalTo("must be a day of the calendar; " + day + " does not exist"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plans/;a=b/items/%25/why", "bookings/;a=b/%25", "bookings/x;a=%25", "lecturers/%25;x/%2525"})
    void escapedPercentBesideMatrixParameters_isNotFound(String path) {
        organizer()
                .urlEncodingEnabled(false)
                .get("/api/v1/" + path)
                .then()
                .statusCode(404)
                .body("code", equalTo("not-found"));
    }
}
