package org.lectern.scheduler.csv;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.lectern.scheduler.support.Registries.BODIES;
import static org.lectern.scheduler.support.Registries.body;
import static org.lectern.scheduler.support.Registries.create;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.testing.Tokens;

/** The guarantees common to all four registries. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class RegistriesTest {

    @Inject
    City city;

    static Stream<String> registries() {
        return BODIES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("registries")
    void item_isCreatedChangedArchivedAndRestored(String registry) {
        Map<String, Object> body = body(registry);
        String id = organizer()
                .body(body)
                .post("/api/v1/" + registry)
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .body("version", equalTo(1), "code", equalTo(body.get("code")), "archived", equalTo(false))
                .extract()
                .path("id");
        String address = "/api/v1/" + registry + "/" + id;
        String name = registry.equals("topics") ? "title" : "name";

        body.put(name, "改名之后");
        organizer()
                .header("If-Match", "\"1\"")
                .body(body)
                .put(address)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body(name, equalTo("改名之后"));
        organizer()
                .header("If-Match", "\"1\"")
                .body(body)
                .put(address)
                .then()
                .statusCode(412)
                .body("currentVersion", equalTo(2));
        organizer().body(body).put(address).then().statusCode(428);
        organizer().delete(address).then().statusCode(428);
        organizer()
                .header("If-Match", "\"2\"")
                .delete(address)
                .then()
                .statusCode(200)
                .body("archived", equalTo(true), "version", equalTo(3));
        organizer()
                .queryParam("q", body.get("code"))
                .get("/api/v1/" + registry)
                .then()
                .body("items", empty());
        organizer()
                .queryParam("q", body.get("code"))
                .queryParam("archived", true)
                .get("/api/v1/" + registry)
                .then()
                .body("items.id", contains(id));
        body.put("archived", false);
        organizer()
                .header("If-Match", "\"3\"")
                .body(body)
                .put(address)
                .then()
                .statusCode(200)
                .body("archived", equalTo(false));
        organizer().get(address).then().statusCode(200).header("ETag", "\"4\"").body(name, equalTo("改名之后"));
    }

    @ParameterizedTest
    @MethodSource("registries")
    void aCodeNamesOneThing(String registry) {
        Map<String, Object> body = body(registry);
        create(registry, body);

        organizer()
                .body(body)
                .post("/api/v1/" + registry)
                .then()
                .statusCode(409)
                .body("code", equalTo("code-taken"), "errors.pointer", contains("/code"));
        Map<String, Object> other = body(registry);
        String id = create(registry, other);
        other.put("code", body.get("code"));
        organizer()
                .header("If-Match", "\"1\"")
                .body(other)
                .put("/api/v1/" + registry + "/" + id)
                .then()
                .statusCode(409)
                .body("code", equalTo("code-taken"));
    }

    @ParameterizedTest
    @MethodSource("registries")
    void aListIsWalkedByCodeWithoutGapOrRepeat(String registry) {
        String mark = "W" + UUID.randomUUID().toString().substring(0, 8);
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Map<String, Object> body = body(registry);
            body.put("code", mark + "-" + i);
            create(registry, body);
            codes.add(mark + "-" + i);
        }

        List<String> walked = new ArrayList<>();
        String cursor = null;
        do {
            var request = organizer().queryParam("q", mark.toLowerCase()).queryParam("limit", 2);
            JsonPath page = (cursor == null ? request : request.queryParam("cursor", cursor))
                    .get("/api/v1/" + registry)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            walked.addAll(page.getList("items.code"));
            cursor = page.getString("nextCursor");
        } while (cursor != null);

        assertThat(walked).containsExactlyElementsOf(codes);
    }

    @ParameterizedTest
    @MethodSource("registries")
    void patternCharacters_areSearchedLiterally(String registry) {
        create(registry, body(registry));

        for (String sign : List.of("%", "_", "\\", "' OR 1=1--")) {
            organizer()
                    .queryParam("q", "zz" + sign)
                    .get("/api/v1/" + registry)
                    .then()
                    .statusCode(200)
                    .body("items", empty());
        }
    }

    @ParameterizedTest(name = "{0} as {1}: read {2}, write {3}")
    @CsvSource({
        "topics, anonymous, 401, 401", "topics, branch, 200, 403", "topics, auditor, 200, 403",
                "topics, operator, 403, 403",
        "venues, anonymous, 401, 401", "venues, branch, 200, 403", "venues, auditor, 200, 403",
                "venues, operator, 403, 403",
        "lecturers, anonymous, 401, 401", "lecturers, branch, 403, 403", "lecturers, auditor, 200, 403",
                "lecturers, operator, 403, 403",
        "branches, anonymous, 401, 401", "branches, branch, 200, 403", "branches, auditor, 200, 403",
                "branches, operator, 200, 403",
    })
    void eachRoleMayDoItsPart(String registry, String role, int read, int write) {
        var request = given().contentType(ContentType.JSON);
        if (!role.equals("anonymous")) {
            request.auth().oauth2(role.equals("branch") ? Tokens.branch("B-none") : Tokens.of(role, Map.of()));
        }
        String address = "/api/v1/" + registry;
        request.get(address).then().statusCode(read);
        request.body("{}").post(address).then().statusCode(write);
        request.header("If-Match", "\"1\"")
                .body("{}")
                .put(address + "/" + UUID.randomUUID())
                .then()
                .statusCode(write);
        request.delete(address + "/" + UUID.randomUUID()).then().statusCode(write);
        request.contentType("text/csv; charset=UTF-8")
                .body("code\n")
                .post(address + "/import")
                .then()
                .statusCode(write);
    }

    static Stream<Arguments> badFields() {
        return Stream.of(
                Arguments.of("topics", "code", "a b", "/code"),
                Arguments.of("topics", "code", "x".repeat(61), "/code"),
                Arguments.of("topics", "code", null, "/code"),
                Arguments.of("topics", "title", " ", "/title"),
                Arguments.of("topics", "title", "题".repeat(201), "/title"),
                Arguments.of("topics", "durationMinutes", 4, "/durationMinutes"),
                Arguments.of("topics", "durationMinutes", null, "/durationMinutes"),
                Arguments.of("topics", "durationMinutes", "90", "/durationMinutes"),
                Arguments.of("topics", "materialUrl", "ftp://x", "/materialUrl"),
                Arguments.of("topics", "version", 3, "/version"),
                Arguments.of("lecturers", "name", "a\u0000b", "/name"),
                Arguments.of("lecturers", "tier", "galactic", "/tier"),
                Arguments.of("lecturers", "email", "no address", "/email"),
                Arguments.of("lecturers", "phone", "call me", "/phone"),
                Arguments.of("lecturers", "topicIds", List.of(UUID.randomUUID()), "/topicIds"),
                Arguments.of("lecturers", "topicIds", List.of("x"), "/topicIds/0"),
                Arguments.of("lecturers", "home", Map.of("latitude", 30.0), "/home/longitude"),
                Arguments.of("lecturers", "home", Map.of("latitude", 91, "longitude", 0), "/home/latitude"),
                Arguments.of("lecturers", "home", Map.of("city", "x"), "/home/city"),
                Arguments.of("branches", "kind", "castle", "/kind"),
                Arguments.of("branches", "zone", "CST", "/zone"),
                Arguments.of("branches", "locale", "de", "/locale"),
                Arguments.of("branches", "parentId", UUID.randomUUID(), "/parentId"),
                Arguments.of("branches", "headCount", -1, "/headCount"),
                Arguments.of("branches", "parallel", "yes", "/parallel"),
                Arguments.of("branches", "email", "branch@example.org", "/email"),
                Arguments.of("venues", "kind", "tent", "/kind"),
                Arguments.of("venues", "capacity", 0, "/capacity"),
                Arguments.of("venues", "branchId", UUID.randomUUID(), "/branchId"),
                Arguments.of("venues", "kind", "branch-room", "/branchId"));
    }

    @ParameterizedTest(name = "{0}: {1} = {2}")
    @MethodSource("badFields")
    void aBadFieldIsPointedAt(String registry, String field, Object value, String pointer) {
        Map<String, Object> body = body(registry);
        body.put(field, value);

        organizer()
                .body(body)
                .post("/api/v1/" + registry)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid-request"), "errors.pointer", hasItem(pointer));
    }

    @Test
    void itemOfAnUpcomingLecture_isNotArchived() {
        City.Cast cast = city.cast();
        OffsetDateTime start = OffsetDateTime.now()
                .plusDays(90)
                .withHour(10)
                .withMinute(0)
                .withSecond(0)
                .withNano(0);
        organizer()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of(
                        "lecturerId",
                        cast.lecturer(),
                        "topicId",
                        cast.topic(),
                        "branchId",
                        cast.branch(),
                        "venueId",
                        cast.venue(),
                        "format",
                        "lecture",
                        "start",
                        start.toInstant().toString()))
                .post("/api/v1/bookings")
                .then()
                .statusCode(201);

        for (var needed : Map.of(
                        "lecturers",
                        cast.lecturer(),
                        "topics",
                        cast.topic(),
                        "branches",
                        cast.branch(),
                        "venues",
                        cast.venue())
                .entrySet()) {
            organizer()
                    .header("If-Match", "\"1\"")
                    .delete("/api/v1/" + needed.getKey() + "/" + needed.getValue())
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("in-use"));
        }
    }

    @Test
    void lecturersAreFoundByTopicAndTier() {
        String topic = create("topics", body("topics"));
        Map<String, Object> lecturer = body("lecturers");
        lecturer.put("topicIds", List.of(topic));
        lecturer.put("tier", "county");
        String id = create("lecturers", lecturer);

        organizer()
                .queryParam("topicId", topic)
                .get("/api/v1/lecturers")
                .then()
                .body("items.id", contains(id), "items[0].topicIds", contains(topic));
        organizer()
                .queryParam("topicId", topic)
                .queryParam("tier", "county")
                .get("/api/v1/lecturers")
                .then()
                .body("items.id", contains(id));
        organizer()
                .queryParam("topicId", topic)
                .queryParam("tier", "national")
                .get("/api/v1/lecturers")
                .then()
                .body("items", empty());
        Map<String, Object> without = new HashMap<>(lecturer);
        without.remove("topicIds");
        organizer()
                .header("If-Match", "\"1\"")
                .body(without)
                .put("/api/v1/lecturers/" + id)
                .then()
                .statusCode(200)
                .body("topicIds", empty());
    }

    @Test
    void venuesAreFoundByBranchKindAndCapacity() {
        String branch = create("branches", body("branches"));
        Map<String, Object> room = body("venues");
        room.put("kind", "branch-room");
        room.put("branchId", branch);
        room.put("capacity", 80);
        String id = create("venues", room);

        organizer().queryParam("branchId", branch).get("/api/v1/venues").then().body("items.id", contains(id));
        organizer()
                .queryParam("branchId", branch)
                .queryParam("minCapacity", 80)
                .queryParam("kind", "branch-room")
                .get("/api/v1/venues")
                .then()
                .body("items.id", contains(id));
        organizer()
                .queryParam("branchId", branch)
                .queryParam("minCapacity", 81)
                .get("/api/v1/venues")
                .then()
                .body("items", empty());
    }

    @Test
    void namesOfAnyScriptAreKeptAsTheyAre() {
        Map<String, Object> body = body("topics");
        body.put("title", "<script>alert(1)</script> 🎤 =HYPERLINK(\"x\")");

        String id = create("topics", body);

        organizer().get("/api/v1/topics/" + id).then().body("title", equalTo(body.get("title")));
        organizer()
                .get("/api/v1/topics/" + UUID.randomUUID())
                .then()
                .statusCode(404)
                .body("code", not(equalTo("internal-error")));
    }
}
