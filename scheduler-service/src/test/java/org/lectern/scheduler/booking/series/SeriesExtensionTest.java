package org.lectern.scheduler.booking.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.lectern.scheduler.support.Lectures.at;
import static org.lectern.scheduler.support.Lectures.book;
import static org.lectern.scheduler.support.Lectures.change;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Lectures.post;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.City.Cast;
import org.lectern.scheduler.support.Topic;

/** Dates are added to a series: listed ones, those left out, and further ones by its rule. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class SeriesExtensionTest {

    private static final String SERIES = "/api/v1/series";

    @Inject
    City city;

    private Cast cast;

    @BeforeEach
    void cast() {
        cast = city.cast();
    }

    private Map<String, Object> request() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("lecturerId", cast.lecturer());
        body.put("topicId", cast.topic());
        body.put("branchId", cast.branch());
        body.put("venueId", cast.venue());
        body.put("format", "lecture");
        body.put("startTime", "14:00");
        body.put("durationMinutes", 60);
        return body;
    }

    private JsonPath booked(Map<String, Object> body) {
        return post(SERIES, body).then().statusCode(201).extract().jsonPath();
    }

    private JsonPath weekly(int count) {
        Map<String, Object> body = request();
        body.put("weekly", Map.of("from", day(30).toString(), "interval", 2, "count", count));
        return booked(body);
    }

    private static Response extend(JsonPath series, Map<String, Object> more) {
        return change(path(series), series.getInt("version"), more);
    }

    private static Response preview(JsonPath series, Map<String, Object> more) {
        return organizer()
                .header("If-Match", "\"" + series.getInt("version") + "\"")
                .queryParam("dryRun", true)
                .body(more)
                .post(path(series));
    }

    private static String path(JsonPath series) {
        return SERIES + "/" + series.getString("id") + "/occurrences";
    }

    private static JsonPath ok(Response response) {
        return response.then().statusCode(200).extract().jsonPath();
    }

    @Test
    void furtherDates_followTheRule() {
        JsonPath series = weekly(2);

        preview(series, Map.of("count", 2))
                .then()
                .statusCode(200)
                .body("bookable", equalTo(true))
                .body("occurrences.start", contains(at(day(58), 14, 0), at(day(72), 14, 0)));
        JsonPath longer = ok(extend(series, Map.of("count", 2)));

        assertThat(longer.getList("occurrences")).hasSize(4);
        assertThat(longer.getList("added")).hasSize(2);
        assertThat(longer.getInt("version")).isEqualTo(series.getInt("version") + 3);
        Topic.read("lectern.bookings", longer.getString("added[0]"), 1);
        JsonPath longest = ok(extend(longer, Map.of("until", day(90).toString())));
        assertThat(longest.<String>getList("occurrences.start")).last().isEqualTo(at(day(86), 14, 0));
    }

    @Test
    void newDates_areLikeTheSeriesIsNow() {
        JsonPath series = weekly(2);
        UUID lecturer = city.lecturer(cast.topic());
        change(
                        SERIES + "/" + series.getString("id") + "/reassign",
                        series.getInt("version"),
                        Map.of(
                                "fromOccurrence",
                                series.getString("occurrences[0].id"),
                                "lecturerId",
                                lecturer,
                                "reason",
                                "调任"))
                .then()
                .statusCode(200);
        JsonPath changed = organizer()
                .get(SERIES + "/" + series.getString("id"))
                .then()
                .extract()
                .jsonPath();

        JsonPath longer = ok(extend(changed, Map.of("dates", List.of(day(40).toString()))));

        assertThat(longer.<String>getList("occurrences.lecturer.id")).containsOnly(lecturer.toString());
        assertThat(longer.<String>getList("occurrences.start")).contains(at(day(40), 14, 0));
    }

    @Test
    void datesLeftOut_areAddedBack() {
        String other = book(cast, day(44), 14);
        Map<String, Object> body = request();
        body.put("dates", List.of(day(30).toString(), day(37).toString(), day(44).toString()));
        body.put("skip", List.of(day(37).toString()));
        body.put("onConflict", "SKIP");
        JsonPath series = booked(body);
        assertThat(series.<String>getList("missing")).containsExactly(day(37).toString(), day(44).toString());

        extend(series, Map.of("missing", true))
                .then()
                .statusCode(409)
                .body("code", equalTo("series-refused"), "occurrences.date", contains(day(44).toString()));
        JsonPath longer = ok(extend(series, Map.of("missing", true, "onConflict", "SKIP")));
        assertThat(longer.<String>getList("missing")).containsExactly(day(44).toString());

        change("/api/v1/bookings/" + other + "/cancel", 1, Map.of("reason", "取消"))
                .then()
                .statusCode(200);
        extend(longer, Map.of("missing", true))
                .then()
                .statusCode(200)
                .body("missing", nullValue(), "occurrences", hasSize(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|",
                "{\"count\": 1, \"missing\": true}|",
                "{\"missing\": true}|/missing",
                "{\"until\": \"2020-01-01\"}|/until",
                "{\"count\": 1000}|/count",
                "{\"dates\": []}|/dates",
            })
    void impossibleExtension_namesTheMember(String body, String pointer) {
        JsonPath series = weekly(1);
        organizer()
                .header("If-Match", "\"" + series.getInt("version") + "\"")
                .queryParam("dryRun", true)
                .body(body)
                .post(path(series))
                .then()
                .statusCode(400)
                .body("errors.pointer", contains(pointer == null ? "" : pointer));
    }

    @Test
    void dateThatIsThere_isRefused() {
        JsonPath series = weekly(1);
        LocalDate there = day(30);
        extend(series, Map.of("dates", List.of(there.toString())))
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/dates/0"));
    }

    @Test
    void ruleOfAListedSeries_doesNotExist() {
        Map<String, Object> body = request();
        body.put("dates", List.of(day(30).toString()));
        extend(booked(body), Map.of("count", 2)).then().statusCode(400).body("errors.pointer", contains("/count"));
    }

    @Test
    void extensionOfAnotherVersion_isRefused() {
        JsonPath series = weekly(1);
        change(path(series), series.getInt("version") + 1, Map.of("count", 1))
                .then()
                .statusCode(412);
    }
}
