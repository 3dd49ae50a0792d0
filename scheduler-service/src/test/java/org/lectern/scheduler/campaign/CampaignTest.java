package org.lectern.scheduler.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.lectern.scheduler.support.Lectures.at;
import static org.lectern.scheduler.support.Lectures.change;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Lectures.post;
import static org.lectern.scheduler.support.Lectures.with;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.testing.Tokens;

/** Campaigns, their bookings, and their inventory. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class CampaignTest {

    @Inject
    City city;

    @Test
    void targets_areASnapshotUntilRefreshed() {
        Drive drive = new Drive(city, 1, 2);
        drive.active(drive.body());
        drive.get("").then().statusCode(200).body("targetCount", equalTo(4), "status", equalTo("ACTIVE"));
        UUID added = city.branch(drive.townships.getFirst(), "Asia/Shanghai", false);
        city.archive("branch", drive.villages.getLast());

        drive.get("").then().body("targetCount", equalTo(4));
        drive.get("/targets/diff")
                .then()
                .statusCode(200)
                .body("added", equalTo(1), "removed", equalTo(1), "changed", equalTo(0))
                .body("items.change", contains("ADDED", "REMOVED"))
                .body("items[0].branchId", equalTo(added.toString()));

        drive.change("targets/refresh", 2)
                .then()
                .statusCode(200)
                .body("version", equalTo(3), "targetCount", equalTo(4));
        drive.get("/targets/diff").then().body("items", hasSize(0));
        organizer()
                .queryParam("kind", "CAMPAIGN")
                .queryParam("subject", drive.id)
                .get("/api/v1/audit")
                .then()
                .statusCode(200)
                .body("items.action", contains("TARGETS_TAKEN", "ACTIVATED", "ENTERED"));
    }

    @Test
    void branchesAreChosenBySubtreeKindAndNameAndExcludedWithAReason() {
        Drive drive = new Drive(city, 1, 2);
        UUID elsewhere = city.branch(null, "Asia/Shanghai", false);
        Map<String, Object> body = drive.body();
        body.put(
                "targets",
                Map.of(
                        "subtreeOf",
                        List.of(drive.townships.getFirst()),
                        "kinds",
                        List.of("village"),
                        "branchIds",
                        List.of(elsewhere),
                        "exclusions",
                        List.of(Map.of("branchId", drive.villages.getFirst(), "reason", "整村搬迁")),
                        "priorityBranchIds",
                        List.of(elsewhere)));
        drive.active(body);

        drive.get("").then().body("targetCount", equalTo(2), "excludedCount", equalTo(1));
        drive.get("/coverage/items")
                .then()
                .statusCode(200)
                .body("items", hasSize(3))
                .body("items.find{it.branch.id=='" + drive.villages.getFirst() + "'}.state", equalTo("EXCLUDED"))
                .body("items.find{it.branch.id=='" + drive.villages.getFirst() + "'}.detail", equalTo("整村搬迁"));
        organizer()
                .get("/api/v1/campaigns/" + drive.id + "/coverage/items?sort=PRIORITY&limit=1")
                .then()
                .body("items[0].branch.id", equalTo(elsewhere.toString()), "items[0].priority", equalTo(true));
    }

    @Test
    void campaignWithoutTargetsOrDays_isRefused() {
        Drive drive = new Drive(city, 1, 1);
        Map<String, Object> body = drive.body();
        body.put("targets", Map.of());
        body.put("until", day(-60).toString());
        body.put("topicIds", List.of(UUID.randomUUID()));

        organizer()
                .body(body)
                .post("/api/v1/campaigns")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-request"))
                .body("errors.pointer", contains("/until", "/targets", "/topicIds/0"));
    }

    @Test
    void aStaleChangeAndAClosedCampaignAreRefused() {
        Drive drive = new Drive(city, 1, 1);
        drive.active(drive.body());

        drive.change("close", 1).then().statusCode(412);
        drive.change("close", 2).then().statusCode(200).body("status", equalTo("CLOSED"));
        drive.change("close", 3).then().statusCode(409).body("code", equalTo("campaign-status"));
        organizer()
                .header("If-Match", "\"3\"")
                .body(drive.body())
                .put("/api/v1/campaigns/" + drive.id)
                .then()
                .statusCode(409)
                .body("code", equalTo("campaign-closed"));
        post(
                        "/api/v1/bookings",
                        drive.body(
                                drive.lecturer("municipal"), drive.topics.getFirst(), drive.villages.getFirst(), 5, 9))
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/campaignId"));
    }

    @Test
    void aBookingForACampaignHasOneOfItsTopicsAndOneOfItsBranches() {
        Drive drive = new Drive(city, 1, 1);
        drive.active(drive.body());
        UUID other = city.topic(60);

        post(
                        "/api/v1/bookings",
                        drive.body(city.lecturer(other), other, city.branch(null, "Asia/Shanghai", false), 5, 9))
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/topicId", "/branchId"))
                .body("errors[0].detail", containsString("T-" + drive.topics.getFirst()));
    }

    @Test
    void campaignRules_applyUnlessOverridden() {
        Drive drive = new Drive(city, 1, 1);
        Map<String, Object> terms = drive.body();
        terms.put("formats", List.of("panel"));
        terms.put("tiers", List.of("provincial"));
        terms.put("minIntervalDays", 7);
        drive.active(terms);
        UUID lecturer = drive.lecturer("municipal");
        UUID village = drive.villages.getFirst();
        String first = drive.book(lecturer, drive.topics.getFirst(), village, 28, 9);
        Map<String, Object> body = drive.body(lecturer, drive.topics.getFirst(), village, 31, 9);
        body.remove("override");

        var refused = post("/api/v1/bookings", body).then().statusCode(409).body("overridable", equalTo(true));

        refused.body("rules", hasItem("campaign-window"))
                .body("rules", hasItem("campaign-format"))
                .body("rules", hasItem("campaign-tier"))
                .body("rules", hasItem("campaign-interval"));
        change("/api/v1/bookings/" + first + "/change", 1, Map.of("start", at(day(40), 9, 0), "reason", "改期"))
                .then()
                .statusCode(409)
                .body("rules", hasItem("campaign-window"));
        post("/api/v1/bookings", with(body, "override", Map.of("reason", "县里要求")))
                .then()
                .statusCode(201)
                .body("campaignId", equalTo(drive.id));
        organizer()
                .queryParam("campaignId", drive.id)
                .get("/api/v1/bookings")
                .then()
                .statusCode(200)
                .body("items", hasSize(2));
    }

    @Test
    void aSecondVisitIsWarnedOfWhileOthersHaveNone() {
        Drive drive = new Drive(city, 1, 1);
        drive.active(drive.body());
        UUID lecturer = drive.lecturer("municipal");
        UUID topic = drive.topics.getFirst();

        post("/api/v1/bookings", drive.body(lecturer, topic, drive.villages.get(0), 5, 9))
                .then()
                .statusCode(201)
                .body("warnings", nullValue());
        post("/api/v1/bookings", drive.body(lecturer, topic, drive.villages.get(0), 6, 9))
                .then()
                .statusCode(201)
                .body("warnings.code", contains("campaign-repeat-visit"))
                .body("warnings[0].branchId", equalTo(drive.villages.get(0).toString()))
                .body("warnings[0].detail", containsString("1 branches"));
        String id = drive.book(lecturer, topic, drive.villages.get(1), 7, 9);
        post("/api/v1/bookings", drive.body(lecturer, topic, drive.villages.get(0), 8, 9))
                .then()
                .statusCode(201)
                .body("warnings", nullValue());
        organizer().get("/api/v1/bookings/" + id).then().body("warnings", nullValue());
    }

    @Test
    void evidence_isRecordedAndCorrectedInTheAudit() {
        Drive drive = new Drive(city, 1, 1);
        drive.active(drive.body());
        String id = drive.book(drive.lecturer("municipal"), drive.topics.getFirst(), drive.villages.getFirst(), -2, 9);
        String booking = "/api/v1/bookings/" + id;
        Map<String, Object> right =
                Map.of("headCount", 67, "link", "https://files.example.org/17b", "reason", "签到表重复统计");

        change(booking + "/correct", 1, right).then().statusCode(409).body("code", equalTo("booking-not-completed"));
        change(booking + "/complete", 1, Map.of("headCount", 76, "note", "踊跃", "link", "https://files.example.org/17"))
                .then()
                .statusCode(200)
                .body("completion.link", equalTo("https://files.example.org/17"));
        drive.get("/coverage").then().body("totals.held", equalTo(1), "totals.headCount", equalTo(76));
        change(booking + "/correct", 2, right)
                .then()
                .statusCode(200)
                .body("version", equalTo(3), "status", equalTo("COMPLETED"), "reason", equalTo("签到表重复统计"))
                .body("completion.headCount", equalTo(67), "completion.note", nullValue());

        drive.get("/coverage").then().body("totals.held", equalTo(1), "totals.headCount", equalTo(67));
        organizer()
                .get(booking + "/history")
                .then()
                .body("items.action", contains("CONFIRMED", "COMPLETED", "CORRECTED"))
                .body("items[2].before.completion.headCount", equalTo(76));
        change(booking + "/correct", 3, with(right, "link", "javascript:alert(1)"))
                .then()
                .statusCode(400);
    }

    @Test
    void everyItem_hasStateReasonAndNextStep() {
        Drive drive = new Drive(city, 1, 4);
        drive.active(drive.body());
        UUID lecturer = drive.lecturer("municipal");
        UUID topic = drive.topics.getFirst();
        List<UUID> v = drive.villages;
        String held = drive.book(lecturer, topic, v.get(0), -3, 9);
        change("/api/v1/bookings/" + held + "/complete", 1, Map.of("headCount", 50))
                .then()
                .statusCode(200);
        String joint = drive.book(lecturer, topic, v.get(1), 3, 9);
        change("/api/v1/bookings/" + joint + "/guests", 1, Map.of("branchId", v.get(2)))
                .then()
                .statusCode(200);
        drive.book(lecturer, topic, v.get(3), -4, 9);
        String cancelled = drive.book(lecturer, topic, v.get(4), 4, 9);
        change("/api/v1/bookings/" + cancelled + "/cancel", 1, Map.of("reason", "台风"))
                .then()
                .statusCode(200);
        post(
                        "/api/v1/bookings",
                        with(
                                drive.body(lecturer, topic, v.get(5), 5, 9),
                                "hold",
                                Map.of("expiresAt", at(day(1), 9, 0))))
                .then()
                .statusCode(201);
        Map<String, Object> wish = new HashMap<>();
        wish.put("topicId", topic);
        wish.put("branchId", v.get(6));
        wish.put("windows", List.of(Map.of("from", at(day(7), 8, 0), "until", at(day(9), 20, 0))));
        post("/api/v1/requests", wish).then().statusCode(201);

        var items = drive.get("/coverage/items").then().statusCode(200);
        expect(items, v.get(0), "HELD", "HELD");
        expect(items, v.get(1), "BOOKED", "UPCOMING");
        expect(items, v.get(2), "BOOKED", "UPCOMING");
        expect(items, v.get(3), "MISSED", "NOT_RECORDED");
        expect(items, v.get(4), "NOT_PLANNED", "CANCELLED");
        expect(items, v.get(5), "NOT_PLANNED", "ON_HOLD");
        expect(items, v.get(6), "REQUESTED", "REQUESTED");
        expect(items, v.get(7), "NOT_PLANNED", "NEVER_BOOKED");
        items.body("items.find{it.branch.id=='" + v.get(2) + "'}.bookings[0].bookingId", equalTo(joint))
                .body("items.find{it.branch.id=='" + v.get(2) + "'}.bookings[0].guest", equalTo(true));
        drive.get("/coverage")
                .then()
                .body("totals.items", equalTo(8), "totals.notPlanned", equalTo(3), "totals.booked", equalTo(2))
                .body("totals.branchesCovered", equalTo(1), "totals.branches", equalTo(8))
                .body("districts", hasSize(2), "forecast.finishesOn", nullValue())
                .body("forecast.detail", startsWith("Not enough data"));
        drive.get("/coverage/items?state=MISSED").then().body("items", hasSize(1));
        drive.get("/coverage?under=" + drive.townships.getFirst())
                .then()
                .body("totals.items", equalTo(4), "districts", hasSize(4), "under.kind", equalTo("township"));
        drive.get("/coverage?under=" + UUID.randomUUID()).then().statusCode(404);
        drive.get("/load").then().statusCode(200).body("items[0].lectures", equalTo(3), "balance", equalTo(1.0f));
    }

    private static void expect(
            io.restassured.response.ValidatableResponse items, UUID branch, String state, String reason) {
        String item = "items.find{it.branch.id=='" + branch + "'}";
        items.body(item + ".state", equalTo(state))
                .body(item + ".reason", equalTo(reason))
                .body(item + ".detail", not(startsWith("coverage.")))
                .body(item + ".nextStep", not(startsWith("coverage.")));
    }

    @Test
    void theInventoryIsReadPageByPageAsAFileAndOnPaper() {
        Drive drive = new Drive(city, 2, 3);
        city.run("UPDATE branch SET name = '=cmd()<b>' WHERE id = ?", drive.villages.getFirst());
        drive.active(drive.body());
        drive.book(drive.lecturer("municipal"), drive.topics.getFirst(), drive.villages.getFirst(), 3, 9);

        for (String sort : List.of("BRANCH", "STATE", "HEAD_COUNT", "PRIORITY")) {
            Map<String, Integer> seen = new HashMap<>();
            String cursor = "";
            do {
                var page = drive.get("/coverage/items?limit=5&sort=" + sort + cursor)
                        .then()
                        .statusCode(200)
                        .extract();
                page.<List<Map<String, Map<String, String>>>>path("items")
                        .forEach(item -> seen.merge(
                                item.get("branch").get("id") + item.get("topic").get("id"), 1, Integer::sum));
                String next = page.path("nextCursor");
                cursor = next == null ? null : "&cursor=" + next;
            } while (cursor != null);
            assertThat(seen)
                    .as(sort)
                    .hasSize(12)
                    .allSatisfy((item, times) -> assertThat(times).isEqualTo(1));
        }
        String csv = RestAssured.given()
                .auth()
                .oauth2(Tokens.auditor())
                .header("Accept-Language", "zh-CN")
                .get("/api/v1/campaigns/" + drive.id + "/coverage/items.csv")
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .extract()
                .asString();
        assertThat(csv.lines()).hasSize(13);
        assertThat(csv).contains("'=cmd()").contains("BOOKED").startsWith("地区,");
        String page = organizer()
                .header("Accept-Language", "zh-CN")
                .get("/api/v1/campaigns/" + drive.id + "/coverage/report")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header("Content-Language", "zh-CN")
                .extract()
                .asString();
        assertThat(page)
                .contains("<td>村</td>", "未安排", "总计", "=cmd()&lt;b&gt;")
                .doesNotContain("<b>", "report.", "coverage.");
        drive.get("/coverage/items?cursor=" + new org.lectern.chassis.http.Cursor("x", UUID.randomUUID()).encoded())
                .then()
                .statusCode(400);
    }

    @Test
    void theForecastIsThePaceOfTheLastTwoWeeks() {
        Drive drive = new Drive(city, 1, 4);
        drive.active(drive.body());
        UUID lecturer = drive.lecturer("municipal");
        List<String> held = new ArrayList<>();
        // the last is more than two weeks ago: it counts as held but not for the pace
        for (int daysAgo : List.of(2, 5, 8, 18)) {
            String booking =
                    drive.book(lecturer, drive.topics.getFirst(), drive.villages.get(held.size()), -daysAgo, 9);
            change("/api/v1/bookings/" + booking + "/complete", 1, Map.of("headCount", 30))
                    .then()
                    .statusCode(200);
            held.add(booking);
        }
        // 3 in 14 days, so 4 take 18.67
        drive.get("/coverage")
                .then()
                .statusCode(200)
                .body("totals.held", equalTo(4), "forecast.remaining", equalTo(4))
                .body("forecast.finishesOn", equalTo(day(19).toString()), "forecast.inTime", equalTo(true))
                .body("forecast.detail", startsWith("At the pace of the last 14 days (3 items)"));

        for (int i = 4; i < 8; i++) {
            String booking = drive.book(lecturer, drive.topics.getFirst(), drive.villages.get(i), -1, 8 + 2 * (i - 4));
            change("/api/v1/bookings/" + booking + "/complete", 1, Map.of("headCount", 30))
                    .then()
                    .statusCode(200);
        }
        drive.get("/coverage")
                .then()
                .body("forecast.remaining", equalTo(0), "forecast.finishesOn", equalTo(day(-1).toString()))
                .body("forecast.detail", equalTo("All items are held."));
    }

    @Test
    void onlyOrganizersAndAuditorsSeeCampaigns() {
        Drive drive = new Drive(city, 1, 1);
        drive.active(drive.body());
        for (String path : List.of("", "/coverage", "/coverage/items", "/coverage/report", "/targets/diff", "/load")) {
            String all = "/api/v1/campaigns/" + drive.id + path;
            RestAssured.given().get(all).then().statusCode(401);
            RestAssured.given()
                    .auth()
                    .oauth2(Tokens.branch("B-1"))
                    .get(all)
                    .then()
                    .statusCode(403);
            RestAssured.given().auth().oauth2(Tokens.auditor()).get(all).then().statusCode(200);
        }
        RestAssured.given()
                .auth()
                .oauth2(Tokens.auditor())
                .contentType("application/json")
                .body(drive.body())
                .post("/api/v1/campaigns")
                .then()
                .statusCode(403);
    }
}
