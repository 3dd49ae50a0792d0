package org.lectern.scheduler.csv;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.lectern.scheduler.support.Lectures.at;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Lectures.lecture;
import static org.lectern.scheduler.support.Lectures.post;
import static org.lectern.scheduler.support.Lectures.with;
import static org.lectern.scheduler.support.Registries.create;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.City.Cast;
import org.lectern.testing.Tokens;

/** What an import says: the outcome of every row, and what the changed entries mean for bookings. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class ImportReportTest {

    private static final LocalDate DAY = day(47);

    @Inject
    City city;

    private static ValidatableResponse imported(String what, boolean dryRun, String csv) {
        return RestAssured.given()
                .auth()
                .oauth2(Tokens.organizer())
                .contentType("text/csv; charset=UTF-8")
                .queryParam("dryRun", dryRun)
                .body(csv.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/" + what + "/import")
                .then();
    }

    private static String code() {
        return "R-" + UUID.randomUUID();
    }

    private static UUID venue(String code, int capacity) {
        Map<String, Object> body = new HashMap<>();
        body.put("code", code);
        body.put("name", "文化礼堂");
        body.put("kind", "lecture-hall");
        body.put("capacity", capacity);
        return UUID.fromString(create("venues", body));
    }

    private static void book(Cast cast, UUID venue, int heads, int hour) {
        Cast there = new Cast(cast.lecturer(), cast.topic(), cast.branch(), "", venue);
        post(
                        "/api/v1/bookings",
                        with(lecture(there, at(DAY, hour, 0), at(DAY, hour + 1, 0)), "expectedHeadCount", heads))
                .then()
                .statusCode(201);
    }

    @Test
    void outcomes_nameEveryRow() {
        String known = code();
        create("topics", Map.of("code", known, "title", "旧题", "durationMinutes", 60));
        String same = code();
        create("topics", Map.of("code", same, "title", "不变", "durationMinutes", 60));
        String csv = "code,title,durationMinutes\n"
                + code() + ",新题一,60\n"
                + code() + ",\"新题\n二\",60\n"
                + known + ",新名,60\n"
                + same + ",不变,60\n"
                + code() + ",错,x\n"
                + code() + ",新题三,60\n";

        imported("topics", true, csv)
                .statusCode(200)
                .body("rows", equalTo(6), "created", equalTo(2), "updated", equalTo(1), "unchanged", equalTo(1))
                .body("outcomes.outcome", contains("CREATED", "REFUSED", "UPDATED", "UNCHANGED", "REFUSED", "CREATED"))
                .body("outcomes.fromLine", contains(2, 3, 5, 6, 7, 8));
    }

    @Test
    void equalOutcomes_areOneEntry() {
        var csv = new StringBuilder("code,title,durationMinutes\n");
        for (int i = 0; i < 300; i++) {
            csv.append(code()).append(",题,60\n");
        }

        imported("topics", false, csv.toString())
                .statusCode(200)
                .body("outcomes.fromLine", contains(2), "outcomes.toLine", contains(301))
                .body("outcomes.rows", contains(300), "outcomes.outcome", contains("CREATED"))
                .body("consequences", nullValue(), "outdatedBookings", nullValue());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void smallerAndRenamedVenues_answerForAllTogether(boolean dryRun) {
        String first = code();
        String second = code();
        UUID hall = venue(first, 100);
        UUID other = venue(second, 100);
        Cast cast = city.cast();
        book(cast, hall, 90, 9);
        book(cast, other, 80, 11);
        book(cast, other, 20, 14);
        String csv =
                "code,name,kind,capacity\n" + first + ",新礼堂,lecture-hall,50\n" + second + ",文化礼堂,lecture-hall,50\n";

        imported("venues", dryRun, csv)
                .statusCode(200)
                .body("updated", equalTo(2))
                .body("consequences.count", equalTo(2))
                .body("consequences.rules.code", contains("over-capacity"))
                .body("consequences.link", containsString("nonconforming=any"))
                .body("outdatedBookings.count", equalTo(1))
                .body("outdatedBookings.link", containsString("outdated=true"));
    }

    @Test
    void lecturerWithoutTheTopic_isAConsequence() {
        Cast cast = city.cast();
        String code = "L-" + cast.lecturer();
        book(cast, cast.venue(), 10, 9);

        imported("lecturers", true, "code,name,tier,topics\n" + code + ",林晓岚,municipal,\n")
                .statusCode(200)
                .body("consequences.count", equalTo(1))
                .body("consequences.rules.code", contains("lecturer-not-on-topic"))
                .body("consequences.link", containsString("lecturerId=" + cast.lecturer()));
    }

    @Test
    void longerTopic_isAConsequenceThatTheLinkLists() {
        Cast cast = city.cast();
        String code = "T-" + cast.topic();
        city.run("UPDATE topic SET duration_minutes = 60 WHERE id = ?", cast.topic());
        book(cast, cast.venue(), 10, 9);

        String link = imported("topics", false, "code,title,durationMinutes\n" + code + ",乡村振兴政策解读,90\n")
                .statusCode(200)
                .body("consequences.count", equalTo(1))
                .body("consequences.rules.code", contains("shorter-than-topic"))
                .extract()
                .path("consequences.link");

        RestAssured.given()
                .auth()
                .oauth2(Tokens.organizer())
                .urlEncodingEnabled(false)
                .get(link)
                .then()
                .statusCode(200)
                .body("items.topic.id", contains(cast.topic().toString()))
                .body("items[0].warnings.code", hasItem("shorter-than-topic"));
        RestAssured.given()
                .auth()
                .oauth2(Tokens.organizer())
                .queryParam("nonconforming", "any")
                .queryParam("topicId", cast.topic())
                .get("/api/v1/bookings")
                .then()
                .statusCode(200)
                .body("items", equalTo(List.of()));
    }

    @Test
    void holiday_isAConsequenceOfTheCalendar() {
        Cast cast = city.cast();
        LocalDate date = day(400);
        while (date.getDayOfWeek().getValue() > 5) {
            date = date.plusDays(1);
        }
        post("/api/v1/bookings", lecture(cast, at(date, 9, 0), at(date, 10, 0)))
                .then()
                .statusCode(201);

        RestAssured.given()
                .auth()
                .oauth2(Tokens.organizer())
                .contentType("text/csv; charset=UTF-8")
                .queryParam("dryRun", true)
                .queryParam("year", date.getYear())
                .body(("date,name,isOffDay\n" + date + ",节,true\n").getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/calendar/import")
                .then()
                .statusCode(200)
                .body("outcomes.outcome", contains("CREATED"))
                .body("consequences.rules.code", hasItem("public-holiday"));
    }
}
