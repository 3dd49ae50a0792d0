package org.lectern.scheduler.booking.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.lectern.scheduler.support.Lectures.change;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Lectures.post;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.City.Cast;

/** Series are listed with their next lecture, the newest first, and found by what their lectures have. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class SeriesListTest {

    private static final String SERIES = "/api/v1/series";

    @Inject
    City city;

    private Cast cast;

    @BeforeEach
    void parties() {
        cast = city.cast();
    }

    private JsonPath booked(int firstDay, int hour, int count) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("lecturerId", cast.lecturer());
        body.put("topicId", cast.topic());
        body.put("branchId", cast.branch());
        body.put("venueId", cast.venue());
        body.put("format", "lecture");
        body.put("startTime", "%02d:00".formatted(hour));
        body.put("durationMinutes", 60);
        body.put("weekly", Map.of("from", day(firstDay).toString(), "count", count));
        return post(SERIES, body).then().statusCode(201).extract().jsonPath();
    }

    private static ValidatableResponse list(String filter, Object value) {
        return organizer().queryParam(filter, value).get(SERIES).then().statusCode(200);
    }

    @Test
    void series_isShownWithItsNextLecture() {
        JsonPath series = booked(30, 14, 3);
        List<String> lectures = series.getList("occurrences.id");
        change("/api/v1/bookings/" + lectures.getFirst() + "/cancel", 1, Map.of("reason", "停电"))
                .then()
                .statusCode(200);

        JsonPath shown = list("lecturerId", cast.lecturer()).extract().jsonPath();

        assertThat(shown.<String>getList("items.id")).containsExactly(series.getString("id"));
        assertThat(shown.getString("items[0].next.bookingId")).isEqualTo(lectures.get(1));
        assertThat(shown.getString("items[0].next.start")).startsWith(day(37) + "T14:00");
        assertThat(shown.getString("items[0].firstStart")).startsWith(day(30).toString());
        assertThat(shown.getString("items[0].lastStart")).startsWith(day(44).toString());
        assertThat(shown.getInt("items[0].upcoming")).isEqualTo(2);
        assertThat(shown.getInt("items[0].occurrences")).isEqualTo(3);
        assertThat(shown.getString("items[0].branch.id"))
                .isEqualTo(cast.branch().toString());
        organizer()
                .get(SERIES + "/" + series.getString("id"))
                .then()
                .body("version", equalTo(shown.getInt("items[0].version")));
    }

    @Test
    void seriesWithoutLecturesAhead_isEnded() {
        JsonPath series = booked(31, 14, 2);
        String other = booked(31, 16, 1).getString("id");
        change(
                        SERIES + "/" + series.getString("id") + "/cancel",
                        series.getInt("version"),
                        Map.of("fromOccurrence", series.getString("occurrences[0].id"), "reason", "取消"))
                .then()
                .statusCode(200);

        for (boolean ended : List.of(true, false)) {
            organizer()
                    .queryParam("lecturerId", cast.lecturer())
                    .queryParam("ended", ended)
                    .get(SERIES)
                    .then()
                    .statusCode(200)
                    .body("items.id", contains(ended ? series.getString("id") : other));
        }
        list("lecturerId", cast.lecturer())
                .body("items.find { it.id == '" + series.getString("id") + "' }.next", nullValue());
    }

    @Test
    void filters_fitOneAndTheSameLecture() {
        String series = booked(32, 9, 1).getString("id");
        UUID otherVenue = city.venue();

        list("branchId", cast.branch()).body("items.id", contains(series));
        list("venueId", cast.venue()).body("items.id", contains(series));
        list("topicId", cast.topic()).body("items.id", contains(series));
        list("venueId", otherVenue).body("items", empty());
        list("campaignId", UUID.randomUUID()).body("items", empty());
        organizer()
                .queryParam("lecturerId", cast.lecturer())
                .queryParam("venueId", otherVenue)
                .get(SERIES)
                .then()
                .body("items", empty());
    }

    @Test
    void pages_areTheNewestFirstAndComplete() {
        List<String> made = List.of(
                booked(33, 8, 1).getString("id"),
                booked(33, 10, 1).getString("id"),
                booked(33, 12, 1).getString("id"));

        JsonPath first = organizer()
                .queryParam("lecturerId", cast.lecturer())
                .queryParam("limit", 2)
                .get(SERIES)
                .then()
                .statusCode(200)
                .body("items.id", contains(made.get(2), made.get(1)))
                .extract()
                .jsonPath();
        organizer()
                .queryParam("lecturerId", cast.lecturer())
                .queryParam("limit", 2)
                .queryParam("cursor", first.getString("nextCursor"))
                .get(SERIES)
                .then()
                .statusCode(200)
                .body("items.id", contains(made.getFirst()), "nextCursor", nullValue());
    }
}
