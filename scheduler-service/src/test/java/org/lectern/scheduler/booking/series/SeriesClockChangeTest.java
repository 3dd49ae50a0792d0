package org.lectern.scheduler.booking.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.lectern.scheduler.support.Lectures.post;
import static org.lectern.scheduler.support.Lectures.with;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.City.Cast;

/** A series over a day on which the clocks change, in a zone that changes them. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class SeriesClockChangeTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final ZoneOffsetTransition GAP = next(true);
    private static final ZoneOffsetTransition OVERLAP = next(false);

    @Inject
    City city;

    /** The next clock change of that kind. */
    private static ZoneOffsetTransition next(boolean gap) {
        ZoneOffsetTransition change =
                ZONE.getRules().nextTransition(Instant.now().plusSeconds(86_400 * 10));
        while (change.isGap() != gap) {
            change = ZONE.getRules().nextTransition(change.getInstant());
        }
        return change;
    }

    /** Three weeks around the clock change, in the middle of the changed hour. */
    private static Map<String, Object> around(Cast cast, ZoneOffsetTransition change) {
        LocalDateTime hour = (change.isGap() ? change.getDateTimeBefore() : change.getDateTimeAfter()).plusMinutes(30);
        Map<String, Object> body = new HashMap<>();
        body.put("lecturerId", cast.lecturer());
        body.put("topicId", cast.topic());
        body.put("branchId", cast.branch());
        body.put("venueId", cast.venue());
        body.put("format", "lecture");
        body.put("zone", ZONE.getId());
        body.put("startTime", hour.toLocalTime().toString());
        body.put("durationMinutes", 60);
        body.put("weekly", Map.of("from", hour.toLocalDate().minusWeeks(1).toString(), "count", 3));
        body.put("override", Map.of("reason", "夜间活动"));
        return body;
    }

    private static String minute(LocalDateTime time) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm").format(time);
    }

    @Test
    void skippedHour_isRefusedWithTheNearestTimes() {
        Cast cast = city.cast();

        post("/api/v1/series", around(cast, GAP))
                .then()
                .statusCode(409)
                .body("code", equalTo("series-refused"))
                .body("errors", hasSize(1))
                .body("errors[0].detail", containsString(minute(GAP.getDateTimeAfter())))
                .body("occurrences.outcome", contains("NO_SUCH_TIME"));

        assertThat(city.count("SELECT count(*) FROM booking WHERE lecturer_id = ?", cast.lecturer()))
                .isZero();
    }

    @Test
    void skippedHour_isNamedByThePreview() {
        organizer()
                .body(around(city.cast(), GAP))
                .post("/api/v1/series/preview")
                .then()
                .statusCode(200)
                .body("bookable", equalTo(false), "free", equalTo(2), "unavailable", equalTo(1))
                .body("occurrences.outcome", contains("FREE", "NO_SUCH_TIME", "FREE"))
                .body("occurrences[1].clockChange", equalTo("GAP"))
                .body("occurrences[1].violations[0].code", equalTo("time.skipped"));
    }

    @Test
    void skippedHour_isLeftOutOnDemand() {
        String series = post("/api/v1/series", with(around(city.cast(), GAP), "onConflict", "SKIP"))
                .then()
                .statusCode(201)
                .body("occurrences", hasSize(2))
                .extract()
                .path("id");
        LocalDate date = GAP.getDateTimeBefore().toLocalDate();

        organizer().get("/api/v1/series/" + series).then().body("missing", contains(date.toString()));
        post("/api/v1/series", with(around(city.cast(), GAP), "skip", List.of(date.toString())))
                .then()
                .statusCode(201)
                .body("occurrences", hasSize(2));
    }

    @Test
    void repeatedHour_meansTheFirst() {
        organizer()
                .body(around(city.cast(), OVERLAP))
                .post("/api/v1/series/preview")
                .then()
                .statusCode(200)
                .body("bookable", equalTo(true), "free", equalTo(3))
                .body("occurrences[1].clockChange", equalTo("OVERLAP"))
                .body(
                        "occurrences[1].start",
                        equalTo(OVERLAP.getDateTimeAfter()
                                .plusMinutes(30)
                                .atOffset(OVERLAP.getOffsetBefore())
                                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME)));
    }
}
