package org.lectern.scheduler.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.Registries;
import org.lectern.testing.Tokens;

/** Every change is recorded with actor, time, before and after; the chain stays valid under concurrency. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class AuditTest {

    @Inject
    Sealer sealer;

    @Inject
    City city;

    private static RequestSpecification auditor() {
        return given().auth().oauth2(Tokens.auditor());
    }

    static Map<String, Object> verify(String anchor) {
        RequestSpecification request = auditor();
        if (anchor != null) {
            request.queryParam("anchor", anchor);
        }
        return request.get("/api/v1/audit/verify")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("");
    }

    private static JsonPath entriesOf(String subject) {
        return auditor()
                .queryParam("subject", subject)
                .get("/api/v1/audit")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @ParameterizedTest
    @ValueSource(strings = {"topics", "lecturers", "branches", "venues"})
    void everyChangeOfARegistryIsWrittenDownWithBeforeAndAfter(String registry) {
        Map<String, Object> body = Registries.body(registry);
        String id = Registries.create(registry, body);
        String name = registry.equals("topics") ? "title" : "name";
        body.put(name, "新名");
        organizer().header("If-Match", "\"1\"").body(body).put("/api/v1/" + registry + "/" + id);
        organizer().header("If-Match", "\"2\"").body(body).put("/api/v1/" + registry + "/" + id); // changes nothing
        organizer()
                .header("If-Match", "\"2\"")
                .delete("/api/v1/" + registry + "/" + id)
                .then()
                .statusCode(200);

        JsonPath entries = entriesOf(id);

        assertThat(entries.getList("items.version")).isEqualTo(List.of(3, 2, 1));
        assertThat(entries.getList("items.action")).isEqualTo(List.of("ARCHIVED", "CHANGED", "ENTERED"));
        assertThat(entries.getList("items.actor")).containsOnly("organizer");
        assertThat(entries.getString("items[1].after." + name)).isEqualTo("新名");
        assertThat(entries.getString("items[1].before." + name))
                .isEqualTo(Registries.BODIES.get(registry).get(name));
        assertThat(entries.getBoolean("items[0].after.archived")).isTrue();
        assertThat(entries.getMap("items[2].before")).isNull();
    }

    @Test
    void anImportIsWrittenDownRowByRow() {
        String code = "C-" + UUID.randomUUID();
        String file = "code,title,durationMinutes\n" + code + "1,乡村,90\n" + code + "2,城市,60\n";
        for (String dryRun : new String[] {"true", "false", "false"}) {
            given().auth()
                    .oauth2(Tokens.organizer())
                    .contentType("text/csv; charset=UTF-8")
                    .queryParam("dryRun", dryRun)
                    .body(file.getBytes())
                    .post("/api/v1/topics/import")
                    .then()
                    .statusCode(200);
        }

        assertThat(city.count(
                        "SELECT count(*) FROM audit_entry WHERE state->>'code' IN (?, ?)", code + "1", code + "2"))
                .isEqualTo(2);
    }

    @Test
    void audit_keepsNoContactData() {
        Map<String, Object> body = Registries.body("lecturers");
        String id = Registries.create("lecturers", body);
        body.put("phone", "+86 139 1111 2222");
        organizer()
                .header("If-Match", "\"1\"")
                .body(body)
                .put("/api/v1/lecturers/" + id)
                .then()
                .statusCode(200);
        body.put("name", "王小明");
        organizer()
                .header("If-Match", "\"2\"")
                .body(body)
                .put("/api/v1/lecturers/" + id)
                .then()
                .statusCode(200);

        JsonPath entries = entriesOf(id);

        assertThat(entries.getList("items.after.contactChanged")).isEqualTo(List.of(false, true, true));
        assertThat(entries.getBoolean("items[0].after.hasEmail")).isTrue();
        assertThat(city.count(
                        "SELECT count(*) FROM audit_entry WHERE cast(state AS text) LIKE ANY (ARRAY['%lin@example.org%', "
                                + "'%138 0000 0000%', '%139 1111 2222%', '%云川大道1号%']) AND kind = 'LECTURER'"))
                .isZero();
    }

    @Test
    void availabilityOpeningHoursAndTheCalendarAreWrittenDown() {
        City.Cast cast = city.cast();
        organizer()
                .header("If-Match", "\"1\"")
                .body("""
                        {"blackouts": [{"firstDay": "2026-12-20", "lastDay": "2026-12-24", "reason": "住院"}]}""")
                .put("/api/v1/lecturers/" + cast.lecturer() + "/availability")
                .then()
                .statusCode(200);
        organizer()
                .header("If-Match", "\"1\"")
                .body("{\"exceptions\": [{\"date\": \"2026-12-31\", \"windows\": []}]}")
                .put("/api/v1/venues/" + cast.venue() + "/opening-hours")
                .then()
                .statusCode(200);

        JsonPath availability = entriesOf(cast.lecturer().toString());
        assertThat(availability.getList("items.kind")).isEqualTo(List.of("AVAILABILITY"));
        assertThat(availability.getString("items[0].after.blackouts[0].firstDay"))
                .isEqualTo("2026-12-20");
        assertThat(availability.getString("items[0].after.blackouts[0].reason")).isNull();
        assertThat(entriesOf(cast.venue().toString()).getList("items.kind")).isEqualTo(List.of("OPENING_HOURS"));
        organizer()
                .header("If-Match", "\"1\"")
                .body(
                        "{\"announced\": true, \"days\": [{\"date\": \"2187-10-01\", \"name\": \"国庆节\", \"isOffDay\": true}]}")
                .put("/api/v1/calendar/2187")
                .then()
                .statusCode(200);
        assertThat(entriesOf("2187").getString("items[0].after.days[0].name")).isEqualTo("国庆节");
    }

    @Test
    void deletedTravelTimes_keepTheirVersions() {
        UUID one = city.venue();
        UUID other = city.venue();
        String path = "/api/v1/travel-times/" + one + "/" + other;
        organizer().body("{\"minutes\": 40}").put(path).then().statusCode(200).header("ETag", "\"1\"");
        organizer().header("If-Match", "\"1\"").delete(path).then().statusCode(204);
        organizer().body("{\"minutes\": 50}").put(path).then().statusCode(200).header("ETag", "\"3\"");

        JsonPath entries = entriesOf(one.compareTo(other) < 0 ? one + ":" + other : other + ":" + one);
        if (entries.getList("items").isEmpty()) {
            entries = entriesOf(one.toString().compareTo(other.toString()) < 0 ? one + ":" + other : other + ":" + one);
        }
        assertThat(entries.getList("items.action")).isEqualTo(List.of("CHANGED", "FORGOTTEN", "ENTERED"));
    }

    @Test
    void theTrailIsWalkedFromTheNewestAndFiltered() {
        Map<String, Object> body = Registries.body("topics");
        String id = Registries.create("topics", body);
        for (int version = 1; version <= 4; version++) {
            body.put("durationMinutes", 90 + version);
            organizer().header("If-Match", "\"" + version + "\"").body(body).put("/api/v1/topics/" + id);
        }
        List<Integer> versions = new ArrayList<>();
        String cursor = null;
        do {
            RequestSpecification request = auditor().queryParam("subject", id).queryParam("limit", 2);
            if (cursor != null) {
                request.queryParam("cursor", cursor);
            }
            JsonPath page = request.get("/api/v1/audit")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            versions.addAll(page.getList("items.version", Integer.class));
            cursor = page.getString("nextCursor");
        } while (cursor != null);
        assertThat(versions).isEqualTo(List.of(5, 4, 3, 2, 1));

        String third = entriesOf(id).getString("items[2].at");
        auditor()
                .queryParams(Map.of("subject", id, "kind", "TOPIC", "actor", "organizer", "action", "CHANGED"))
                .queryParam("from", third)
                .queryParam("to", entriesOf(id).getString("items[0].at"))
                .get("/api/v1/audit")
                .then()
                .body("items.version", equalTo(List.of(4, 3)));
        auditor()
                .queryParams("subject", id, "kind", "VENUE")
                .get("/api/v1/audit")
                .then()
                .body("items", equalTo(List.of()));
    }

    @Test
    void anEntryHasItsPlaceInTheChainOnceItIsSealed() {
        String id = Registries.create("topics", Registries.body("topics"));
        auditor().queryParam("subject", id).get("/api/v1/audit").then().body("items[0].hash", nullValue());

        sealer.seal();

        auditor()
                .queryParam("subject", id)
                .get("/api/v1/audit")
                .then()
                .body("items[0].hash", notNullValue(), "items[0].position", notNullValue());
        Map<String, Object> verification = verify(null);
        assertThat(verification).containsEntry("intact", true).containsEntry("waiting", 0);
        assertThat(verify(verification.get("head").toString())).containsEntry("intact", true);
    }

    @Test
    void theChainHoldsWhenHundredsOfChangesAndTwoSealersRunAtOnce() throws Exception {
        long before = city.count("SELECT count(*) FROM audit_entry");
        AtomicBoolean done = new AtomicBoolean();
        List<Future<?>> sealing = new ArrayList<>();
        int writers = 8;
        int changes = 40;
        try (ExecutorService threads = Executors.newFixedThreadPool(writers + 2)) {
            for (int i = 0; i < 2; i++) {
                sealing.add(threads.submit(() -> {
                    while (!done.get()) {
                        sealer.seal();
                    }
                }));
            }
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                work.add(() -> {
                    Map<String, Object> body = new HashMap<>(Registries.body("topics"));
                    String id = Registries.create("topics", body);
                    for (int version = 1; version < changes; version++) {
                        body.put("durationMinutes", 60 + version);
                        organizer()
                                .header("If-Match", "\"" + version + "\"")
                                .body(body)
                                .put("/api/v1/topics/" + id)
                                .then()
                                .statusCode(200);
                    }
                    return null;
                });
            }
            for (Future<Void> result : threads.invokeAll(work)) {
                result.get();
            }
            done.set(true);
            for (Future<?> each : sealing) {
                each.get();
            }
        }
        sealer.seal();

        assertThat(city.count("SELECT count(*) FROM audit_entry") - before).isGreaterThanOrEqualTo(writers * changes);
        assertThat(verify(null)).containsEntry("intact", true).containsEntry("waiting", 0);
        assertThat(city.count("SELECT max(position) - count(*) FROM audit_seal"))
                .isZero();
    }

    @ParameterizedTest(name = "{0}: list {1}, verify {2}")
    @CsvSource({
        "anonymous, 401, 401",
        "stranger,  403, 403",
        "branch,    403, 403",
        "organizer, 200, 403",
        "operator,  200, 403",
        "auditor,   200, 200"
    })
    void eachRoleSeesItsPartAndNobodyWrites(String role, int list, int verify) {
        RequestSpecification request = given().contentType(ContentType.JSON);
        if (!role.equals("anonymous")) {
            request.auth().oauth2(role.equals("branch") ? Tokens.branch("B-1") : Tokens.of(role, Map.of()));
        }
        request.get("/api/v1/audit").then().statusCode(list);
        request.get("/api/v1/audit/verify").then().statusCode(verify);
        request.body("{}").post("/api/v1/audit").then().statusCode(405);
        request.body("{}").delete("/api/v1/audit").then().statusCode(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anchor=7",
                "anchor=x",
                "kind=SECRET",
                "from=yesterday",
                "to=%2B999999999-01-01T00:00:00Z",
                "limit=0",
                "cursor=abc",
                // a valid cursor with a time that no database can store
                "cursor=MDE5OGMwZGUtN2YzZS03YTU1LTlkMGUtMWYxZjZhMmM5YTU1ICs5OTk5OTk5OTktMDEtMDFUMDA6MDA6MDBa"
            })
    void aBadParameterIsPointedAt(String query) {
        String path = query.startsWith("anchor") ? "/api/v1/audit/verify" : "/api/v1/audit";
        auditor()
                .urlEncodingEnabled(false)
                .get(path + "?" + query)
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("?" + query.substring(0, query.indexOf('='))));
    }
}
