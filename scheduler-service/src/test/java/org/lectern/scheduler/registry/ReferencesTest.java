package org.lectern.scheduler.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.chassis.database.Sql;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;

/** Nothing that is needed is archived, and the refusal says what needs it. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class ReferencesTest {

    @Inject
    City city;

    @Inject
    Sql sql;

    private static ValidatableResponse archive(String registry, UUID id) {
        return organizer()
                .header("If-Match", "\"1\"")
                .delete("/api/v1/" + registry + "/" + id)
                .then();
    }

    private static String ask(UUID topic, UUID branch) {
        return organizer()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of(
                        "topicId",
                        topic,
                        "branchId",
                        branch,
                        "windows",
                        List.of(Map.of(
                                "from",
                                OffsetDateTime.now().plusDays(20).toString(),
                                "until",
                                OffsetDateTime.now().plusDays(30).toString()))))
                .post("/api/v1/requests")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** Books a lecture in so many days; its id. */
    private static String book(City.Cast cast, int days) {
        return organizer()
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
                        LocalDate.now().plusDays(days) + "T10:00:00+08:00"))
                .post("/api/v1/bookings")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    void everyForeignKey_isJudged() {
        List<String> inTheDatabase = sql.list("""
                SELECT c.conrelid::regclass || '.' || a.attname || ' -> ' || c.confrelid::regclass AS reference
                FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
                WHERE c.contype = 'f' AND c.confrelid::regclass::text IN ('lecturer', 'branch', 'venue', 'topic')""", row -> row.text("reference"));

        assertThat(References.ALL)
                .as("say in References whether the new table still needs the entry it refers to")
                .extracting(each -> each.table() + "." + each.column() + " -> " + each.target())
                .containsExactlyInAnyOrderElementsOf(inTheDatabase);
    }

    @ParameterizedTest
    @ValueSource(strings = {"topics", "branches"})
    void whatAWaitingRequestNames_isNotArchived(String registry) {
        UUID topic = city.topic(90);
        UUID branch = city.branch(null, "Asia/Shanghai", false);
        String request = ask(topic, branch);
        UUID named = registry.equals("topics") ? topic : branch;

        archive(registry, named)
                .statusCode(409)
                .body("code", equalTo("in-use"))
                .body("uses.kind", contains("requests"), "uses[0].count", equalTo(1))
                .body("uses[0].first.id", contains(request))
                .body("errors[0].detail", startsWith("1 open requests"));
        organizer()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("If-Match", "\"1\"")
                .body("{}")
                .post("/api/v1/requests/" + request + "/withdraw")
                .then()
                .statusCode(200);
        archive(registry, named).statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lecturers", "topics", "branches", "venues"})
    void whatUpcomingLecturesNeed_isNamedWithCountAndLink(String registry) {
        City.Cast cast = city.cast();
        UUID id = Map.of(
                        "lecturers", cast.lecturer(),
                        "topics", cast.topic(),
                        "branches", cast.branch(),
                        "venues", cast.venue())
                .get(registry);
        String first = book(cast, 50);
        for (int day = 51; day < 57; day++) {
            book(cast, day);
        }

        String link = archive(registry, id)
                .statusCode(409)
                .body("uses.kind", contains("bookings"), "uses[0].count", equalTo(7))
                .body("uses[0].first", hasSize(5), "uses[0].first[0].id", equalTo(first))
                .body("errors[0].detail", containsString("7 upcoming lectures"))
                .extract()
                .path("uses[0].link");

        organizer().get(link).then().statusCode(200).body("items", hasSize(7));
        organizer()
                .header("If-Match", "\"1\"")
                .header("Accept-Language", "zh-CN")
                .delete("/api/v1/" + registry + "/" + id)
                .then()
                .body("errors[0].detail", containsString("7 场"));
    }

    @Test
    void topicOfAnOpenCampaign_isNotArchived() {
        UUID topic = city.topic(90);
        UUID branch = city.branch(null, "Asia/Shanghai", false);
        var campaign = organizer()
                .body(Map.of(
                        "code",
                        "C-" + topic,
                        "name",
                        "冬季基层宣讲",
                        "from",
                        OffsetDateTime.now().plusDays(1).toLocalDate().toString(),
                        "until",
                        OffsetDateTime.now().plusDays(60).toLocalDate().toString(),
                        "topicIds",
                        List.of(topic),
                        "targets",
                        Map.of("branchIds", List.of(branch))))
                .post("/api/v1/campaigns")
                .then()
                .statusCode(201)
                .extract();
        String id = campaign.path("id");

        archive("topics", topic)
                .statusCode(409)
                .body("uses.kind", contains("campaigns"), "uses[0].link", equalTo("/api/v1/campaigns/" + id));
        organizer()
                .header("If-Match", campaign.header("ETag"))
                .post("/api/v1/campaigns/" + id + "/activate")
                .then()
                .statusCode(200);
        archive("branches", branch).statusCode(409).body("uses.kind", contains("campaigns"));
    }

    @Test
    void branchWithEverything_namesEveryKind() {
        City.Cast cast = city.cast();
        city.branch(cast.branch(), "Asia/Shanghai", false);
        city.run("UPDATE venue SET branch_id = ? WHERE id = ?", cast.branch(), cast.venue());
        book(cast, 50);
        ask(city.topic(60), cast.branch());

        archive("branches", cast.branch())
                .statusCode(409)
                .body("uses.kind", containsInAnyOrder("bookings", "requests", "branches", "venues"))
                .body("errors", hasSize(4));
    }
}
