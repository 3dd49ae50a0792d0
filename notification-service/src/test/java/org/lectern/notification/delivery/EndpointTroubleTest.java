package org.lectern.notification.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** An endpoint that is disabled or unreachable is reported once. */
@ServiceTest
class EndpointTroubleTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Inject
    Sql sql;

    @Inject
    Lectures lectures;

    @Inject
    MoodyReceiver receiver;

    @Test
    void disabledEndpoint_isReportedOnceAtTheOthers() {
        UUID branch = lectures.branch("OFF-" + UUID.randomUUID(), null, "en");
        UUID gone = lectures.endpoint(branch, true);
        UUID other = lectures.endpoint(branch, true);
        receiver.answers("receiver-" + gone, new DeliveryOutcome.EndpointGone("http-410"));
        for (int i = 0; i < 3; i++) {
            Scheduler.send(Scheduler.confirmed(branch, 40));
        }

        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(letters(other, "ENDPOINT_DISABLED")).hasSize(1));
        OutgoingMessage told = letters(other, "ENDPOINT_DISABLED").getFirst();
        assertThat(told.title()).isEqualTo("Address disabled: *** (moody)");
        assertThat(told.body()).contains("(answer: http-410)", "To enable it: ").doesNotContain("receiver-" + gone);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(letters(other, "CONFIRMED")).hasSize(3));
        assertThat(kinds(branch)).containsOnlyOnce("ENDPOINT_DISABLED");
        given().auth()
                .oauth2(Tokens.operator())
                .get("/api/v1/branches/" + branch + "/notices")
                .then()
                .statusCode(200)
                .body("items.find { it.kind == 'endpoint-disabled' }.bookingId", nullValue())
                .body("items.find { it.kind == 'endpoint-disabled' }.acknowledgement", nullValue())
                .body("items.find { it.kind == 'endpoint-disabled' }.locale", equalTo("en"));

        enable(branch, gone);
        Scheduler.send(Scheduler.confirmed(branch, 50));
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(letters(other, "ENDPOINT_DISABLED")).hasSize(2));
    }

    @Test
    void lastEndpoint_isReportedToParentAndOrganizers() {
        UUID organizers = lectures.branch("ORGANIZERS", null, "en");
        UUID parent = lectures.branch("PAR-" + UUID.randomUUID(), null, "zh-CN");
        UUID branch = lectures.branch("OFF-" + UUID.randomUUID(), parent, "zh-CN");
        UUID gone = lectures.endpoint(branch, true);
        receiver.answers("receiver-" + gone, new DeliveryOutcome.EndpointGone("wecom-93000"));
        Scheduler.send(Scheduler.confirmed(branch, 40));

        await().atMost(LONG).untilAsserted(() -> {
            assertThat(kinds(branch)).contains("ENDPOINT_DISABLED");
            assertThat(kinds(parent)).containsExactly("ENDPOINT_DISABLED");
            assertThat(kinds(organizers)).contains("ENDPOINT_DISABLED");
        });
        assertThat(sql.one(
                        "SELECT title || chr(10) || body AS text FROM notice WHERE branch_id = ?",
                        row -> row.text("text"),
                        parent))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("接收地址已停用：moody ***\n单位：青石村\n")
                        .contains("返回：wecom-93000", "恢复办法："));
    }

    @Test
    void parentWithEndpoint_isNotifiedInsteadOfTheOrganizers() {
        UUID organizers = lectures.branch("ORGANIZERS", null, "en");
        UUID parent = lectures.branch("PAR-" + UUID.randomUUID(), null, "en");
        UUID above = lectures.endpoint(parent, true);
        UUID branch = lectures.branch("OFF-" + UUID.randomUUID(), parent, "en");
        UUID gone = lectures.endpoint(branch, true);
        receiver.answers("receiver-" + gone, new DeliveryOutcome.EndpointGone("http-410"));
        Scheduler.send(Scheduler.confirmed(branch, 40));

        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(letters(above, "ENDPOINT_DISABLED")).hasSize(1));
        assertThat(sql.list("""
                SELECT 1 AS one FROM notice WHERE branch_id = ? AND kind = 'ENDPOINT_DISABLED'""", row -> row.number("one"), organizers)).isEmpty();
    }

    @Test
    void unreachableEndpoint_isReportedOncePerFailure() {
        UUID branch = lectures.branch("FAI-" + UUID.randomUUID(), null, "en");
        UUID failing = lectures.endpoint(branch, true);
        UUID other = lectures.endpoint(branch, true);
        receiver.answers("receiver-" + failing, DeliveryOutcome.Retry.failing("http-503"));
        Scheduler.send(Scheduler.confirmed(branch, 40));
        Scheduler.send(Scheduler.confirmed(branch, 50));

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(sql.list(
                                "SELECT state FROM delivery WHERE endpoint_id = ?", row -> row.text("state"), failing))
                        .containsExactly("DEAD", "DEAD"));
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(letters(other, "ENDPOINT_FAILING")).hasSize(1));
        assertThat(letters(other, "ENDPOINT_FAILING").getFirst().body()).contains("(last answer: http-503)");

        receiver.answers("receiver-" + failing, new DeliveryOutcome.Delivered("served"));
        Scheduler.send(Scheduler.confirmed(branch, 60));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(sql.list(
                                "SELECT 1 AS one FROM endpoint_trouble WHERE endpoint_id = ?",
                                row -> row.number("one"),
                                failing))
                        .isEmpty());
        assertThat(kinds(branch)).containsOnlyOnce("ENDPOINT_FAILING");
        assertThat(actions(branch, failing)).containsExactly(List.of("recovered"), List.of("failing"));
    }

    @Test
    void personWhoChangesAFailingEndpoint_endsItInTheHistoryToo() {
        UUID branch = lectures.branch("FAI-" + UUID.randomUUID(), null, "en");
        UUID failing = lectures.endpoint(branch, true);
        receiver.answers("receiver-" + failing, DeliveryOutcome.Retry.failing("http-503"));
        Scheduler.send(Scheduler.confirmed(branch, 40));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(actions(branch, failing)).containsExactly(List.of("failing")));

        enable(branch, failing);

        assertThat(actions(branch, failing)).containsExactly(List.of("recovered"), List.of("failing"));
    }

    private static List<List<String>> actions(UUID branch, UUID endpoint) {
        return given().auth()
                .oauth2(Tokens.operator())
                .get("/api/v1/branches/" + branch + "/endpoints/" + endpoint + "/changes")
                .then()
                .statusCode(200)
                .extract()
                .path("items.actions");
    }

    private List<OutgoingMessage> letters(UUID endpoint, String kind) {
        return receiver.letters("receiver-" + endpoint).stream()
                .filter(letter ->
                        letter.about() != null && letter.about().kind().equals(kind))
                .toList();
    }

    private List<String> kinds(UUID branch) {
        return sql.list(
                "SELECT kind FROM notice WHERE branch_id = ? ORDER BY sequence", row -> row.text("kind"), branch);
    }

    private static void enable(UUID branch, UUID endpoint) {
        String path = "/api/v1/branches/" + branch + "/endpoints/" + endpoint;
        var shown = given().auth().oauth2(Tokens.operator()).get(path).then().extract();
        given().auth()
                .oauth2(Tokens.operator())
                .contentType(ContentType.JSON)
                .header("If-Match", shown.header("ETag"))
                .body(Map.of("address", shown.<String>path("address"), "enabled", true))
                .put(path)
                .then()
                .statusCode(200);
    }
}
