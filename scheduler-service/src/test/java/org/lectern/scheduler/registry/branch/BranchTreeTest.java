package org.lectern.scheduler.registry.branch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.lectern.scheduler.support.Registries.body;
import static org.lectern.scheduler.support.Registries.create;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.Contract;
import org.lectern.scheduler.support.Topic;
import org.lectern.testing.Tokens;

/** Branches form a tree, a branch sees its subtree, and every change of a branch is published. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class BranchTreeTest {

    @Inject
    City city;

    private static Map<String, Object> under(String parent) {
        Map<String, Object> body = body("branches");
        if (parent != null) {
            body.put("parentId", parent);
        }
        return body;
    }

    @Test
    void aSubtreeIsListedAndIsAllThatItsBranchSees() {
        Map<String, Object> countyBody = under(null);
        String county = create("branches", countyBody);
        String town = create("branches", under(county));
        String village = create("branches", under(town));
        String elsewhere = create("branches", under(null));
        String token = Tokens.branch(countyBody.get("code").toString());

        organizer()
                .queryParam("under", county)
                .get("/api/v1/branches")
                .then()
                .body("items.id", containsInAnyOrder(county, town, village));
        organizer()
                .queryParam("parentId", county)
                .get("/api/v1/branches")
                .then()
                .body("items.id", contains(town));
        given().auth()
                .oauth2(token)
                .get("/api/v1/branches")
                .then()
                .statusCode(200)
                .body("items.id", containsInAnyOrder(county, town, village));
        given().auth().oauth2(token).get("/api/v1/branches/" + village).then().statusCode(200);
        given().auth().oauth2(token).get("/api/v1/branches/" + elsewhere).then().statusCode(404);
        given().auth()
                .oauth2(Tokens.branch("B-none"))
                .get("/api/v1/branches")
                .then()
                .statusCode(200)
                .body("items", empty());
    }

    @Test
    void noBranchIsBelowItself() {
        Map<String, Object> top = under(null);
        String county = create("branches", top);
        String town = create("branches", under(county));
        top.put("parentId", town);

        organizer()
                .header("If-Match", "\"1\"")
                .body(top)
                .put("/api/v1/branches/" + county)
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/parentId"));
        top.put("parentId", county);
        organizer()
                .header("If-Match", "\"1\"")
                .body(top)
                .put("/api/v1/branches/" + county)
                .then()
                .statusCode(400);
    }

    @Test
    void twoMovesAtOnceMakeNoCircle() throws Exception {
        Map<String, Object> one = under(null);
        Map<String, Object> two = under(null);
        String first = create("branches", one);
        String second = create("branches", two);
        one.put("parentId", second);
        two.put("parentId", first);

        List<Future<Integer>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers.add(threads.submit(() -> organizer()
                    .header("If-Match", "\"1\"")
                    .body(one)
                    .put("/api/v1/branches/" + first)
                    .statusCode()));
            answers.add(threads.submit(() -> organizer()
                    .header("If-Match", "\"1\"")
                    .body(two)
                    .put("/api/v1/branches/" + second)
                    .statusCode()));
        }

        assertThat(List.of(answers.get(0).get(), answers.get(1).get())).containsExactlyInAnyOrder(200, 400);
    }

    @Test
    void aBranchWithBranchesBelowItIsNotArchived() {
        String county = create("branches", under(null));
        create("branches", under(county));

        organizer()
                .header("If-Match", "\"1\"")
                .delete("/api/v1/branches/" + county)
                .then()
                .statusCode(409)
                .body("code", equalTo("in-use"));
    }

    @Test
    void everyChangeIsPublished() {
        Map<String, Object> body = under(null);
        String id = create("branches", body);
        body.put("name", "青石新村");
        body.put("locale", "en");
        organizer()
                .header("If-Match", "\"1\"")
                .body(body)
                .put("/api/v1/branches/" + id)
                .then()
                .statusCode(200);
        organizer()
                .header("If-Match", "\"2\"")
                .body(body)
                .put("/api/v1/branches/" + id)
                .then()
                .statusCode(200)
                .body("version", equalTo(2));
        organizer()
                .header("If-Match", "\"2\"")
                .delete("/api/v1/branches/" + id)
                .then()
                .statusCode(200);

        var events = Topic.read("lectern.branches", id, 3);

        assertThat(events)
                .extracting(event -> Topic.header(event, "ce_sequence"))
                .containsExactly("1", "2", "3");
        events.forEach(event -> Contract.validate(Topic.header(event, "ce_type"), event.value()));
        assertThat(events.get(1).value()).contains("青石新村", "\"locale\":\"en\"");
        assertThat(events.get(2).value()).contains("\"archived\":true");
    }

    @Test
    void aBranchStopsHoldingLecturesInParallelOnlyWhenNoneOverlap() {
        Map<String, Object> body = under(null);
        body.put("parallel", true);
        UUID college = UUID.fromString(create("branches", body));
        City.Cast one = city.cast();
        City.Cast two = city.cast();
        String first = book(one, college, "2027-03-01T01:00:00Z");
        book(two, college, "2027-03-01T01:30:00Z");
        body.put("parallel", false);

        organizer()
                .header("If-Match", "\"1\"")
                .body(body)
                .put("/api/v1/branches/" + college)
                .then()
                .statusCode(409)
                .body("code", equalTo("lectures-overlap"), "errors.pointer", contains("/parallel"));
        organizer()
                .header("If-Match", "\"1\"")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of("reason", "让出时间"))
                .post("/api/v1/bookings/" + first + "/cancel")
                .then()
                .statusCode(200);
        organizer()
                .header("If-Match", "\"1\"")
                .body(body)
                .put("/api/v1/branches/" + college)
                .then()
                .statusCode(200)
                .body("parallel", equalTo(false));
        City.Cast three = city.cast();
        request(three, college, "2027-03-01T02:00:00Z").statusCode(409).body("code", equalTo("branch-occupied"));
    }

    private static String book(City.Cast cast, UUID branch, String start) {
        return request(cast, branch, start).statusCode(201).extract().path("id");
    }

    private static ValidatableResponse request(City.Cast cast, UUID branch, String start) {
        return organizer()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of(
                        "lecturerId",
                        cast.lecturer(),
                        "topicId",
                        cast.topic(),
                        "branchId",
                        branch,
                        "venueId",
                        cast.venue(),
                        "format",
                        "lecture",
                        "start",
                        start))
                .post("/api/v1/bookings")
                .then();
    }
}
