package org.lectern.scheduler.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;
import static org.lectern.scheduler.planning.PlanApi.act;
import static org.lectern.scheduler.planning.PlanApi.create;
import static org.lectern.scheduler.planning.PlanApi.ended;
import static org.lectern.scheduler.planning.PlanApi.items;
import static org.lectern.scheduler.planning.PlanApi.plan;
import static org.lectern.scheduler.planning.PlanApi.planned;
import static org.lectern.scheduler.planning.PlanApi.request;
import static org.lectern.scheduler.support.Lectures.post;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;

/** A plan is created, read, compared, explained and edited. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class PlanTest {

    @Inject
    City city;

    private RandomTown town(long seed) {
        return new RandomTown(city, seed, 14, 6, 8);
    }

    @Test
    void campaign_isPlannedAndRead() {
        RandomTown town = town(101);
        UUID campaign = town.campaign(0, List.of());
        String id = planned(request(campaign, 2));
        JsonPath plan = plan(id);
        assertThat(plan.getString("state")).isEqualTo("DRAFT");
        assertThat(plan.getInt("coverage.items")).isEqualTo(24);
        assertThat(plan.getInt("coverage.placed")).isGreaterThan(12);
        assertThat(plan.getInt("coverage.placed") + plan.getInt("coverage.leftOut"))
                .isEqualTo(24);
        List<Map<String, Object>> placed = items(id, "&state=PLACED");
        assertThat(placed).hasSize(plan.getInt("coverage.placed"));
        assertThat(placed).allSatisfy(item -> assertThat(item).containsKeys("lecturer", "venue", "start", "end"));
        double components = plan.<Number>getList("cost.components.minutes").stream()
                .mapToDouble(Number::doubleValue)
                .sum();
        assertThat(plan.getDouble("cost.totalMinutes")).isEqualTo(components, within(0.1));
        List<Map<String, Object>> days =
                organizer().get("/api/v1/plans/" + id + "/days?limit=200").path("items");
        assertThat(days).hasSize(plan.getInt("lecturers.days"));
        int travel =
                days.stream().mapToInt(day -> (int) day.get("travelMinutes")).sum();
        assertThat(travel).isEqualTo(plan.getInt("travelMinutes"));
        organizer()
                .get("/api/v1/plans/" + id + "/progress")
                .then()
                .statusCode(200)
                .body("state", equalTo("DRAFT"))
                .body("placed", equalTo(placed.size()));
        organizer()
                .get("/api/v1/plans?campaignId=" + campaign)
                .then()
                .statusCode(200)
                .body("items.id", hasItem(id));
        String csv = organizer()
                .accept("text/csv")
                .get("/api/v1/plans/" + id + "/items.csv")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(csv).startsWith("number,state,branch,").hasLineCount(25);
    }

    @Test
    void explanations_nameWhatWasFoundByTrying() {
        RandomTown town = town(102);
        String id = planned(request(town.campaign(3, List.of()), 1));
        Map<String, Object> item = items(id, "&state=PLACED").getFirst();
        String path = "/api/v1/plans/" + id + "/items/" + item.get("number");
        organizer()
                .get(path + "/why")
                .then()
                .statusCode(200)
                .body("placed", equalTo(true))
                .body("text", startsWith("It costs"))
                .body("load", notNullValue());
        organizer()
                .header("Accept-Language", "zh-CN")
                .get(path + "/why")
                .then()
                .statusCode(200)
                .body("text", startsWith("其成本为"));
        Map<String, Object> lecturer = (Map<String, Object>) item.get("lecturer");
        organizer()
                .body(Map.of("lecturerId", lecturer.get("id"), "start", item.get("start")))
                .post(path + "/try")
                .then()
                .statusCode(200)
                .body("possible", equalTo(true));
        organizer()
                .body(Map.of("day", town.from.minusDays(1).toString()))
                .post(path + "/try")
                .then()
                .statusCode(200)
                .body("possible", equalTo(false));
        for (Map<String, Object> left : items(id, "&state=LEFT_OUT")) {
            organizer()
                    .get("/api/v1/plans/" + id + "/items/" + left.get("number") + "/why")
                    .then()
                    .statusCode(200)
                    .body("placed", equalTo(false))
                    .body("obstacles[0].text", notNullValue());
            organizer()
                    .body(Map.of())
                    .post("/api/v1/plans/" + id + "/items/" + left.get("number") + "/try")
                    .then()
                    .statusCode(200)
                    .body("possible", equalTo(false));
        }
        organizer().get("/api/v1/plans/" + id + "/items/9999/why").then().statusCode(404);
    }

    @Test
    void edits_areTriedPinnedAndKeptByANewSearch() {
        RandomTown town = town(103);
        String id = planned(request(town.campaign(0, List.of()), 1));
        Map<String, Object> item = items(id, "&state=PLACED").getFirst();
        int number = (int) item.get("number");
        List<Map<String, Object>> instead = organizer()
                .get("/api/v1/plans/" + id + "/items/" + number + "/why")
                .path("instead");
        assertThat(instead).isNotEmpty();
        Map<String, Object> way = instead.getFirst();
        Map<String, Object> lecturer = (Map<String, Object>) way.get("lecturer");
        Map<String, Object> move =
                Map.of("number", number, "action", "MOVE", "lecturerId", lecturer.get("id"), "start", way.get("start"));
        int version = plan(id).getInt("version");
        act(id, "edit?dryRun=true", Map.of("changes", List.of(move)))
                .then()
                .statusCode(200)
                .body("dryRun", equalTo(true))
                .body("items.find { it.number == " + number + " }.pinned", equalTo(true));
        assertThat(plan(id).getInt("version")).isEqualTo(version);
        int excluded = (int) items(id, "&state=PLACED").getLast().get("number");
        act(id, "edit", Map.of("changes", List.of(move, Map.of("number", excluded, "action", "EXCLUDE"))))
                .then()
                .statusCode(200)
                .body("dryRun", equalTo(false));
        assertThat(plan(id).getInt("coverage.pinned")).isEqualTo(1);
        act(id, "replan", Map.of("seconds", 1, "seed", 7)).then().statusCode(200);
        JsonPath after = ended(id);
        assertThat(after.getString("state")).isEqualTo("DRAFT");
        assertThat(after.getInt("coverage.excluded")).isEqualTo(1);
        Map<String, Object> kept = items(id, "&state=PINNED").getFirst();
        assertThat(kept.get("number")).isEqualTo(number);
        assertThat(kept.get("start")).isEqualTo(way.get("start"));
        assertThat(((Map<String, Object>) kept.get("lecturer")).get("id")).isEqualTo(lecturer.get("id"));
        act(
                        id,
                        "edit",
                        Map.of(
                                "changes",
                                List.of(Map.of(
                                        "number", number, "action", "MOVE", "start", town.from + "T08:31:00+08:00"))))
                .then()
                .statusCode(409)
                .body("code", equalTo("plan-edit-refused"))
                .body("number", equalTo(number));
    }

    @Test
    void twoPlans_areComparedItemByItem() {
        RandomTown town = town(104);
        UUID campaign = town.campaign(0, List.of());
        String one = planned(request(campaign, 1));
        Map<String, Object> other = request(campaign, 1);
        other.put("weights", Map.of("later", 500));
        String second = planned(other);
        JsonPath compared = organizer()
                .get("/api/v1/plans/" + one + "/compare/" + second)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        int all = compared.<String, Integer>getMap("counts").values().stream()
                .mapToInt(each -> each)
                .sum();
        assertThat(all).isEqualTo(24);
        assertThat(compared.getList("items")).hasSize(all - compared.getInt("counts.same"));
        assertThat(compared.getList("plans")).hasSize(2);
    }

    @Test
    void longSearch_isCancelledAndKeepsItsBestPlan() {
        RandomTown town = town(105);
        String id = create(request(town.campaign(0, List.of()), 300));
        await().until(() -> plan(id).getString("state").equals("SEARCHING"));
        organizer()
                .header("If-Match", "\"1\"")
                .delete("/api/v1/plans/" + id)
                .then()
                .statusCode(oneOf(409, 412));
        organizer().post("/api/v1/plans/" + id + "/cancel").then().statusCode(200);
        JsonPath plan = ended(id);
        assertThat(plan.getString("state")).isEqualTo("DRAFT");
        assertThat(plan.getInt("coverage.placed")).isPositive();
        organizer()
                .header("If-Match", "\"" + plan.getInt("version") + "\"")
                .delete("/api/v1/plans/" + id)
                .then()
                .statusCode(204);
        organizer().get("/api/v1/plans/" + id).then().statusCode(404);
    }

    @Test
    void impossibleRequests_areRefusedWithTheirField() {
        RandomTown town = town(106);
        UUID campaign = town.campaign(0, List.of());
        Map<String, Object> late = request(campaign, 1);
        late.put("until", town.until.plusDays(1).toString());
        post("/api/v1/plans", late).then().statusCode(400).body("errors.pointer", hasItem("/until"));
        late.put("purpose", "WHAT_IF");
        late.put("extra", List.of(Map.of("likeLecturerId", town.lecturers.getFirst(), "count", 2)));
        String whatIf = planned(late);
        act(whatIf, "publish", Map.of()).then().statusCode(409).body("code", equalTo("plan-hypothetical"));
        Map<String, Object> rescue = request(campaign, 1);
        rescue.put("purpose", "RESCUE");
        post("/api/v1/plans", rescue).then().statusCode(400).body("errors.pointer", hasItem("/gone"));
        rescue.put(
                "gone",
                List.of(Map.of(
                        "lecturerId",
                        town.lecturers.getFirst(),
                        "from",
                        town.from.toString(),
                        "until",
                        town.until.toString())));
        post("/api/v1/plans", rescue).then().statusCode(409).body("code", equalTo("plan-empty"));
        post("/api/v1/plans", request(UUID.randomUUID(), 1))
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/campaignId"));
        Map<String, Object> weight = request(campaign, 1);
        weight.put("weights", Map.of("day", -1));
        post("/api/v1/plans", weight).then().statusCode(400).body("errors.pointer", hasItem("/weights/day"));
    }

    @Test
    void lecturerWithoutLimit_getsAtMostFourLecturesADayByDefault() {
        RandomTown town = town(107);
        UUID campaign = town.campaign(0, List.of());
        for (UUID each : town.lecturers) {
            city.run(
                    "UPDATE lecturer_availability SET lectures_per_day = NULL, lectures_per_week = NULL,"
                            + " weekly = '{}', notice_hours = 0 WHERE lecturer_id = ?",
                    each);
        }
        Map<String, Object> crowded = request(campaign, 1);
        // days, travel and starts late in the campaign are dear, so that lectures gather on few days
        crowded.put("weights", Map.of("day", 5000, "travel", 0, "load", 0, "later", 0));
        String usual = planned(crowded);
        assertThat(plan(usual).getInt("lecturesPerDay")).isEqualTo(4);
        assertThat(mostOfADay(usual)).isEqualTo(4);
        crowded.put("lecturesPerDay", 2);
        assertThat(mostOfADay(planned(crowded))).isEqualTo(2);
        crowded.put("lecturesPerDay", 0);
        post("/api/v1/plans", crowded).then().statusCode(400).body("errors.pointer", hasItem("/lecturesPerDay"));
    }

    private static int mostOfADay(String id) {
        List<Map<String, Object>> days =
                organizer().get("/api/v1/plans/" + id + "/days?limit=200").path("items");
        return days.stream()
                .mapToInt(day -> ((List<?>) day.get("lectures")).size())
                .max()
                .orElseThrow();
    }
}
