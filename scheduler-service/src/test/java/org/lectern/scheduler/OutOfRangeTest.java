package org.lectern.scheduler;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThan;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.Lectures;
import org.lectern.scheduler.support.ReadOperations;
import org.lectern.scheduler.support.ReadOperations.Read;
import org.lectern.testing.Tokens;

/** A number or time far out of range is a violation of its request, never a server error. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class OutOfRangeTest {

    private static final Set<String> TIMES = Set.of("from", "to", "asOf");

    private static final List<String> HOSTILE_TIMES = List.of(
            "999999999-12-31T23:59:59Z",
            "+999999999-12-31T23:59:59Z",
            "+999999999-12-31",
            "-999999999-01-01T00:00:00Z",
            "-4000-01-01T00:00:00+08:00",
            "-4000-01-01",
            "0000-01-01T00:00:00Z",
            "10000-01-01T00:00:00Z",
            "+10000-01-01T00:00:00Z",
            "+10000-01-01",
            "1899-12-31T00:00:00Z",
            "1899-12-31",
            "2201-01-01T00:00:00Z",
            "2201-01-01",
            "2026-02-30T00:00:00Z",
            "9223372036854775807");

    private static final List<String> HOSTILE_NUMBERS = List.of(
            "-1",
            "2147483647",
            "2147483648",
            "-2147483649",
            "9223372036854775808",
            "9".repeat(400),
            "1e9",
            "1.5",
            "0x10",
            "NaN",
            "Infinity");

    private static String booking;

    @Inject
    City city;

    static Stream<Arguments> parameters() {
        return ReadOperations.all().stream()
                .flatMap(read -> read.parameters().keySet().stream().map(name -> Arguments.of(read, name)));
    }

    static Stream<Arguments> timesAndNumbers() {
        return ReadOperations.all().stream()
                .flatMap(read -> read.parameters().keySet().stream()
                        .flatMap(name -> hostile(read, name).stream().map(value -> Arguments.of(read, name, value))));
    }

    private static List<String> hostile(Read read, String name) {
        if (TIMES.contains(name)) {
            return HOSTILE_TIMES;
        }
        return read.parameters().get(name).equals("integer") ? HOSTILE_NUMBERS : List.of();
    }

    private RequestSpecification asked(Read read, String without) {
        var request = given().auth().oauth2(Tokens.auditor());
        boolean days = read.path().equals("/api/v1/calendar") || read.path().endsWith("/days");
        Map<String, Object> usual = Map.of(
                "from",
                days ? "2031-01-05" : "2031-01-05T00:00:00+08:00",
                "to",
                days ? "2031-01-06" : "2031-01-06T00:00:00+08:00",
                "topicId",
                UUID.randomUUID(),
                "branchId",
                UUID.randomUUID());
        usual.forEach((name, value) -> {
            if (read.parameters().containsKey(name) && !name.equals(without)) {
                request.queryParam(name, value);
            }
        });
        return request;
    }

    private String path(Read read) {
        if (booking == null) {
            booking = Lectures.book(city.cast(), Lectures.day(66), 9);
        }
        return read.path()
                .replace("/bookings/{id}", "/bookings/" + booking)
                .replaceAll("\\{[a-zA-Z]*[iI]d}", UUID.randomUUID().toString())
                .replace("{year}", "2031");
    }

    @ParameterizedTest(name = "{0} {1}={2}")
    @MethodSource("timesAndNumbers")
    void aTimeOrNumberOutOfRange_isAFlawOfItsParameter(Read read, String name, String value) {
        asked(read, name)
                .queryParam(name, value)
                .get(path(read))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid-request"), "errors.pointer", hasItem("?" + name));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("parameters")
    void anyValueOfAnyParameter_isNoFailureOfOurs(Read read, String name) {
        Stream.concat(HOSTILE_TIMES.stream(), HOSTILE_NUMBERS.stream())
                .forEach(value -> asked(read, name)
                        .queryParam(name, value)
                        .get(path(read))
                        .then()
                        .statusCode(lessThan(500)));
    }

    @Test
    void everyParameterThatIsATimeIsTried() {
        assertThat(timesAndNumbers().map(each -> each.get()[0].toString() + "?" + each.get()[1]))
                .contains(
                        "/api/v1/bookings?from",
                        "/api/v1/bookings/{id}?asOf",
                        "/api/v1/calendar?to",
                        "/api/v1/venues?minCapacity",
                        "/api/v1/availability?durationMinutes",
                        "/api/v1/campaigns/{id}/suggestions?limit");
    }

    private static Arguments body(String role, String method, String path, String body, String pointer) {
        return Arguments.of(role, method, path, body, pointer);
    }

    static Stream<Arguments> bodies() {
        String id = UUID.randomUUID().toString();
        String party =
                "\"lecturerId\":\"%s\",\"topicId\":\"%s\",\"branchId\":\"BRANCH\",\"venueId\":\"%s\",\"format\":\"lecture\","
                        .formatted(id, id, id);
        Stream<Arguments> numbers = Stream.of("2147483647", "2147483648", "-2147483649", "9".repeat(30), "1e300")
                .flatMap(number -> Stream.of(
                        body(
                                "organizer",
                                "POST",
                                "/bookings",
                                "{" + party + "\"start\":\"2031-01-05T09:00:00Z\",\"expectedHeadCount\":" + number
                                        + "}",
                                "/expectedHeadCount"),
                        body(
                                "organizer",
                                "POST",
                                "/series/preview",
                                "{" + party + "\"startTime\":\"09:00\",\"dates\":[\"2031-01-05\"],\"durationMinutes\":"
                                        + number + "}",
                                "/durationMinutes"),
                        body(
                                "organizer",
                                "POST",
                                "/series/preview",
                                "{" + party + "\"startTime\":\"09:00\",\"weekly\":{\"from\":\"2031-01-05\",\"count\":"
                                        + number + "}}",
                                "/weekly/count"),
                        body("organizer", "POST", "/calendar/import", "{\"year\":" + number + ",\"days\":[]}", "/year"),
                        body(
                                "organizer",
                                "PUT",
                                "/travel-times/" + id + "/" + id,
                                "{\"minutes\":" + number + "}",
                                "/minutes"),
                        body(
                                "organizer",
                                "POST",
                                "/topics",
                                "{\"code\":\"x\",\"title\":\"x\",\"durationMinutes\":" + number + "}",
                                "/durationMinutes"),
                        body(
                                "organizer",
                                "POST",
                                "/venues",
                                "{\"code\":\"x\",\"name\":\"x\",\"kind\":\"lecture-hall\",\"capacity\":" + number + "}",
                                "/capacity"),
                        body(
                                "organizer",
                                "PUT",
                                "/lecturers/" + id + "/availability",
                                "{\"limits\":{\"noticeHours\":" + number + "}}",
                                "/limits/noticeHours")));
        Stream<Arguments> dates = Stream.of(
                        "\"+999999999-12-31\"", "\"-4000-01-01\"", "\"10000-01-01\"", "\"2201-01-01\"", "9".repeat(18))
                .flatMap(date -> Stream.of(
                        body(
                                "organizer",
                                "PUT",
                                "/calendar/2031",
                                "{\"announced\":true,\"days\":[{\"date\":" + date
                                        + ",\"name\":\"x\",\"isOffDay\":true}]}",
                                "/days/0/date"),
                        body(
                                "organizer",
                                "PUT",
                                "/lecturers/" + id + "/availability",
                                "{\"blackouts\":[{\"firstDay\":" + date + ",\"lastDay\":\"2031-01-05\"}]}",
                                "/blackouts/0/firstDay"),
                        body(
                                "organizer",
                                "PUT",
                                "/venues/" + id + "/opening-hours",
                                "{\"exceptions\":[{\"date\":" + date + ",\"windows\":[]}]}",
                                "/exceptions/0/date"),
                        body(
                                "organizer",
                                "POST",
                                "/series/preview",
                                "{" + party + "\"startTime\":\"09:00\",\"dates\":[" + date + "]}",
                                "/dates/0"),
                        body(
                                "organizer",
                                "POST",
                                "/series/preview",
                                "{" + party + "\"startTime\":\"09:00\",\"weekly\":{\"count\":1,\"from\":" + date + "}}",
                                "/weekly/from"),
                        body(
                                "organizer",
                                "POST",
                                "/campaigns",
                                "{\"code\":\"x\",\"name\":\"x\",\"topicIds\":[\"" + id
                                        + "\"],\"targets\":{\"kinds\":[\"village\"]},\"until\":\"2031-01-05\",\"from\":"
                                        + date + "}",
                                "/from")));
        Stream<Arguments> times = Stream.of(
                        "\"+999999999-12-31T23:59:59Z\"",
                        "\"-4000-01-01T00:00:00Z\"",
                        "\"10000-01-01T00:00:00Z\"",
                        "\"2201-01-01T00:00:00Z\"",
                        "9".repeat(18))
                .flatMap(time -> Stream.of(
                        body("organizer", "POST", "/bookings", "{" + party + "\"start\":" + time + "}", "/start"),
                        body(
                                "organizer",
                                "POST",
                                "/bookings",
                                "{" + party + "\"start\":\"2031-01-05T09:00:00Z\",\"hold\":{\"expiresAt\":" + time
                                        + "}}",
                                "/hold/expiresAt"),
                        body(
                                "organizer",
                                "POST",
                                "/requests",
                                "{\"topicId\":\"" + id + "\",\"branchId\":\"" + id
                                        + "\",\"windows\":[{\"from\":\"2031-01-05T09:00:00Z\",\"until\":" + time
                                        + "}]}",
                                "/windows/0/until"),
                        body(
                                "organizer",
                                "POST",
                                "/bookings/bulk/preview",
                                "{\"action\":{\"type\":\"cancel\"},\"selection\":{\"lecturerId\":\"" + id
                                        + "\",\"to\":\"2031-01-05T09:00:00Z\",\"from\":" + time + "}}",
                                "/selection/from"),
                        body(
                                "operator",
                                "POST",
                                "/outbox/replays?dryRun=true",
                                "{\"reason\":\"x\",\"from\":" + time + "}",
                                "/from")));
        return Stream.of(numbers, dates, times).flatMap(each -> each);
    }

    @ParameterizedTest(name = "{1} {2} {3}")
    @MethodSource("bodies")
    void aMemberOutOfRange_isPointedAt(String role, String method, String path, String body, String pointer) {
        var request = given().auth()
                .oauth2(Tokens.of(role, Map.of()))
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", UUID.randomUUID())
                .body(body.replace(
                        "BRANCH", city.branch(null, "Asia/Shanghai", false).toString()));
        if (method.equals("PUT")) {
            request.header("If-Match", "\"1\"");
        }

        request.request(method, "/api/v1" + path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem(pointer));
    }

    @ParameterizedTest
    @MethodSource("yearsOfNoCalendar")
    void yearOutOfRange_isAViolationOfItsParameter(String year) {
        csv().queryParam("year", year)
                .body("date,name,isOffDay\n2031-01-01,x,true\n")
                .post("/api/v1/calendar/import")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("?year"));
    }

    static Stream<String> yearsOfNoCalendar() {
        return Stream.of("999999999", "-4000", "0", "2201", "2147483648", "9".repeat(30));
    }

    @Test
    void cellsOutOfRange_areErrorsOfTheirLines() {
        csv().queryParam("dryRun", true)
                .body("""
                        lecturer,topic,branch,format,start,end,minutes
                        x,x,x,lecture,+999999999-12-31T23:59:59+00:00,,2147483647
                        x,x,x,lecture,-4000-01-01T00:00:00+00:00,,2147483648
                        x,x,x,lecture,10000-01-01 09:00,,
                        x,x,x,lecture,2031-01-05 09:00,+999999999-12-31T23:59:59+00:00,
                        x,x,x,lecture,2031-01-05 09:00,,2147483647
                        """)
                .post("/api/v1/bookings/import")
                .then()
                .statusCode(200)
                .body("errors.findAll { it.column == 'start' }.line", equalTo(List.of(2, 3, 4)))
                .body("errors.findAll { it.column == 'end' }.line", equalTo(List.of(5)));
        csv().queryParam("dryRun", true)
                .queryParam("year", 2031)
                .body(
                        "date,name,isOffDay\n+999999999-12-31,x,true\n-4000-01-01,x,true\n2031-02-30,x,true\n2033-01-01,x,true\n")
                .post("/api/v1/calendar/import")
                .then()
                .statusCode(200)
                .body("errors.line", equalTo(List.of(2, 3, 4, 5)))
                .body("errors.column.unique()", equalTo(List.of("date")));
    }

    private static RequestSpecification csv() {
        return given().config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .auth()
                .oauth2(Tokens.organizer())
                .contentType("text/csv");
    }
}
