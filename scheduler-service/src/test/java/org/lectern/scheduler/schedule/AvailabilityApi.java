package org.lectern.scheduler.schedule;

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
import org.lectern.testing.Tokens;

/** Availability and bookings as an organizer calls them. */
public final class AvailabilityApi {

    public static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private AvailabilityApi() {}

    public static RequestSpecification organizer() {
        return given().auth().oauth2(Tokens.organizer()).contentType(ContentType.JSON);
    }

    public static LocalDate today() {
        return Instant.now().atZone(SHANGHAI).toLocalDate();
    }

    /** The date itself, or the next one with that weekday. */
    public static LocalDate next(java.time.DayOfWeek day, LocalDate from) {
        return from.with(java.time.temporal.TemporalAdjusters.nextOrSame(day));
    }

    public static String at(LocalDate date, String clock) {
        return text(
                date.atTime(java.time.LocalTime.parse(clock)).atZone(SHANGHAI).toOffsetDateTime());
    }

    public static String text(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    public static Map<String, Object> lecture(City.Cast cast, String start, String end) {
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

    public static Response book(Object body) {
        return organizer()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(body)
                .post("/api/v1/bookings");
    }

    public static Response change(String id, String verb, int version, Object body) {
        return organizer()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("If-Match", "\"" + version + "\"")
                .body(body)
                .post("/api/v1/bookings/{id}/{verb}", id, verb);
    }

    /** Replaces a lecturer's availability, whatever the current version. */
    public static void availability(UUID lecturer, Object body) {
        replace("/api/v1/lecturers/" + lecturer + "/availability", body).then().statusCode(200);
    }

    public static void openingHours(UUID venue, Object body) {
        replace("/api/v1/venues/" + venue + "/opening-hours", body).then().statusCode(200);
    }

    public static Response replace(String path, Object body) {
        String etag = organizer().get(path).then().statusCode(200).extract().header("ETag");
        return organizer().header("If-Match", etag).body(body).put(path);
    }

    public static Map<String, Object> weekly(String day, String from, String until) {
        return Map.of("day", day, "from", from, "until", until);
    }

    public static Map<String, Object> window(String from, String until) {
        return Map.of("from", from, "until", until);
    }
}
