package org.lectern.scheduler.availability;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.Tokens;

/** Availability and bookings as an organizer calls them. */
final class AvailabilityApi {

    static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private AvailabilityApi() {}

    static RequestSpecification organizer() {
        return given().auth().oauth2(Tokens.organizer()).contentType(ContentType.JSON);
    }

    static LocalDate today() {
        return Instant.now().atZone(SHANGHAI).toLocalDate();
    }

    /** The date itself, or the next one with that weekday. */
    static LocalDate next(java.time.DayOfWeek day, LocalDate from) {
        return from.with(java.time.temporal.TemporalAdjusters.nextOrSame(day));
    }

    static String at(LocalDate date, String clock) {
        return text(
                date.atTime(java.time.LocalTime.parse(clock)).atZone(SHANGHAI).toOffsetDateTime());
    }

    static String text(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    static Map<String, Object> lecture(City.Cast cast, String start, String end) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("lecturerId", cast.lecturer());
        body.put("topicId", cast.topic());
        body.put("branchId", cast.branch());
        body.put("venueId", cast.venue());
        body.put("format", "lecture");
        body.put("start", start);
        body.put("end", end);
        return body;
    }

    static Response book(Object body) {
        return organizer()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(body)
                .post("/api/v1/bookings");
    }

    static Response change(String id, String verb, int version, Object body) {
        return organizer()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("If-Match", "\"" + version + "\"")
                .body(body)
                .post("/api/v1/bookings/{id}/{verb}", id, verb);
    }

    /** Replaces what is said of a lecturer's time, whatever it was. */
    static void availability(UUID lecturer, Object body) {
        replace("/api/v1/lecturers/" + lecturer + "/availability", body).then().statusCode(200);
    }

    static void openingHours(UUID venue, Object body) {
        replace("/api/v1/venues/" + venue + "/opening-hours", body).then().statusCode(200);
    }

    static Response replace(String path, Object body) {
        String etag = organizer().get(path).then().statusCode(200).extract().header("ETag");
        return organizer().header("If-Match", etag).body(body).put(path);
    }

    static Map<String, Object> weekly(String day, String from, String until) {
        return Map.of("day", day, "from", from, "until", until);
    }

    static Map<String, Object> window(String from, String until) {
        return Map.of("from", from, "until", until);
    }
}
