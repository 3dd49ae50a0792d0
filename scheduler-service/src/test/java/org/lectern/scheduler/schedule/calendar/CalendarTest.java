package org.lectern.scheduler.schedule.calendar;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.testing.Tokens;

/** The working calendar contains exactly the announced days. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class CalendarTest {

    /** Years without bookings of other tests; each test has its own. */
    private static final AtomicInteger YEARS = new AtomicInteger(2100);

    private static final String PATH = "/api/v1/calendar/";

    private static RequestSpecification organizer() {
        return given().auth().oauth2(Tokens.organizer()).contentType(ContentType.JSON);
    }

    private static Map<String, Object> day(String date, boolean off) {
        return Map.of("date", date, "name", "国庆节", "isOffDay", off);
    }

    private static Response announce(int year, List<Map<String, Object>> days) {
        return organizer().body(Map.of("year", year, "days", days)).post(PATH + "import");
    }

    @Test
    void unannouncedYear_isMarked() {
        int year = YEARS.getAndIncrement();

        organizer()
                .get(PATH + year)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("announced", equalTo(false))
                .body("days", hasSize(0));
        organizer()
                .queryParam("from", year + "-10-01")
                .queryParam("to", year + "-10-03")
                .get("/api/v1/calendar")
                .then()
                .statusCode(200)
                .body("years[0].announced", equalTo(false))
                .body("days.announced", contains(false, false, false));
    }

    @Test
    void holidaysAndMakeUpWorkdaysAreAsAnnounced() {
        int year = YEARS.getAndIncrement();

        announce(year, List.of(day(year + "-10-01", true), day(year + "-10-02", false)))
                .then()
                .statusCode(200)
                .body("created", equalTo(2))
                .body("errors", hasSize(0));

        organizer()
                .queryParam("from", year + "-10-01")
                .queryParam("to", year + "-10-02")
                .get("/api/v1/calendar")
                .then()
                .body("years[0].announced", equalTo(true))
                .body("days.kind", contains("PUBLIC_HOLIDAY", "MAKE_UP_WORKDAY"))
                .body("days.workday", contains(false, true))
                .body("days.name", contains("国庆节", "国庆节"));
    }

    @Test
    void aRepeatChangesNothingAndATrialStoresNothing() {
        int year = YEARS.getAndIncrement();
        List<Map<String, Object>> days = List.of(day(year + "-05-01", true));

        organizer()
                .queryParam("dryRun", true)
                .body(Map.of("year", year, "days", days))
                .post(PATH + "import")
                .then()
                .statusCode(200)
                .body("created", equalTo(1));
        organizer().get(PATH + year).then().body("version", equalTo(1));
        announce(year, days).then().statusCode(200);
        announce(year, days).then().statusCode(200).body("unchanged", equalTo(1));
        organizer().get(PATH + year).then().body("days", hasSize(1));
    }

    @Test
    void aYearCanBeTakenFromCsvWithItsErrorsByLine() {
        int year = YEARS.getAndIncrement();
        var csv = given().auth()
                .oauth2(Tokens.organizer())
                .contentType("text/csv; charset=utf-8")
                .queryParam("year", year);

        csv.body("date,name,isOffDay\n%d-13-01,国庆节,true\n%d-10-02,国庆节,maybe\n".formatted(year, year))
                .post(PATH + "import")
                .then()
                .statusCode(422)
                .body("code", equalTo("import-refused"))
                .body("rowErrors.line", contains(2, 3))
                .body("rowErrors.column", contains("date", "isOffDay"));
        organizer().get(PATH + year).then().body("announced", equalTo(false));
        csv.body("\ufeffdate,name,isOffDay\n%d-10-01,国庆节,true\n".formatted(year))
                .post(PATH + "import")
                .then()
                .statusCode(200)
                .body("created", equalTo(1));
        organizer().get(PATH + year).then().body("announced", equalTo(true));
    }

    @Test
    void aYearIsReplacedUnderItsVersion() {
        int year = YEARS.getAndIncrement();
        Map<String, Object> body = Map.of("announced", true, "days", List.of(day(year + "-01-01", true)));

        organizer().body(body).put(PATH + year).then().statusCode(428);
        organizer()
                .header("If-Match", "\"7\"")
                .body(body)
                .put(PATH + year)
                .then()
                .statusCode(412);
        organizer()
                .header("If-Match", "\"1\"")
                .body(body)
                .put(PATH + year)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"announced":true,"days":[{"date":"%d-10-01","name":"a","isOffDay":true},{"date":"%d-10-01","name":"b","isOffDay":true}]}|/days/1/date
            {"announced":true,"days":[{"date":"2099-06-01","name":"a","isOffDay":true}]}|/days/0/date
            {"announced":true,"days":[{"date":"%d-10-01","name":"a","isOffDay":true,"actsAs":"MONDAY"}]}|/days/0/actsAs
            {"announced":true,"days":[{"date":"%d-10-01","name":" ","isOffDay":true}]}|/days/0/name
            {"announced":true,"days":[{"date":"%d-10-01","name":"a"}]}|/days/0/isOffDay
            {"announced":false,"days":[{"date":"%d-10-01","name":"a","isOffDay":true}]}|/announced""")
    void whatCannotBeIsPointedAt(String body, String pointer) {
        int year = YEARS.getAndIncrement();

        organizer()
                .header("If-Match", "\"1\"")
                .body(body.replace("%d", Integer.toString(year)))
                .put(PATH + year)
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo(pointer));
        organizer().get(PATH + year).then().body("version", equalTo(1));
    }

    @ParameterizedTest
    @CsvSource({
        "from=2027-01-01&to=2028-06-01,?to",
        "from=2027-01-02&to=2027-01-01,?to",
        "from=1&to=2027-01-01,?from",
        "to=2027-01-01,?from",
    })
    void aRangeThatCannotBeIsPointedAt(String query, String pointer) {
        organizer().get("/api/v1/calendar?" + query).then().statusCode(400).body("errors[0].pointer", equalTo(pointer));
    }
}
