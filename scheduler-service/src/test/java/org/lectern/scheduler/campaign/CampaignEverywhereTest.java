package org.lectern.scheduler.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.lectern.scheduler.support.Lectures.at;
import static org.lectern.scheduler.support.Lectures.change;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Lectures.key;
import static org.lectern.scheduler.support.Lectures.post;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.testing.Tokens;

/** Campaigns in every operation that creates lectures, and their visibility per role. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class CampaignEverywhereTest {

    @Inject
    City city;

    private Drive drive;
    private UUID lecturer;

    @BeforeEach
    void campaign() {
        drive = new Drive(city, 2, 2);
        drive.active(drive.body());
        lecturer = drive.lecturer("county");
    }

    private int booked() {
        return drive.get("/coverage").then().statusCode(200).extract().path("totals.booked");
    }

    private static RequestSpecification as(String token) {
        return RestAssured.given()
                .auth()
                .oauth2(token)
                .contentType("application/json")
                .header("Idempotency-Key", key());
    }

    @Test
    void seriesOutsideTheCampaignRules_isRefused() {
        Map<String, Object> body = new HashMap<>();
        body.put("lecturerId", lecturer);
        body.put("topicId", drive.topics.getFirst());
        body.put("branchId", drive.villages.getFirst());
        body.put("venueId", city.venue());
        body.put("format", "lecture");
        body.put("startTime", "14:00");
        body.put("durationMinutes", 60);
        body.put("weekly", Map.of("from", day(2).toString(), "count", 2));
        body.put("campaignId", drive.id);
        post("/api/v1/series", body).then().statusCode(201);
        assertThat(booked()).isOne();
        assertThat(city.count("SELECT count(*) FROM booking WHERE campaign_id = cast(? AS uuid)", drive.id))
                .isEqualTo(2);

        body.put("topicId", drive.city.topic(60));
        post("/api/v1/series", body).then().statusCode(400);
    }

    @Test
    void aRowOfAFileNamesItsCampaignByCode() {
        String code = drive.get("").path("code");
        String file =
                """
                lecturer,topic,branch,venue,format,start,minutes,campaign
                L-%s,T-%s,B-%s,V-%s,lecture,%s 14:00,60,%s
                """.formatted(lecturer, drive.topics.getFirst(), drive.villages.getFirst(), city.venue(), day(2), code);
        imported(file.replace(code, "C-NONE"))
                .statusCode(422)
                .body("code", equalTo("import-refused"))
                .body("rowErrors.column", contains("campaign"));
        assertThat(booked()).isZero();
        imported(file).statusCode(200);
        assertThat(booked()).isOne();
    }

    private static ValidatableResponse imported(String file) {
        return organizer()
                .config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .contentType("text/csv")
                .header("Idempotency-Key", key())
                .body(file.getBytes(UTF_8))
                .post("/api/v1/bookings/import")
                .then();
    }

    @Test
    void aRequestIsAnsweredWithALectureOfACampaign() {
        UUID village = drive.villages.getFirst();
        String request = as(Tokens.branch("B-" + village))
                .body(Map.of(
                        "topicId",
                        drive.topics.getFirst(),
                        "branchId",
                        village,
                        "windows",
                        List.of(Map.of("from", at(day(2), 8, 0), "until", at(day(5), 18, 0)))))
                .post("/api/v1/requests")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        assertThat(drive.get("/coverage").jsonPath().getInt("totals.requested")).isOne();
        Map<String, Object> answer = Map.of(
                "lecturerId", lecturer, "venueId", city.venue(), "start", at(day(3), 9, 0), "campaignId", drive.id);
        change("/api/v1/requests/" + request + "/accept", 1, answer).then().statusCode(200);
        assertThat(booked()).isOne();
        assertThat(drive.get("/coverage").jsonPath().getInt("totals.requested")).isZero();
    }

    @Test
    void branch_seesItsOwnCoverageOnly() {
        UUID mine = drive.villages.getFirst();
        UUID township = drive.townships.getFirst();
        UUID other = drive.villages.getLast();
        String token = Tokens.branch("B-" + mine);
        drive.book(lecturer, drive.topics.getFirst(), mine, 3, 9);
        String path = "/api/v1/branches/{id}/coverage";
        as(token)
                .get(path, mine)
                .then()
                .statusCode(200)
                .body("campaigns", hasSize(1))
                .body("campaigns[0].campaignId", equalTo(drive.id))
                .body("campaigns[0].items", hasSize(2))
                .body("campaigns[0].items.collect { it.branch.id }.unique()", contains(mine.toString()))
                .body("campaigns[0].items.findAll { it.state == 'BOOKED' }", hasSize(1));
        as(token).get(path, other).then().statusCode(404);
        as(token).get(path, township).then().statusCode(404);
        as(token).get(path, UUID.randomUUID()).then().statusCode(404);
        as(Tokens.branch("B-" + township)).get(path, mine).then().statusCode(200);
        as(Tokens.branch("B-" + township))
                .get(path, township)
                .then()
                .statusCode(200)
                .body("campaigns", empty());
        as(Tokens.auditor()).get(path, other).then().statusCode(200);
        as(Tokens.operator()).get(path, mine).then().statusCode(403);
        RestAssured.given().get(path, mine).then().statusCode(401);

        drive.change("close", 2).then().statusCode(200);
        as(token).get(path, mine).then().statusCode(200).body("campaigns", empty());
    }

    @Test
    void onlyOrganizers_bookSuggestionsAndCorrect() {
        String suggestions = "/api/v1/campaigns/" + drive.id + "/suggestions";
        String id = drive.book(lecturer, drive.topics.getFirst(), drive.villages.getFirst(), -3, 9);
        change("/api/v1/bookings/" + id + "/complete", 1, Map.of("headCount", 10))
                .then()
                .statusCode(200);
        Map<String, Object> right = Map.of("headCount", 12, "reason", "重复统计");
        for (String token :
                List.of(Tokens.branch("B-" + drive.villages.getFirst()), Tokens.auditor(), Tokens.operator())) {
            as(token).body(Map.of()).post(suggestions + "/book").then().statusCode(403);
            as(token)
                    .header("If-Match", "\"2\"")
                    .body(right)
                    .post("/api/v1/bookings/" + id + "/correct")
                    .then()
                    .statusCode(403);
        }
        as(Tokens.branch("B-" + drive.villages.getFirst()))
                .get(suggestions)
                .then()
                .statusCode(403);
        change("/api/v1/bookings/" + id + "/correct", 2, right).then().statusCode(200);
        assertThat(drive.get("/coverage").jsonPath().getInt("totals.headCount")).isEqualTo(12);
    }

    @Test
    void theFiguresAddUpAtEveryLevelOfTheTree() {
        drive.book(lecturer, drive.topics.getFirst(), drive.villages.getFirst(), 3, 9);
        String held = drive.book(lecturer, drive.topics.getLast(), drive.villages.getLast(), -3, 9);
        change("/api/v1/bookings/" + held + "/complete", 1, Map.of("headCount", 31))
                .then()
                .statusCode(200);
        List<String> seen = new ArrayList<>();
        addUp(null, seen);
        assertThat(seen).hasSize(1 + 2 + drive.villages.size());
        JsonPath whole = drive.get("/coverage?under=" + drive.county).jsonPath();
        assertThat(whole.getMap("totals"))
                .isEqualTo(drive.get("/coverage").jsonPath().getMap("totals"));
    }

    /** The figures of a branch equal the sum of its parts, at every level. */
    private void addUp(String under, List<String> seen) {
        Response coverage = drive.get("/coverage" + (under == null ? "" : "?under=" + under));
        JsonPath json = coverage.then().statusCode(200).extract().jsonPath();
        Map<String, Object> totals = json.getMap("totals");
        seen.add(String.valueOf(under));
        List<Map<String, Object>> parts = json.getList("districts.totals");
        if (!parts.isEmpty()) {
            for (String field :
                    List.of("items", "notPlanned", "booked", "held", "headCount", "branches", "branchesCovered")) {
                long sum = parts.stream()
                        .mapToLong(part -> ((Number) part.get(field)).longValue())
                        .sum();
                assertThat(sum).as("%s under %s", field, under).isEqualTo(((Number) totals.get(field)).longValue());
            }
        }
        List<Map<String, Object>> districts = json.getList("districts");
        for (int i = 0; i < districts.size(); i++) {
            if (!json.getBoolean("districts[" + i + "].itself")) {
                addUp(json.getString("districts[" + i + "].branch.id"), seen);
            }
        }
    }
}
