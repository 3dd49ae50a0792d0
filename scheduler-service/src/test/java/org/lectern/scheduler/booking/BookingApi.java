package org.lectern.scheduler.booking;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.config.LogConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.lectern.scheduler.support.City.Cast;
import org.lectern.testing.Tokens;

/** The bookings API as an organizer calls it. */
final class BookingApi {

    static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private BookingApi() {}

    /** This number of days from today, at that hour in Shanghai. */
    static OffsetDateTime at(int days, int hour) {
        return ZonedDateTime.ofInstant(Instant.now(), SHANGHAI)
                .plusDays(days)
                .truncatedTo(ChronoUnit.DAYS)
                .withHour(hour)
                .toOffsetDateTime();
    }

    static Map<String, Object> lecture(Cast cast, OffsetDateTime start, OffsetDateTime end) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("lecturerId", cast.lecturer());
        body.put("topicId", cast.topic());
        body.put("branchId", cast.branch());
        body.put("venueId", cast.venue());
        body.put("format", "lecture");
        body.put("start", start.toString().replaceFirst("T(\\d\\d:\\d\\d)([+Z])", "T$1:00$2"));
        body.put("end", end.toString().replaceFirst("T(\\d\\d:\\d\\d)([+Z])", "T$1:00$2"));
        return body;
    }

    static RequestSpecification organizer() {
        // REST Assured's pretty printer loops forever on some malformed bodies
        var plain = RestAssured.config().logConfig(LogConfig.logConfig().enablePrettyPrinting(false));
        return given().config(plain).auth().oauth2(Tokens.organizer()).contentType(ContentType.JSON);
    }

    static String key() {
        return UUID.randomUUID().toString();
    }

    static Response book(Object body) {
        return organizer().header("Idempotency-Key", key()).body(body).post("/api/v1/bookings");
    }

    static Response change(String id, String verb, int version, Object body) {
        return organizer()
                .header("Idempotency-Key", key())
                .header("If-Match", "\"" + version + "\"")
                .body(body)
                .post("/api/v1/bookings/{id}/{verb}", id, verb);
    }
}
