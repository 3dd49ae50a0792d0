package org.lectern.scheduler.schedule;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.lectern.scheduler.schedule.AvailabilityApi.at;
import static org.lectern.scheduler.schedule.AvailabilityApi.availability;
import static org.lectern.scheduler.schedule.AvailabilityApi.book;
import static org.lectern.scheduler.schedule.AvailabilityApi.lecture;
import static org.lectern.scheduler.schedule.AvailabilityApi.next;
import static org.lectern.scheduler.schedule.AvailabilityApi.organizer;
import static org.lectern.scheduler.schedule.AvailabilityApi.replace;
import static org.lectern.scheduler.schedule.AvailabilityApi.today;
import static org.lectern.scheduler.schedule.AvailabilityApi.weekly;
import static org.lectern.scheduler.schedule.AvailabilityApi.window;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.testing.Tokens;

/** A lecturer's availability, a venue's hours, and the resulting free time. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class AvailabilityTest {

    private static final LocalDate MONDAY = next(DayOfWeek.MONDAY, today().plusDays(20));

    @Inject
    City city;

    private City.Cast cast;

    @BeforeEach
    void cast() {
        cast = city.cast();
    }

    private String path() {
        return "/api/v1/lecturers/" + cast.lecturer() + "/availability";
    }

    @Test
    void availability_isOptional() {
        organizer()
                .get(path())
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("version", equalTo(1))
                .body("zone", equalTo("Asia/Shanghai"))
                .body("weekly", hasSize(0))
                .body("exceptions", hasSize(0))
                .body("blackouts", hasSize(0));
    }

    @Test
    void availability_isStoredWithMergedWindows() {
        replace(
                        path(),
                        Map.of(
                                "zone", "Asia/Urumqi",
                                "weekly",
                                        List.of(
                                                weekly("TUESDAY", "14:00", "17:00"),
                                                weekly("TUESDAY", "10:00", "12:00"),
                                                weekly("TUESDAY", "12:00", "13:00")),
                                "exceptions",
                                        List.of(Map.of(
                                                "date",
                                                MONDAY.toString(),
                                                "windows",
                                                List.of(window("19:00", "24:00")),
                                                "note",
                                                "晚间")),
                                "blackouts",
                                        List.of(Map.of(
                                                "firstDay",
                                                MONDAY.toString(),
                                                "lastDay",
                                                MONDAY.plusDays(2).toString(),
                                                "reason",
                                                "休假")),
                                "limits", Map.of("lecturesPerDay", 2, "lecturesPerWeek", 6, "noticeHours", 72)))
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"");

        organizer()
                .get(path())
                .then()
                .body("zone", equalTo("Asia/Urumqi"))
                .body("weekly.from", contains("10:00", "14:00"))
                .body("weekly.until", contains("13:00", "17:00"))
                .body("exceptions[0].windows[0].until", equalTo("24:00"))
                .body("blackouts[0].lastDay", equalTo(MONDAY.plusDays(2).toString()))
                .body("limits.lecturesPerDay", equalTo(2))
                .body("limits.lecturesPerWeek", equalTo(6))
                .body("limits.noticeHours", equalTo(72));
    }

    @Test
    void aChangeNeedsTheVersionItWasMadeOf() {
        availability(cast.lecturer(), Map.of());

        organizer().body(Map.of()).put(path()).then().statusCode(428).body("code", equalTo("precondition-required"));
        organizer()
                .header("If-Match", "\"1\"")
                .body(Map.of())
                .put(path())
                .then()
                .statusCode(412)
                .body("code", equalTo("stale-version"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"weekly":[{"day":"MONDAY","from":"12:00","until":"11:00"}]}|/weekly/0/until
            {"weekly":[{"day":"MONDAY","from":"25:00","until":"26:00"}]}|/weekly/0/from
            {"weekly":[{"day":"MONDAY","from":"9:00","until":"11:00"}]}|/weekly/0/from
            {"weekly":[{"day":"FEIERTAG","from":"08:00","until":"11:00"}]}|/weekly/0/day
            {"zone":"Asia/Nowhere"}|/zone
            {"exceptions":[{"date":"2026-02-30","windows":[]}]}|/exceptions/0/date
            {"exceptions":[{"date":"2027-01-04","windows":[]},{"date":"2027-01-04","windows":[]}]}|/exceptions/1/date
            {"blackouts":[{"firstDay":"2027-01-04","lastDay":"2027-01-03"}]}|/blackouts/0/lastDay
            {"blackouts":[{"from":"2027-01-04T10:00:00+08:00","until":"2027-01-04T10:00:00+08:00"}]}|/blackouts/0/until
            {"blackouts":[{"firstDay":"2027-01-04","until":"2027-01-04T10:00:00+08:00"}]}|/blackouts/0
            {"limits":{"lecturesPerDay":0}}|/limits/lecturesPerDay
            {"limits":{"lecturesPerWeek":-1}}|/limits/lecturesPerWeek
            {"limits":{"noticeHours":99999999999}}|/limits/noticeHours
            {"limit":{}}|/limit""")
    void whatCannotBeIsPointedAt(String body, String pointer) {
        organizer()
                .header("If-Match", "\"1\"")
                .body(body)
                .put(path())
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].pointer", equalTo(pointer));
        organizer().get(path()).then().body("version", equalTo(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lecturers/%s/availability", "venues/%s/opening-hours"})
    void windowOverMidnight_isRefusedWithTheTwoWindowsToEnter(String path) {
        UUID id = path.startsWith("lecturers") ? cast.lecturer() : cast.venue();
        organizer()
                .header("If-Match", "\"1\"")
                .body("""
                        {"weekly": [{"day": "FRIDAY", "from": "22:00", "until": "02:00"}], "exceptions": []}""")
                .put("/api/v1/" + path.formatted(id))
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/weekly/0/until"))
                .body("errors[0].detail", containsString("enter 22:00–24:00 on this day and 00:00–02:00 on the next"));
        organizer()
                .header("If-Match", "\"1\"")
                .body("""
                        {"weekly": [{"day": "FRIDAY", "from": "22:00", "until": "24:00"},
                                    {"day": "SATURDAY", "from": "00:00", "until": "02:00"}], "exceptions": []}""")
                .put("/api/v1/" + path.formatted(id))
                .then()
                .statusCode(200);
    }

    @Test
    void freeTimeIsTheWindowsWithoutBlackoutsAndBookings() {
        availability(
                cast.lecturer(),
                Map.of(
                        "weekly",
                        List.of(weekly("MONDAY", "08:00", "12:00"), weekly("TUESDAY", "08:00", "12:00")),
                        "blackouts",
                        List.of(Map.of(
                                "from", at(MONDAY.plusDays(1), "08:00"), "until", at(MONDAY.plusDays(1), "09:30")))));
        book(lecture(cast, at(MONDAY, "09:00"), at(MONDAY, "10:00"))).then().statusCode(201);

        organizer()
                .queryParam("from", at(MONDAY, "00:00"))
                .queryParam("to", at(MONDAY.plusDays(2), "00:00"))
                .get(path())
                .then()
                .statusCode(200)
                .body("free.from", contains(at(MONDAY, "08:00"), at(MONDAY, "10:00"), at(MONDAY.plusDays(1), "09:30")))
                .body(
                        "free.until",
                        contains(at(MONDAY, "09:00"), at(MONDAY, "12:00"), at(MONDAY.plusDays(1), "12:00")));
    }

    @ParameterizedTest
    @CsvSource({
        "2027-01-04T00:00:00+08:00,2027-01-03T00:00:00+08:00,?to",
        "2027-01-04T00:00:00+08:00,2028-01-03T00:00:00+08:00,?to",
        "2027-01-04,2027-01-05T00:00:00+08:00,?from",
        "2027-01-04T00:00:00+08:00,tomorrow,?to",
    })
    void aRangeThatCannotBeIsPointedAt(String from, String to, String pointer) {
        organizer()
                .queryParam("from", from)
                .queryParam("to", to)
                .get(path())
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo(pointer));
    }

    @Test
    void unknownLecturer_isNotFound() {
        String nobody = "/api/v1/lecturers/" + UUID.randomUUID() + "/availability";

        organizer().get(nobody).then().statusCode(404);
        organizer()
                .header("If-Match", "\"1\"")
                .body(Map.of())
                .put(nobody)
                .then()
                .statusCode(404);
        organizer()
                .get("/api/v1/venues/" + UUID.randomUUID() + "/opening-hours")
                .then()
                .statusCode(404);
    }

    @Test
    void aVenueHasHours() {
        String hours = "/api/v1/venues/" + cast.venue() + "/opening-hours";
        organizer().get(hours).then().statusCode(200).header("ETag", "\"1\"").body("weekly", hasSize(0));

        replace(hours, Map.of("weekly", List.of(weekly("SUNDAY", "00:00", "24:00"))))
                .then()
                .statusCode(200)
                .body("weekly[0].until", equalTo("24:00"));
        organizer()
                .header("If-Match", "\"2\"")
                .body(Map.of("weekly", List.of(weekly("SUNDAY", "10:00", "09:00"))))
                .put(hours)
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/weekly/0/until"));
    }

    @Test
    void reasonsOfAbsences_areForOrganizersOnly() {
        availability(
                cast.lecturer(),
                Map.of(
                        "blackouts",
                        List.of(Map.of(
                                "firstDay", today().plusDays(3).toString(),
                                "lastDay", today().plusDays(5).toString(),
                                "reason", "operation")),
                        "exceptions",
                        List.of(Map.of("date", today().plusDays(9).toString(), "windows", List.of(), "note", "ward"))));

        organizer()
                .get(path())
                .then()
                .body("blackouts[0].reason", equalTo("operation"), "exceptions[0].note", equalTo("ward"));
        for (String query : List.of("", "?from=" + at(today(), "00:00") + "&to=" + at(today().plusDays(7), "00:00"))) {
            given().auth()
                    .oauth2(Tokens.auditor())
                    .urlEncodingEnabled(false)
                    .get(path() + query.replace("+", "%2B"))
                    .then()
                    .statusCode(200)
                    .body("blackouts[0].firstDay", equalTo(today().plusDays(3).toString()))
                    .body("blackouts[0].lastDay", equalTo(today().plusDays(5).toString()))
                    .body("exceptions[0].date", equalTo(today().plusDays(9).toString()))
                    .body(not(containsString("operation")), not(containsString("ward")));
        }
    }

    @ParameterizedTest(name = "{0}: read {1}, opening hours {2}, write {3}, search {4}, calendar {5}")
    @CsvSource({
        "branch,    403, 200, 403, 403, 200",
        "operator,  403, 403, 403, 403, 200",
        "auditor,   200, 200, 403, 400, 200",
        "organizer, 200, 200, 428, 400, 200",
    })
    void eachRoleMayDoItsPart(String role, int read, int hoursRead, int write, int search, int calendar) {
        var as = given().contentType(ContentType.JSON)
                .auth()
                .oauth2(role.equals("branch") ? Tokens.branch(cast.branchCode()) : Tokens.of(role, Map.of()));
        String hours = "/api/v1/venues/" + cast.venue() + "/opening-hours";

        as.get(path()).then().statusCode(read);
        as.get(hours).then().statusCode(hoursRead);
        as.body("{}").put(path()).then().statusCode(write);
        as.body("{}").put(hours).then().statusCode(write);
        as.get("/api/v1/availability").then().statusCode(search);
        as.get("/api/v1/calendar?from=2027-01-01&to=2027-01-02").then().statusCode(calendar);
    }
}
