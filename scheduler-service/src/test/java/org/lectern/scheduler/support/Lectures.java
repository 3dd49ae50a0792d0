package org.lectern.scheduler.support;

import static org.lectern.scheduler.support.Registries.organizer;

import io.restassured.response.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.lectern.scheduler.support.City.Cast;

/** Lectures booked over the API, for tests of features that use bookings. */
public final class Lectures {

    public static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private Lectures() {}

    /** This number of days from today. */
    public static LocalDate day(int days) {
        return LocalDate.ofInstant(Instant.now(), SHANGHAI).plusDays(days);
    }

    /** The form in requests and answers. */
    public static String at(LocalDate day, int hour, int minute) {
        return text(day.atTime(hour, minute).atZone(SHANGHAI).toOffsetDateTime());
    }

    public static String text(OffsetDateTime time) {
        return time.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    public static String key() {
        return UUID.randomUUID().toString();
    }

    public static Map<String, Object> lecture(Cast cast, String start, String end) {
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

    /** The id of a lecture of one hour. */
    public static String book(Cast cast, LocalDate day, int hour) {
        return booked(lecture(cast, at(day, hour, 0), at(day, hour + 1, 0)));
    }

    /** The id of a lecture of one hour with a guest. */
    public static String book(Cast cast, UUID guest, LocalDate day, int hour) {
        return booked(with(
                lecture(cast, at(day, hour, 0), at(day, hour + 1, 0)), "guests", List.of(Map.of("branchId", guest))));
    }

    private static String booked(Map<String, Object> body) {
        return post("/api/v1/bookings", body).then().statusCode(201).extract().path("id");
    }

    public static Response post(String path, Object body) {
        return organizer().header("Idempotency-Key", key()).body(body).post(path);
    }

    public static Response change(String path, int version, Object body) {
        return organizer()
                .header("Idempotency-Key", key())
                .header("If-Match", "\"" + version + "\"")
                .body(body)
                .post(path);
    }

    /** A copy with one more member. */
    public static Map<String, Object> with(Map<String, Object> body, String name, Object value) {
        Map<String, Object> more = new HashMap<>(body);
        more.put(name, value);
        return more;
    }
}
