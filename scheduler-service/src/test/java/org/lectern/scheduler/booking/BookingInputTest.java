package org.lectern.scheduler.booking;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;
import static org.lectern.scheduler.booking.BookingApi.at;
import static org.lectern.scheduler.booking.BookingApi.book;
import static org.lectern.scheduler.booking.BookingApi.key;
import static org.lectern.scheduler.booking.BookingApi.lecture;
import static org.lectern.scheduler.booking.BookingApi.organizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.chassis.text.CleanText;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.testing.Tokens;

/** Invalid input gets a problem that points at the field, never a 500, and changes nothing. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class BookingInputTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    City city;

    static Stream<Arguments> badFields() {
        return Stream.of(
                Arguments.of("an empty interval", "end", "=start", "/end"),
                Arguments.of("a reversed interval", "end", "\"2020-01-01T09:00:00+08:00\"", "/end"),
                Arguments.of("ten years", "end", "\"2099-01-01T09:00:00+08:00\"", "/end"),
                Arguments.of("no offset", "start", "\"2027-01-01T09:00:00\"", "/start"),
                Arguments.of("an impossible offset", "start", "\"2027-01-01T09:00:00+25:00\"", "/start"),
                Arguments.of("an impossible date", "start", "\"2027-02-30T09:00:00+08:00\"", "/start"),
                Arguments.of("an epoch number", "start", "1798794000", "/start"),
                Arguments.of("a huge year", "start", "\"+999999999-01-01T09:00:00+08:00\"", "/start"),
                Arguments.of("an empty text", "start", "\"\"", "/start"),
                Arguments.of("null where one is required", "start", "null", "/start"),
                Arguments.of("a year before our time", "start", "\"-0001-01-01T09:00:00+08:00\"", "/start"),
                Arguments.of("a year PostgreSQL cannot count", "start", "\"+294277-01-01T09:00:00+08:00\"", "/start"),
                Arguments.of("an unknown offset", "start", "\"2027-01-01T09:00:00-18:01\"", "/start"),
                Arguments.of("a nanosecond", "end", "\"2027-01-01T09:00:00.000000001+08:00\"", "/end"),
                Arguments.of("not a number", "expectedHeadCount", "\"NaN\"", "/expectedHeadCount"),
                Arguments.of("minus infinity", "start", "-1e308", "/start"),
                Arguments.of("an offset that is right and named otherwise", "zone", "\"Etc/GMT-8;x\"", "/zone"),
                Arguments.of(
                        "a braced UUID", "lecturerId", "\"{019a1b6e-5a10-7c3e-8f01-2a6b6c1d0001}\"", "/lecturerId"),
                Arguments.of("a short UUID", "lecturerId", "\"1-1-1-1-1\"", "/lecturerId"),
                Arguments.of("the nil UUID", "lecturerId", "\"00000000-0000-0000-0000-000000000000\"", "/lecturerId"),
                Arguments.of("the greatest UUID", "branchId", "\"ffffffff-ffff-ffff-ffff-ffffffffffff\"", "/branchId"),
                Arguments.of(
                        "a UUID with a NUL", "topicId", "\"019a1b6e-5a10-7c3e-8f01-2a6b6c1d000\\u0000\"", "/topicId"),
                Arguments.of(
                        "a list of UUIDs", "lecturerId", "[\"019a1b6e-5a10-7c3e-8f01-2a6b6c1d0001\"]", "/lecturerId"),
                Arguments.of("a hold that is none", "hold", "true", "/hold"),
                Arguments.of("a hold until never", "hold", "{\"expiresAt\":\"infinity\"}", "/hold/expiresAt"),
                Arguments.of("an attempt to set who booked it", "createdBy", "\"root\"", "/createdBy"),
                Arguments.of("an unknown field for the override of travel", "travelLifted", "true", "/travelLifted"),
                Arguments.of("a leap second", "start", "\"2026-12-31T23:59:60Z\"", "/start"),
                Arguments.of("long ago", "start", "\"2016-01-01T09:00:00+08:00\"", "/start"),
                Arguments.of("a zone that is an offset", "zone", "\"GMT+8\"", "/zone"),
                Arguments.of("a path for a zone", "zone", "\"Etc/../../etc/passwd\"", "/zone"),
                Arguments.of("a NUL in a zone", "zone", "\"Asia/Shanghai\\u0000\"", "/zone"),
                Arguments.of("an unknown format", "format", "\"opera\"", "/format"),
                Arguments.of("a blank format", "format", "\"  \"", "/format"),
                Arguments.of("a number for a text", "format", "7", "/format"),
                Arguments.of("a NUL", "note", "\"a\\u0000b\"", "/note"),
                Arguments.of("half of a surrogate pair", "note", "\"a\\uD800b\"", "/note"),
                Arguments.of("a text too long", "note", "\"" + "好".repeat(2001) + "\"", "/note"),
                Arguments.of("an array for a text", "note", "[\"a\"]", "/note"),
                Arguments.of("no UUID", "lecturerId", "\"1\"", "/lecturerId"),
                Arguments.of("a number for a UUID", "lecturerId", "1", "/lecturerId"),
                Arguments.of("an object for a UUID", "branchId", "{}", "/branchId"),
                Arguments.of("an id of nothing", "lecturerId", "\"" + UUID.randomUUID() + "\"", "/lecturerId"),
                Arguments.of("an id of no topic", "topicId", "\"" + UUID.randomUUID() + "\"", "/topicId"),
                Arguments.of("an id of no branch", "branchId", "\"" + UUID.randomUUID() + "\"", "/branchId"),
                Arguments.of("an id of no venue", "venueId", "\"" + UUID.randomUUID() + "\"", "/venueId"),
                Arguments.of("no venue for a lecture", "venueId", "null", "/venueId"),
                Arguments.of("a negative number", "expectedHeadCount", "-1", "/expectedHeadCount"),
                Arguments.of("a fraction", "expectedHeadCount", "1.5", "/expectedHeadCount"),
                Arguments.of("a text for a number", "expectedHeadCount", "\"80\"", "/expectedHeadCount"),
                Arguments.of("a number beyond all", "expectedHeadCount", "99999999999999999999", "/expectedHeadCount"),
                Arguments.of("infinity", "expectedHeadCount", "1e400", "/expectedHeadCount"),
                Arguments.of("a script for a link", "joinLink", "\"javascript:alert(1)\"", "/joinLink"),
                Arguments.of("an unknown member", "status", "\"CONFIRMED\"", "/status"),
                Arguments.of("an attempt to set the version", "version", "9", "/version"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFields")
    void aBadFieldIsPointedAt(String what, String field, String value, String pointer) throws JsonProcessingException {
        City.Cast cast = city.cast();
        Map<String, Object> body = lecture(cast, at(50, 9), at(50, 11));
        String start = body.get("start").toString();
        String json = JSON.writeValueAsString(body);
        String replacement = value.equals("=start") ? '"' + start + '"' : value;
        String member = "\"" + field + "\":";
        String changed = json.contains(member)
                ? json.replaceFirst(member + "\"[^\"]*\"", Matcher.quoteReplacement(member + replacement))
                : json.substring(0, json.length() - 1) + "," + member + replacement + "}";

        book(changed)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid-request"), "errors.pointer", hasItem(pointer));
        assertThat(city.count("SELECT count(*) FROM booking WHERE topic_id = ?", cast.topic()))
                .isZero();
        assertThat(city.count("SELECT count(*) FROM idempotency WHERE status IS NULL"))
                .isZero();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "7",
                "\"x\"",
                "{}{}",
                "{\"a\":1,}",
                "{/* */}",
                "﻿",
                "{\"format\":\"lecture\",\"format\":\"panel\"}"
            })
    void aBodyThatIsNoSuchDocumentIsRefused(String body) {
        book(body)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid-request"));
    }

    @Test
    void aMemberNamedTwiceIsRefused() throws JsonProcessingException {
        String json = JSON.writeValueAsString(lecture(city.cast(), at(50, 9), at(50, 11)));

        book(json.replace("\"format\":", "\"format\":\"panel\",\"format\":"))
                .then()
                .statusCode(400)
                .body("errors[0].detail", equalTo("must not contain a member twice"));
    }

    @Test
    void nestingAndSizeAreBounded() {
        assertThat(book("[".repeat(100_000)).statusCode()).isEqualTo(400);
        assertThat(book("{\"note\":\"" + "x".repeat(70_000) + "\"}").statusCode())
                .isEqualTo(400);
        assertThat(book("{\"expectedHeadCount\":" + "9".repeat(1000) + "}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void allViolations_areReportedInTheCallersLanguage() {
        organizer()
                .header("Idempotency-Key", key())
                .header("Accept-Language", "zh-TW")
                .body("{\"format\":\" \"}")
                .post("/api/v1/bookings")
                .then()
                .statusCode(400)
                .header("Content-Language", "zh-CN")
                .body("title", equalTo("请求无效"))
                .body("errors.pointer", equalTo(List.of("/branchId", "/format", "/lecturerId", "/start", "/topicId")))
                .body("errors.detail", everyItem(startsWith("必须填写")));
    }

    @Test
    void textOfFourBytesACharacterIsCountedAndKeptAsPeopleSeeIt() {
        City.Cast cast = city.cast();
        Map<String, Object> body = lecture(cast, at(51, 9), at(51, 11));
        body.put("note", "🎤".repeat(2000));

        book(body).then().statusCode(201).body("note", equalTo("🎤".repeat(2000)));
    }

    @Test
    void archivedItem_isNotBooked() {
        City.Cast cast = city.cast();
        city.archive("lecturer", cast.lecturer());
        city.archive("venue", cast.venue());

        book(lecture(cast, at(52, 9), at(52, 11)))
                .then()
                .statusCode(400)
                .body("errors.pointer", equalTo(List.of("/lecturerId", "/venueId")));
    }

    @Test
    void lecturer_isBookedForOwnTopicsOnly() {
        City.Cast cast = city.cast();
        var other = new City.Cast(cast.lecturer(), city.topic(60), cast.branch(), "", cast.venue());

        book(lecture(other, at(52, 9), at(52, 11)))
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/lecturerId"));
    }

    @ParameterizedTest(name = "{0} in Europe/Berlin")
    @CsvSource({
        // the last Sunday of March 2028: 02:00 to 03:00 does not exist
        "2028-03-26T02:30:00+01:00, 400",
        // the last Sunday of October 2027: 02:00 to 03:00 occurs twice, the offset selects one
        "2027-10-31T02:30:00+01:00, 201",
    })
    void inAZoneWithSummerTimeOnlyTimesThatExistAreAccepted(String start, int status) {
        City.Cast cast = city.cast();
        UUID berlin = city.branch(null, "Europe/Berlin", false);
        Map<String, Object> body = lecture(cast, at(60, 9), at(60, 11));
        body.put("branchId", berlin);
        body.put("start", start);
        body.remove("end");

        book(body).then().statusCode(status);
    }

    @Test
    void theHourThatComesTwiceHoldsTwoLectures() {
        City.Cast cast = city.cast();
        UUID berlin = city.branch(null, "Europe/Berlin", false);
        Map<String, Object> first = lecture(cast, at(60, 9), at(60, 11));
        first.put("branchId", berlin);
        first.put("start", "2027-10-31T02:00:00+02:00");
        first.put("end", "2027-10-31T02:00:00+01:00");
        Map<String, Object> second = new LinkedHashMap<>(first);
        second.put("start", "2027-10-31T02:00:00+01:00");
        second.put("end", "2027-10-31T03:00:00+01:00");

        book(first).then().statusCode(201).body("end", equalTo("2027-10-31T02:00:00+01:00"));
        book(second).then().statusCode(201);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "limit=0",
                "limit=-1",
                "limit=201",
                "limit=1e9",
                "limit=abc",
                "from=yesterday",
                "to=2027-01-01",
                "status=LOST",
                "cursor=%00",
                "cursor=abc",
                "cursor=MTIz",
                "lecturerId=1"
            })
    void aBadParameterIsPointedAt(String query) {
        organizer()
                .urlEncodingEnabled(false)
                .get("/api/v1/bookings?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem("?" + query.substring(0, query.indexOf('='))));
    }

    @Test
    void malformedId_isNotFound() {
        for (String id : List.of(
                "0",
                "-1",
                "9223372036854775808",
                "1.0",
                "%221%22",
                "null",
                "%5B%5D",
                "%7B%7D",
                "1-1-1-1-1",
                "%7B019a1b6e-5a10-7c3e-8f01-2a6b6c1d0001%7D",
                "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0001%00",
                "00000000-0000-0000-0000-000000000000",
                "ffffffff-ffff-ffff-ffff-ffffffffffff")) {
            organizer()
                    .urlEncodingEnabled(false)
                    .get("/api/v1/bookings/" + id)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json");
        }
        organizer().get("/api/v1/bookings/17").then().statusCode(404).contentType("application/problem+json");
        organizer().urlEncodingEnabled(false).get("/api/v1/bookings/%00").then().statusCode(404);
    }

    @Test
    void visibleTexts_areKeptComposedWithOneKindOfLineBreak() {
        for (String text : List.of(
                "<script>alert(1)</script>",
                "=HYPERLINK(\"http://x\")",
                "A\r\nBcc: evil@example.org",
                "${jndi:ldap://x} {booking.customer} {{7*7}} %n%s",
                "' OR 1=1--; select pg_sleep(10)",
                "شنبه‌ها right to left",
                "e\u0301".repeat(500),
                "👨‍👩‍👧‍👦".repeat(100))) {
            Map<String, Object> body = lecture(city.cast(), at(61, 9), at(61, 11));
            body.put("note", text);
            String id = book(body).then().statusCode(201).extract().path("id");
            organizer()
                    .get("/api/v1/bookings/{id}", id)
                    .then()
                    .statusCode(200)
                    .body("note", equalTo(CleanText.of(text)));
        }
    }

    @Test
    void oneMinuteOfOverlap_isAConflict() {
        City.Cast cast = city.cast();
        book(lecture(cast, at(62, 9), at(62, 10))).then().statusCode(201);

        book(lecture(cast, at(62, 9).plusMinutes(59), at(62, 11))).then().statusCode(409);
        book(lecture(cast, at(62, 10), at(62, 11))).then().statusCode(201);
    }

    @Test
    void otherMethodsAndContentTypesAreNamedAsSuch() {
        organizer().put("/api/v1/bookings").then().statusCode(405).body("code", equalTo("method-not-allowed"));
        given().auth()
                .oauth2(Tokens.organizer())
                .contentType("application/xml")
                .header("Idempotency-Key", key())
                .body("<a/>")
                .post("/api/v1/bookings")
                .then()
                .statusCode(415)
                .body("code", equalTo("unsupported-media-type"));
        organizer().accept("image/png").get("/api/v1/bookings").then().statusCode(406);
    }
}
