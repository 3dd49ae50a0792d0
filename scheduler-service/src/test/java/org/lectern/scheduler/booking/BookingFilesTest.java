package org.lectern.scheduler.booking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.lectern.scheduler.booking.BookingApi.at;
import static org.lectern.scheduler.booking.BookingApi.book;
import static org.lectern.scheduler.booking.BookingApi.change;
import static org.lectern.scheduler.booking.BookingApi.key;
import static org.lectern.scheduler.booking.BookingApi.lecture;
import static org.lectern.scheduler.booking.BookingApi.organizer;

import biweekly.Biweekly;
import biweekly.component.VEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.LogConfig;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.Charset;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.scheduler.booking.file.BookingImport;
import org.lectern.scheduler.booking.file.BookingSheet;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.City.Cast;
import org.lectern.testing.Tokens;

/** Export and import of bookings as files, with the same rules as the API. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class BookingFilesTest {

    private static final String HEADER = "lecturer,topic,branch,venue,format,start,minutes,note\n";
    private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    @Inject
    City city;

    private static RequestSpecification csv() {
        return organizer()
                .config(RestAssured.config()
                        .logConfig(LogConfig.logConfig().enablePrettyPrinting(false))
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .contentType("text/csv");
    }

    private static ValidatableResponse rehearse(String file) {
        return csv().queryParam("dryRun", true)
                .body(file.getBytes(UTF_8))
                .post("/api/v1/bookings/import")
                .then();
    }

    private static ValidatableResponse send(String file) {
        return send(file.getBytes(UTF_8), key());
    }

    private static ValidatableResponse send(byte[] file, String key) {
        return csv().header("Idempotency-Key", key)
                .body(file)
                .post("/api/v1/bookings/import")
                .then();
    }

    private static String row(Cast cast, OffsetDateTime start, int minutes, String note) {
        return "L-%s,T-%s,B-%s,V-%s,lecture,%s,%d,%s\n"
                .formatted(
                        cast.lecturer(), cast.topic(), cast.branch(), cast.venue(), WALL.format(start), minutes, note);
    }

    private long booked(Cast cast) {
        return city.count("SELECT count(*) FROM booking WHERE lecturer_id = ?", cast.lecturer());
    }

    private static String exported(Cast cast, String language) {
        return organizer()
                .header("Accept-Language", language)
                .queryParam("lecturerId", cast.lecturer())
                .get("/api/v1/bookings/export.csv")
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .extract()
                .response()
                .body()
                .asString();
    }

    @Test
    void rowsAreBookedByCodesWithTimesAsTheClockShowsThem() {
        Cast cast = city.cast();
        UUID guest = city.branch(null, "Asia/Shanghai", false);
        String file = "讲师编号,课题编号,承办单位编号,场地编号,形式,开始时间,结束时间,预计人数,备注,协办单位\r\n"
                + "L-%s,%s,B-%s,V-%s,lecture,%s,16:00,30,\"两行\r\n备注\",B-%s:12\r\n"
                        .formatted(
                                cast.lecturer(),
                                cast.topic(),
                                cast.branch(),
                                cast.venue(),
                                DateTimeFormatter.ofPattern("uuuu/M/d H:mm").format(at(40, 14)),
                                guest);

        send(("\uFEFF" + file).getBytes(UTF_8), key())
                .statusCode(200)
                .body("rows", equalTo(1), "created", equalTo(1), "errors", empty());

        organizer()
                .queryParam("lecturerId", cast.lecturer())
                .get("/api/v1/bookings")
                .then()
                .body("items", hasSize(1))
                .body("items[0].status", equalTo("CONFIRMED"))
                .body("items[0].start", equalTo(BookingSheet.time(at(40, 14))))
                .body("items[0].end", equalTo(BookingSheet.time(at(40, 16))))
                .body("items[0].expectedHeadCount", equalTo(30))
                .body("items[0].note", equalTo("两行\n备注"))
                .body("items[0].guests.id", contains(guest.toString()))
                .body("items[0].guests[0].expectedHeadCount", equalTo(12));
        assertThat(city.count(
                        "SELECT count(*) FROM outbox o JOIN booking b ON b.id = o.aggregate_id WHERE b.lecturer_id = ?",
                        cast.lecturer()))
                .isEqualTo(1);
        assertThat(city.count(
                        "SELECT count(*) FROM audit_entry h JOIN booking b ON cast(b.id AS text) = h.subject"
                                + " WHERE b.lecturer_id = ? AND h.actor <> 'system'",
                        cast.lecturer()))
                .isEqualTo(1);
    }

    @Test
    void aFileOfAChineseSpreadsheetIsBooked() {
        Cast cast = city.cast();
        String file = "讲师,课题,单位,场地,形式,开始,分钟数,备注\n" + row(cast, at(41, 9), 60, "请带㐀教具");

        send(file.getBytes(Charset.forName("GB18030")), key()).statusCode(200).body("created", equalTo(1));

        assertThat(exported(cast, "zh-CN")).startsWith("预约标识,状态,讲师编号").contains("请带㐀教具");
    }

    @Test
    void everyRow_namesItsConflicts() {
        Cast cast = city.cast();
        Cast other = city.cast();
        String standing = book(lecture(cast, at(42, 9), at(42, 10)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String file = HEADER
                + row(cast, at(42, 9), 30, "撞上已有预约") // line 2
                + row(cast, at(42, 11), 60, "\"好\n的\"") // lines 3 and 4
                + row(other, at(42, 11), 60, "").replace("V-" + other.venue(), "V-" + cast.venue()) // line 5
                + row(other, at(42, 15), 1, "") // line 6
                + row(other, at(42, 16), 60, "").replace("T-", "T-no-such-"); // line 7

        rehearse(file)
                .statusCode(200)
                .body("dryRun", equalTo(true), "rows", equalTo(5), "created", equalTo(1))
                .body("errors.line", contains(2, 2, 2, 5, 6, 7))
                .body("errors.column", contains("branch", "lecturer", "venue", "venue", "end", "topic"))
                .body("errors[1].bookingId", equalTo(standing))
                .body("errors[1].detail", containsString("\"乡村振兴政策解读\" at 青石村"))
                .body("errors[1].detail", containsString(BookingSheet.time(at(42, 9))))
                .body("errors[3].otherLine", equalTo(3))
                .body("errors[3].detail", containsString("line 3 of this file"));
        List<Object> rehearsed = rehearse(file).extract().jsonPath().getList("errors");
        assertThat(booked(cast)).isEqualTo(1);

        String key = key();
        ValidatableResponse refused = send(file.getBytes(UTF_8), key)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("import-refused"));
        assertThat(refused.extract().jsonPath().<Object>getList("rowErrors")).isEqualTo(rehearsed);
        assertThat(booked(cast)).isEqualTo(1);
        assertThat(booked(other)).isZero();
        // a refusal is not stored, so the corrected file may reuse the key
        send((HEADER + row(cast, at(42, 11), 60, "")).getBytes(UTF_8), key)
                .statusCode(200)
                .body("created", equalTo(1));
    }

    @Test
    void overrideOfARow_appliesToItsRowOnly() {
        Cast cast = city.cast();
        city.run("UPDATE venue SET capacity = 10 WHERE id = ?", cast.venue());
        String header = "lecturer,topic,branch,venue,format,start,minutes,headCount,override\n";
        String plain = "L-%s,T-%s,B-%s,V-%s,lecture,%s,60,50,"
                .formatted(cast.lecturer(), cast.topic(), cast.branch(), cast.venue(), WALL.format(at(43, 9)));

        rehearse(header + plain + "\n")
                .body("errors.column", contains("headCount"))
                .body("errors[0].detail", containsString("50 people are expected; the venue has room for 10"))
                .body("errors[0].detail", containsString("\"override\""));
        rehearse(header + plain + "站着听\n" + plain + "站着听\n")
                .body("created", equalTo(1))
                .body("errors.line", contains(3, 3, 3))
                .body("errors.otherLine", contains(2, 2, 2));
        send(header + plain + "站着听\n").statusCode(200);
        assertThat(city.count(
                        "SELECT count(*) FROM audit_entry h JOIN booking b ON cast(b.id AS text) = h.subject"
                                + " WHERE b.lecturer_id = ? AND h.override_reason = '站着听'"
                                + " AND h.overridden = '{over-capacity}'",
                        cast.lecturer()))
                .isEqualTo(1);
    }

    @Test
    void aFileIsBookedOncePerKey() {
        Cast cast = city.cast();
        byte[] file = (HEADER + row(cast, at(44, 9), 60, "")).getBytes(UTF_8);
        String key = key();

        send(file, key).statusCode(200).body("created", equalTo(1));
        send(file, key).statusCode(200).header("Idempotency-Replayed", "true").body("created", equalTo(1));
        send((HEADER + row(cast, at(44, 12), 60, "")).getBytes(UTF_8), key)
                .statusCode(422)
                .body("code", equalTo("idempotency-key-reused"));
        csv().body(file)
                .post("/api/v1/bookings/import")
                .then()
                .statusCode(400)
                .body("code", equalTo("idempotency-key-missing"));

        assertThat(booked(cast)).isEqualTo(1);
    }

    @Test
    void exportedRows_areRecognisedByTheImport() {
        Cast cast = city.cast();
        Map<String, Object> hostile = lecture(cast, at(45, 9), at(45, 10));
        hostile.put("note", "=HYPERLINK(\"http://x\"),\n第二行");
        book(hostile).then().statusCode(201);
        String second = book(lecture(cast, at(45, 11), at(45, 12)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        for (String language : List.of("en", "zh-CN")) {
            String file = exported(cast, language);
            assertThat(file).contains("\"'=HYPERLINK(\"\"http://x\"\"),\n第二行\"");
            rehearse(file).statusCode(200).body("rows", equalTo(2), "unchanged", equalTo(2), "errors", empty());
        }
        String file = exported(cast, "en");
        change(
                        second,
                        "change",
                        1,
                        Map.of("start", hostile.get("start").toString().replace("T09", "T13"), "reason", "改期"))
                .then()
                .statusCode(200);
        rehearse(file)
                .body("errors.column", contains("end", "start"))
                .body("errors[1].detail", containsString(BookingSheet.time(at(45, 13))));
        city.run("UPDATE booking SET status = 'CANCELLED' WHERE lecturer_id = ?", cast.lecturer());
        city.run(
                "UPDATE booking_branch SET active = false WHERE booking_id IN (SELECT id FROM booking WHERE lecturer_id = ?)",
                cast.lecturer());
        rehearse(file.replaceAll("(?m)^[0-9a-f-]{36},", ","))
                .statusCode(200)
                .body("created", equalTo(2), "errors", empty());
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "start, tomorrow, must be a time such as",
        "start, '', must not be empty",
        "zone, Mars/Base, must be an IANA time zone",
        "lecturer, L-nobody, refers to an item that does not exist",
        "guests, B-nobody:3, refers to an item that does not exist",
        "headCount, -1, must be at least 0",
        "headCount, many, must be a whole number",
        "status, CANCELLED, CONFIRMED",
        "id, 0198e6a0-5d2c-7c3e-9c60-0b0d1c2d3e4f, is not an existing booking",
        "format, seance, must be one of",
        "joinLink, javascript:alert(1), must be",
    })
    void eachCellThatIsWrongIsNamed(String column, String cell, String detail) {
        Cast cast = city.cast();
        Map<String, String> cells = new LinkedHashMap<>(Map.of(
                "lecturer", "L-" + cast.lecturer(),
                "topic", "T-" + cast.topic(),
                "branch", "B-" + cast.branch(),
                "venue", "V-" + cast.venue(),
                "format", "lecture",
                "start", WALL.format(at(46, 9))));
        cells.put(column, cell);

        rehearse(String.join(",", cells.keySet()) + "\n" + String.join(",", cells.values()) + "\n")
                .statusCode(200)
                .body("errors.findAll { it.column == '" + column + "' }.detail.join('|')", containsString(detail))
                .body("errors.line.unique()", contains(2));
        rehearse(String.join(",", cells.keySet()) + "\n" + String.join(",", cells.values()) + "\n")
                .body("created", equalTo(0));
    }

    @Test
    void moreRowsThanOneTransactionShouldHoldAreRefused() {
        Cast cast = city.cast();
        String file = HEADER + row(cast, at(47, 9), 60, "").repeat(BookingImport.MOST_ROWS + 1);

        rehearse(file)
                .statusCode(400)
                .body("code", equalTo("invalid-request"))
                .body("errors[0].detail", containsString("at most 500 rows"));
    }

    @Test
    void fiveHundredLecturesAreOneImport() {
        Cast cast = city.cast();
        var file = new StringBuilder(HEADER);
        for (int i = 0; i < BookingImport.MOST_ROWS; i++) {
            file.append(row(cast, at(200 + i / 10, 8 + i % 10), 60, "第" + i + "场"));
        }

        send(file.toString()).statusCode(200).body("created", equalTo(BookingImport.MOST_ROWS));

        assertThat(booked(cast)).isEqualTo(BookingImport.MOST_ROWS);
        String exported = exported(cast, "en");
        assertThat(exported.lines()).hasSize(BookingImport.MOST_ROWS + 1);
        assertThat(exported.lines().skip(1).map(line -> line.substring(0, 36)).collect(Collectors.toSet()))
                .hasSize(BookingImport.MOST_ROWS);
        String calendar = organizer()
                .queryParam("lecturerId", cast.lecturer())
                .get("/api/v1/bookings/export.ics")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(Biweekly.parse(calendar).first().getEvents()).hasSize(BookingImport.MOST_ROWS);
    }

    @Test
    void aBranchGetsItsOwnWithoutHoldsAndNotes() {
        Cast cast = city.cast();
        Cast neighbour = city.cast();
        Map<String, Object> noted = lecture(cast, at(48, 9), at(48, 10));
        noted.put("note", "内部备注");
        String mine = book(noted).then().statusCode(201).extract().path("id");
        Map<String, Object> held = lecture(cast, at(48, 11), at(48, 12));
        held.put("hold", Map.of());
        String hold = book(held).then().statusCode(201).extract().path("id");
        String theirs = book(lecture(neighbour, at(48, 9), at(48, 10)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        for (String kind : List.of("csv", "ics")) {
            String file = RestAssured.given()
                    .auth()
                    .oauth2(Tokens.branch(cast.branchCode()))
                    .get("/api/v1/bookings/export." + kind)
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString();
            assertThat(file)
                    .contains(mine)
                    .doesNotContain("内部备注")
                    .doesNotContain(hold)
                    .doesNotContain(theirs);
        }
        for (String id : List.of(theirs, hold)) {
            RestAssured.given()
                    .auth()
                    .oauth2(Tokens.branch(cast.branchCode()))
                    .get("/api/v1/bookings/" + id + "/calendar.ics")
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("code", equalTo("not-found"));
        }
    }

    private static VEvent event(String id) {
        String file = organizer()
                .header("Accept-Language", "zh-CN")
                .get("/api/v1/bookings/" + id + "/calendar.ics")
                .then()
                .statusCode(200)
                .contentType("text/calendar")
                .header("Content-Disposition", "attachment; filename=\"booking-" + id + ".ics\"")
                .extract()
                .asString();
        var events = Biweekly.parse(file).first().getEvents();
        assertThat(events).hasSize(1);
        return events.getFirst();
    }

    @Test
    void anEventFollowsItsBookingUnderOneName() {
        Cast cast = city.cast();
        city.run("UPDATE topic SET title = ? WHERE id = ?", "题目\nEND:VEVENT\nBEGIN:VEVENT\n,;\\ 😀", cast.topic());
        Map<String, Object> held = lecture(cast, at(49, 9), at(49, 10));
        held.put("hold", Map.of());
        String id = book(held).then().statusCode(201).extract().path("id");

        VEvent tentative = event(id);
        change(id, "confirm", 1, Map.of()).then().statusCode(200);
        VEvent confirmed = event(id);
        change(id, "cancel", 2, Map.of("reason", "取消")).then().statusCode(200);
        VEvent cancelled = event(id);

        assertThat(List.of(tentative, confirmed, cancelled)).allSatisfy(event -> {
            assertThat(event.getUid().getValue()).isEqualTo(id + "@lectern");
            assertThat(event.getSummary().getValue().replace("\r\n", "\n"))
                    .isEqualTo("题目\nEND:VEVENT\nBEGIN:VEVENT\n,;\\ 😀");
            assertThat(event.getDateStart().getValue().toInstant())
                    .isEqualTo(at(49, 9).toInstant());
            assertThat(event.getDateEnd().getValue().toInstant())
                    .isEqualTo(at(49, 10).toInstant());
            assertThat(event.getLocation().getValue()).isEqualTo("文化礼堂, 青石村8号");
            assertThat(event.getDescription().getValue().replace("\r\n", "\n")).isEqualTo("讲师：林晓岚\n主办单位：青石村");
            assertThat(event.getDateTimeStamp().getValue())
                    .isEqualTo(event.getLastModified().getValue());
        });
        assertThat(List.of(tentative, confirmed, cancelled))
                .extracting(event ->
                        event.getStatus().getValue() + " " + event.getSequence().getValue())
                .containsExactly("TENTATIVE 0", "CONFIRMED 1", "CANCELLED 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"export.csv", "export.ics"})
    void aFilterThatCannotBeReadIsRefusedBeforeAnythingIsSent(String file) {
        organizer()
                .queryParam("from", "yesterday")
                .get("/api/v1/bookings/" + file)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].pointer", equalTo("?from"));
    }

    @ParameterizedTest(name = "{0}: import {1}, export {2}")
    @CsvSource({
        "operator, 403, 403",
        "auditor,  403, 200",
        "branch,   403, 200",
    })
    void eachRoleMayDoItsPart(String role, int importing, int exporting) {
        String token = role.equals("branch") ? Tokens.branch("B-1") : Tokens.of(role, Map.of());
        csv().auth()
                .oauth2(token)
                .body("x".getBytes(UTF_8))
                .post("/api/v1/bookings/import")
                .then()
                .statusCode(importing)
                .body("code", equalTo("forbidden"));
        for (String file : List.of("export.csv", "export.ics")) {
            RestAssured.given()
                    .auth()
                    .oauth2(token)
                    .queryParam("lecturerId", UUID.randomUUID())
                    .get("/api/v1/bookings/" + file)
                    .then()
                    .statusCode(exporting);
        }
    }
}
