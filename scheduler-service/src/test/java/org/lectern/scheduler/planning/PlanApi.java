package org.lectern.scheduler.planning;

import static org.awaitility.Awaitility.await;
import static org.lectern.scheduler.support.Lectures.change;
import static org.lectern.scheduler.support.Lectures.post;
import static org.lectern.scheduler.support.Registries.organizer;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Plans over the API, for tests. */
public final class PlanApi {

    private static final Set<String> BUSY = Set.of("QUEUED", "SEARCHING", "PUBLISHING");

    private PlanApi() {}

    public static Map<String, Object> request(UUID campaign, int seconds) {
        Map<String, Object> request = new HashMap<>();
        request.put("campaignId", campaign);
        request.put("seconds", seconds);
        return request;
    }

    /** The id of a new plan; the search may not have begun. */
    public static String create(Map<String, Object> request) {
        return post("/api/v1/plans", request).then().statusCode(201).extract().path("id");
    }

    /** The id of a new plan after its search has ended. */
    public static String planned(Map<String, Object> request) {
        String id = create(request);
        ended(id);
        return id;
    }

    public static JsonPath plan(String id) {
        return organizer()
                .get("/api/v1/plans/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Waits until no worker has the plan. */
    public static JsonPath ended(String id) {
        return await().until(() -> plan(id), plan -> !BUSY.contains(plan.getString("state")));
    }

    public static List<Map<String, Object>> items(String id, String filter) {
        return organizer()
                .get("/api/v1/plans/" + id + "/items?limit=200" + filter)
                .then()
                .statusCode(200)
                .extract()
                .path("items");
    }

    /** A change in the present version of the plan. */
    public static Response act(String id, String verb, Object body) {
        return change("/api/v1/plans/" + id + "/" + verb, plan(id).getInt("version"), body);
    }
}
