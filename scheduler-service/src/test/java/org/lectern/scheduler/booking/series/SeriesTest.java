package org.lectern.scheduler.booking.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.lectern.scheduler.support.Lectures.at;
import static org.lectern.scheduler.support.Lectures.book;
import static org.lectern.scheduler.support.Lectures.change;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Lectures.key;
import static org.lectern.scheduler.support.Lectures.post;
import static org.lectern.scheduler.support.Lectures.with;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.City.Cast;
import org.lectern.scheduler.support.Contract;
import org.lectern.scheduler.support.Topic;

/** A repeated lecture: previewed, booked as a whole, and changed from one occurrence on. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class SeriesTest {

    private static final String SERIES = "/api/v1/series";

    @Inject
    City city;

    private static Map<String, Object> weekly(Cast cast, LocalDate from, int count) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("lecturerId", cast.lecturer());
        body.put("topicId", cast.topic());
        body.put("branchId", cast.branch());
        body.put("venueId", cast.venue());
        body.put("format", "lecture");
        body.put("startTime", "14:00");
        body.put("durationMinutes", 60);
        body.put("weekly", Map.of("from", from.toString(), "count", count));
        return body;
    }

    private static JsonPath booked(Map<String, Object> body) {
        return post(SERIES, body).then().statusCode(201).extract().jsonPath();
    }

    private static JsonPath read(String id) {
        return organizer()
                .get(SERIES + "/{id}", id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private long bookings(Cast cast) {
        return city.count("SELECT count(*) FROM booking WHERE lecturer_id = ?", cast.lecturer());
    }

    @Test
    void preview_namesConflictsAndStoresNothing() {
        Cast cast = city.cast();
        String other = book(cast, day(37), 14);

        organizer()
                .body(weekly(cast, day(30), 3))
                .post(SERIES + "/preview")
                .then()
                .statusCode(200)
                .body("free", equalTo(2), "unavailable", equalTo(1), "bookable", equalTo(false))
                .body("zone", equalTo("Asia/Shanghai"))
                .body("occurrences.outcome", contains("FREE", "CONFLICT", "FREE"))
                .body("occurrences.start", contains(at(day(30), 14, 0), at(day(37), 14, 0), at(day(44), 14, 0)))
                .body("occurrences[1].conflicts.resource", contains("lecturer", "venue", "branch"))
                .body("occurrences[1].conflicts.bookingId", everyItem(equalTo(other)))
                .body("occurrences[1].conflicts[0].branch.name", equalTo("青石村"));

        assertThat(bookings(cast)).isEqualTo(1);
        assertThat(city.count(
                        "SELECT count(*) FROM series WHERE pattern->>'lecturerId' = cast(? AS text)",
                        cast.lecturer().toString()))
                .isZero();
    }

    @Test
    void aSeriesIsBookedAsAWholeWithOneEventEach() {
        Cast cast = city.cast();

        JsonPath series = booked(weekly(cast, day(30), 3));

        List<String> ids = series.getList("occurrences.id");
        assertThat(ids).hasSize(3);
        assertThat(series.getInt("version")).isEqualTo(4);
        assertThat(series.<Boolean>getList("occurrences.seriesDetached")).containsOnly(false);
        organizer()
                .queryParam("seriesId", series.getString("id"))
                .get("/api/v1/bookings")
                .then()
                .body("items.id", equalTo(ids), "items.seriesId", everyItem(equalTo(series.getString("id"))));
        var events = Topic.read("lectern.bookings", java.util.Set.copyOf(ids), 3);
        assertThat(events).allSatisfy(event -> {
            Contract.validate("lectern.booking.confirmed.v1", event.value());
            assertThat(event.value()).contains("\"seriesId\":\"" + series.getString("id") + "\"");
        });
    }

    @Test
    void oneConflict_refusesTheWholeSeries() {
        Cast cast = city.cast();
        book(cast, day(37), 14);

        post(SERIES, weekly(cast, day(30), 3))
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("series-refused"), "detail", containsString("1 of 3"))
                .body("occurrences.date", contains(day(37).toString()))
                .body("occurrences[0].conflicts.resource", hasItem("lecturer"))
                .body("errors.pointer", everyItem(equalTo("/weekly")));

        assertThat(bookings(cast)).isEqualTo(1);
    }

    @Test
    void conflictingDates_areSkippedOnRequest() {
        Cast cast = city.cast();
        book(cast, day(37), 14);

        post(SERIES, with(weekly(cast, day(30), 3), "onConflict", "SKIP"))
                .then()
                .statusCode(201)
                .body("occurrences", hasSize(2), "skipped.date", contains(day(37).toString()))
                .body("skipped.outcome", contains("CONFLICT"));
        post(SERIES, with(weekly(cast, day(31), 3), "skip", List.of(day(38).toString())))
                .then()
                .statusCode(201)
                .body("occurrences", hasSize(2), "skipped.outcome", contains("SKIPPED"));
    }

    @Test
    void seriesWithoutDates_isRefused() {
        Cast cast = city.cast();
        book(cast, day(30), 14);

        post(SERIES, with(weekly(cast, day(30), 1), "onConflict", "SKIP"))
                .then()
                .statusCode(409)
                .body("code", equalTo("series-refused"));
    }

    @Test
    void aRepeatUnderTheSameKeyBooksOnce() {
        Cast cast = city.cast();
        String key = key();
        Map<String, Object> body = weekly(cast, day(30), 2);

        String first = organizer()
                .header("Idempotency-Key", key)
                .body(body)
                .post(SERIES)
                .asString();
        organizer()
                .header("Idempotency-Key", key)
                .body(body)
                .post(SERIES)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .body(equalTo(first));

        assertThat(bookings(cast)).isEqualTo(2);
    }

    @Test
    void violationsOfAPattern_areReportedByField() {
        Cast cast = city.cast();
        Map<String, Object> good = weekly(cast, day(30), 2);

        refused(with(good, "dates", List.of("2026-12-01")), "");
        refused(with(good, "weekly", Map.of("from", "2026-12-01")), "/weekly");
        refused(with(good, "weekly", Map.of("from", "2026-12-02", "until", "2026-12-01")), "/weekly/until");
        refused(with(good, "weekly", Map.of("from", day(30).toString(), "count", 105)), "/weekly");
        refused(with(good, "weekly", Map.of("from", "2020-01-01", "count", 1)), "/weekly");
        refused(with(good, "weekly", Map.of("from", "0001-01-01", "count", 1)), "/weekly/from");
        refused(with(good, "skip", List.of("2026-01-01")), "/skip");
        refused(with(good, "startTime", "14:00:30"), "/startTime");
        refused(with(good, "durationMinutes", 1), "/durationMinutes");
        refused(with(good, "zone", "Mars/Olympus"), "/zone");
        refused(with(good, "branchId", UUID.randomUUID()), "/branchId");
        refused(with(good, "lecturerId", UUID.randomUUID()), "/lecturerId");
        Map<String, Object> listed = new LinkedHashMap<>(good);
        listed.remove("weekly");
        refused(with(listed, "dates", List.of(day(30).toString(), day(30).toString())), "/dates/1");
        refused(with(listed, "dates", List.of(day(30).toString(), day(9000).toString())), "/dates/1");
    }

    private static void refused(Map<String, Object> body, String pointer) {
        for (String path : new String[] {SERIES, SERIES + "/preview"}) {
            post(path, body)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("invalid-request"), "errors.pointer", hasItem(pointer));
        }
    }

    @Test
    void laterOccurrences_mayExchangeSlots() {
        Cast cast = city.cast();
        JsonPath series = booked(weekly(cast, day(30), 4));
        List<String> ids = series.getList("occurrences.id");

        change(
                        SERIES + "/" + series.getString("id") + "/reschedule",
                        series.getInt("version"),
                        Map.of("fromOccurrence", ids.get(1), "shift", Map.of("days", 7, "minutes", 30), "reason", "农忙"))
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"" + (series.getInt("version") + 4) + "\""))
                .body("changing", equalTo(3), "skipped", empty())
                .body("changed.id", equalTo(ids.subList(1, 4)))
                .body("changed.start", contains(at(day(44), 14, 30), at(day(51), 14, 30), at(day(58), 14, 30)))
                .body("changed.seriesDetached", everyItem(equalTo(false)));

        JsonPath after = read(series.getString("id"));
        assertThat(after.<Integer>getList("occurrences.version")).containsExactly(1, 2, 2, 2);
        var events = Topic.read("lectern.bookings", ids.get(0), 1);
        assertThat(events).hasSize(1);
        assertThat(Topic.read("lectern.bookings", ids.get(1), 2).getLast().value())
                .contains("\"reason\":\"农忙\"");
    }

    @Test
    void occurrenceChangedAlone_isDetached() {
        Cast cast = city.cast();
        JsonPath series = booked(weekly(cast, day(30), 3));
        List<String> ids = series.getList("occurrences.id");
        change("/api/v1/bookings/" + ids.get(1) + "/change", 1, Map.of("start", at(day(37), 9, 0), "reason", "礼堂检修"))
                .then()
                .statusCode(200)
                .body("seriesDetached", equalTo(true));

        String path = SERIES + "/" + series.getString("id") + "/reschedule";
        Map<String, Object> later = Map.of("fromOccurrence", ids.get(0), "startTime", "16:00", "reason", "调整");
        // changing one occurrence gives the series a new version, so the old version is refused
        change(path, series.getInt("version"), later)
                .then()
                .statusCode(412)
                .body("code", equalTo("stale-version"), "currentVersion", equalTo(series.getInt("version") + 1));
        change(path, series.getInt("version") + 1, later)
                .then()
                .statusCode(200)
                .body("changed.start", contains(at(day(30), 16, 0), at(day(44), 16, 0)))
                .body("skipped.bookingId", contains(ids.get(1)), "skipped.reason", contains("DETACHED"));
    }

    @Test
    void unchangedBooking_getsNoVersion() {
        Cast cast = city.cast();
        UUID substitute = city.lecturer(cast.topic());
        JsonPath series = booked(weekly(cast, day(30), 3));
        List<String> ids = series.getList("occurrences.id");
        String path = SERIES + "/" + series.getString("id") + "/reassign";
        Map<String, Object> body = Map.of("fromOccurrence", ids.get(2), "lecturerId", substitute, "reason", "调任");
        int version = change(path, series.getInt("version"), body)
                .then()
                .statusCode(200)
                .body("changing", equalTo(1))
                .extract()
                .path("version");

        change(path, version, with(body, "fromOccurrence", ids.get(1)))
                .then()
                .statusCode(200)
                .body("changing", equalTo(1), "changed.id", contains(ids.get(1)))
                .body("skipped.bookingId", contains(ids.get(2)), "skipped.reason", contains("UNCHANGED"));

        assertThat(read(series.getString("id")).<Integer>getList("occurrences.version"))
                .containsExactly(1, 2, 2);
        change(path, version + 2, with(body, "fromOccurrence", ids.get(1)))
                .then()
                .statusCode(409)
                .body("code", equalTo("series-nothing-to-change"));
    }

    @Test
    void pastOccurrences_areNeverChanged() {
        Cast cast = city.cast();
        JsonPath series = booked(weekly(cast, day(-14), 4));
        List<String> ids = series.getList("occurrences.id");
        change("/api/v1/bookings/" + ids.get(0) + "/complete", 1, Map.of("headCount", 40))
                .then()
                .statusCode(200);

        change(
                        SERIES + "/" + series.getString("id") + "/cancel",
                        series.getInt("version") + 1,
                        Map.of("fromOccurrence", ids.get(0), "reason", "项目结束"))
                .then()
                .statusCode(200)
                .body("changed.id", hasItem(ids.get(3)), "changed.status", everyItem(equalTo("CANCELLED")))
                .body("skipped.reason", hasItem("NOT_ACTIVE"), "skipped.reason", hasItem("PAST"));

        JsonPath after = read(series.getString("id"));
        assertThat(after.<String>getList("occurrences.status").subList(0, 2)).containsExactly("COMPLETED", "CONFIRMED");
    }

    @Test
    void impossibleChange_isShownByADryRun() {
        Cast cast = city.cast();
        JsonPath series = booked(weekly(cast, day(30), 3));
        List<String> ids = series.getList("occurrences.id");
        String other = book(cast, day(37), 16);
        String path = SERIES + "/" + series.getString("id") + "/reschedule";
        Map<String, Object> body = Map.of("fromOccurrence", ids.get(0), "startTime", "16:00", "reason", "调整");

        change(path + "?dryRun=true", series.getInt("version"), body)
                .then()
                .statusCode(200)
                .body("possible", equalTo(false), "preview.outcome", contains("CHANGES", "CONFLICT", "CHANGES"))
                .body("preview[1].conflicts[0].bookingId", equalTo(other));
        change(path, series.getInt("version"), body)
                .then()
                .statusCode(409)
                .body("code", equalTo("changes-refused"), "refused.bookingId", contains(ids.get(1)))
                .body("refused[0].conflicts.bookingId", everyItem(equalTo(other)), "overridable", equalTo(false))
                .body("errors.pointer", everyItem(equalTo("/startTime")));

        assertThat(read(series.getString("id")).<Integer>getList("occurrences.version"))
                .containsExactly(1, 1, 1);
        assertThat(read(series.getString("id")).getInt("version")).isEqualTo(series.getInt("version"));
    }

    @Test
    void changeByASlowClock_isDatedLikeTheOneBefore() {
        JsonPath series = booked(weekly(city.cast(), day(30), 2));
        String id = series.getString("id");
        city.run("UPDATE series SET updated_at = '2099-01-01T00:00:00Z' WHERE id = ?", UUID.fromString(id));

        change(
                        SERIES + "/" + id + "/cancel",
                        series.getInt("version"),
                        Map.of("fromOccurrence", series.getString("occurrences[0].id"), "reason", "项目结束"))
                .then()
                .statusCode(200);

        assertThat(read(id).getString("updatedAt")).isEqualTo("2099-01-01T00:00:00Z");
    }

    @Test
    void emptyOrForeignChange_isRefused() {
        JsonPath series = booked(weekly(city.cast(), day(30), 2));
        JsonPath another = booked(weekly(city.cast(), day(30), 2));
        String path = SERIES + "/" + series.getString("id");
        String first = series.getString("occurrences[0].id");

        change(path + "/reschedule", series.getInt("version"), Map.of("fromOccurrence", first, "reason", "x"))
                .then()
                .statusCode(400)
                .body("errors.pointer", contains(""));
        change(
                        path + "/cancel",
                        series.getInt("version"),
                        Map.of("fromOccurrence", another.getString("occurrences[0].id"), "reason", "x"))
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/fromOccurrence"));
        change(path + "/reassign", series.getInt("version"), Map.of("fromOccurrence", first, "reason", "x"))
                .then()
                .statusCode(400);
        organizer()
                .header("Idempotency-Key", key())
                .body(Map.of("fromOccurrence", first, "reason", "x"))
                .post(path + "/cancel")
                .then()
                .statusCode(428);
        change(SERIES + "/" + UUID.randomUUID() + "/cancel", 1, Map.of("fromOccurrence", first, "reason", "x"))
                .then()
                .statusCode(404);
    }

    @Test
    void refusal_isInChinese() {
        Cast cast = city.cast();
        book(cast, day(30), 14);

        organizer()
                .header("Idempotency-Key", key())
                .header("Accept-Language", "zh-CN")
                .body(weekly(cast, day(30), 2))
                .post(SERIES)
                .then()
                .statusCode(409)
                .body("title", equalTo("系列未预约"));
    }

    @Test
    void twoSeriesForTheSameSlots_oneIsBookedWhole() throws Exception {
        Cast cast = city.cast();
        List<java.util.concurrent.Future<Integer>> answers = new ArrayList<>();
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(
                        () -> post(SERIES, weekly(cast, day(30), 6)).statusCode()));
            }
        }
        List<Integer> statuses = new ArrayList<>();
        for (var answer : answers) {
            statuses.add(answer.get());
        }
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(7);
        assertThat(bookings(cast)).isEqualTo(6);
    }
}
