package org.lectern.scheduler.booking.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.lectern.scheduler.support.Lectures.book;
import static org.lectern.scheduler.support.Lectures.change;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Lectures.key;
import static org.lectern.scheduler.support.Lectures.with;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.testing.Tokens;

/** The host of a lecture reports head count and evidence; organizers have the last word. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class BranchReportTest {

    private static final Map<String, Object> REPORT =
            Map.of("headCount", 60, "note", "现场提问踊跃", "link", "https://photos.example.org/17");

    @Inject
    City city;

    private City.Cast cast;
    private UUID guest;
    private String booking;

    @BeforeEach
    void lectureOfYesterday() {
        cast = city.cast();
        guest = city.branch(null, "Asia/Shanghai", false);
        booking = lectureOn(-1);
    }

    private String lectureOn(int day) {
        return book(cast, guest, day(day), 9);
    }

    private Response report(String code, String lecture, int version, Map<String, Object> body) {
        return given().auth()
                .oauth2(Tokens.branch(code))
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key())
                .header("If-Match", "\"" + version + "\"")
                .body(body)
                .post("/api/v1/bookings/" + lecture + "/report");
    }

    @Test
    void host_reportsAndReplacesItsReport() {
        report(cast.branchCode(), booking, 1, REPORT)
                .then()
                .statusCode(200)
                .body(
                        "status", equalTo("COMPLETED"),
                        "completion.headCount", equalTo(60),
                        "completion.link", equalTo("https://photos.example.org/17"),
                        "completion.recordedBy", equalTo("BRANCH"));
        report(cast.branchCode(), booking, 2, Map.of("headCount", 66))
                .then()
                .statusCode(200)
                .body("version", equalTo(3), "completion.headCount", equalTo(66), "completion.link", nullValue());

        organizer()
                .get("/api/v1/bookings/" + booking + "/history")
                .then()
                .body("items.action", contains("CONFIRMED", "COMPLETED", "CORRECTED"));
    }

    @Test
    void organizersRecord_isNotReplacedByTheBranch() {
        report(cast.branchCode(), booking, 1, REPORT).then().statusCode(200);
        change("/api/v1/bookings/" + booking + "/correct", 2, Map.of("headCount", 50, "reason", "重复统计"))
                .then()
                .statusCode(200)
                .body("completion.recordedBy", equalTo("ORGANIZER"));

        report(cast.branchCode(), booking, 3, REPORT)
                .then()
                .statusCode(409)
                .body("code", equalTo("recorded-by-organizers"));
    }

    @Test
    void othersThanTheHost_doNotReport() {
        report("B-" + guest, booking, 1, REPORT).then().statusCode(403);
        UUID other = city.branch(null, "Asia/Shanghai", false);
        report("B-" + other, booking, 1, REPORT).then().statusCode(404);
    }

    @Test
    void guest_seesTheCountButNotTheEvidence() {
        report(cast.branchCode(), booking, 1, REPORT).then().statusCode(200);

        given().auth()
                .oauth2(Tokens.branch("B-" + guest))
                .get("/api/v1/bookings/" + booking)
                .then()
                .body(
                        "completion.headCount", equalTo(60),
                        "completion.note", nullValue(),
                        "completion.link", nullValue());
    }

    @Test
    void lectureAhead_isNotReported() {
        report(cast.branchCode(), lectureOn(3), 1, REPORT)
                .then()
                .statusCode(409)
                .body("code", equalTo("lecture-not-started"));
    }

    @Test
    void outdatedVersion_isRefused() {
        report(cast.branchCode(), booking, 7, REPORT).then().statusCode(412);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://photos.example.org/17",
                "https://ann@photos.example.org/17",
                "https://photos.example.org/a b",
                "javascript:alert(1)",
                "https://"
            })
    void linkThatIsNoPlainHttps_isRefused(String link) {
        report(cast.branchCode(), booking, 1, with(REPORT, "link", link))
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/link"));
    }
}
