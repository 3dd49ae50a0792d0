package org.lectern.notification.channel.sms;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.notification.support.WebReceiver;
import org.lectern.notification.support.WebReceiver.Reply;
import org.lectern.testing.Tokens;

/** Text messages go through an external gateway, in the form that it requires. */
@ServiceTest
class SmsTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    @Inject
    Sql sql;

    @Test
    void gatewayResultCode_decidesTheOutcome() throws Exception {
        int port = ConfigProvider.getConfig().getValue("lectern.test.gateway", Integer.class);
        String number = "+861" + ThreadLocalRandom.current().nextLong(1_000_000_000L, 9_999_999_999L);
        UUID branch = Scheduler.branch("SMS-" + UUID.randomUUID(), null, "zh-CN");
        String endpoints = "/api/v1/branches/" + branch + "/endpoints";
        await().atMost(LONG)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.operator())
                        .get(endpoints)
                        .then()
                        .statusCode(200));
        for (String wrong : List.of("13800000000", "+86 138", "+0123456789", number + "x", "+" + "1".repeat(16))) {
            given().auth()
                    .oauth2(Tokens.operator())
                    .contentType(ContentType.JSON)
                    .body(Map.of("channel", "sms", "address", wrong))
                    .post(endpoints)
                    .then()
                    .statusCode(400)
                    .body("errors.pointer", contains("/address"));
        }
        given().auth()
                .oauth2(Tokens.operator())
                .contentType(ContentType.JSON)
                .body(Map.of("channel", "sms", "address", number))
                .post(endpoints)
                .then()
                .statusCode(201);
        try (var gateway = new WebReceiver(port, request -> Reply.json("{\"result\":{\"code\":\"BUSY\"}}"))) {
            Scheduler.send(Scheduler.confirmed(branch, 30));
            await().atMost(LONG).untilAsserted(() -> assertThat(answers(branch)).contains("sms-BUSY"));
            gateway.answers(request -> Reply.json("{\"result\":{\"code\":\"OK\"}}"));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(sql.list(
                                    "SELECT state FROM delivery WHERE branch_id = ?", row -> row.text("state"), branch))
                            .containsExactly("DELIVERED"));
            var request = gateway.requests().getLast();
            var body = new ObjectMapper().readTree(request.body());
            assertThat(request.header("authorization")).isEqualTo("Bearer gateway-key");
            assertThat(body.path("phones").path(0).asText()).isEqualTo(number);
            assertThat(body.path("params").path("content").asText()).startsWith("宣讲已确定");
            assertThat(body.path("outId").asText())
                    .isEqualTo(sql.one(
                                    "SELECT id FROM delivery WHERE branch_id = ?",
                                    row -> row.id("id").toString(),
                                    branch)
                            .orElseThrow());
        }
        assertThat(given().auth().oauth2(Tokens.auditor()).get(endpoints).<List<String>>path("items.address"))
                .containsExactly("***" + number.substring(number.length() - 4));
    }

    @Test
    void offer_endsWithTheLinkToItsAnswer() throws Exception {
        int port = ConfigProvider.getConfig().getValue("lectern.test.gateway", Integer.class);
        UUID branch = branchWithNumber();
        try (var gateway = new WebReceiver(port, request -> Reply.json("{\"result\":{\"code\":\"OK\"}}"))) {
            UUID request = UUID.randomUUID();
            Scheduler.send(Scheduler.request("requested", request, 1, branch));
            Scheduler.send(Scheduler.request("offered", request, 2, branch));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(gateway.requests()).isNotEmpty());

            var body = new ObjectMapper().readTree(gateway.requests().getLast().body());
            assertThat(body.path("params")
                            .path("content")
                            .asText()
                            .lines()
                            .toList()
                            .getLast())
                    .matches("http://\\S+/o/[A-Za-z0-9_-]{64}");
        }
    }

    @Test
    void numberOfAnotherCountry_isRefusedWithAWayOut() {
        UUID branch = branchWithNumber();
        for (String abroad : List.of("+14155550100", "+8525550100", "+4930123456")) {
            given().auth()
                    .oauth2(Tokens.organizer())
                    .contentType(ContentType.JSON)
                    .body(Map.of("channel", "sms", "address", abroad))
                    .post("/api/v1/branches/" + branch + "/endpoints")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("errors.pointer", contains("/address"))
                    .body("errors[0].detail", containsString("+86"))
                    .body("errors[0].detail", containsString("use e-mail"));
        }
    }

    @Test
    void numberOfAForbiddenCountry_getsNothing() {
        int port = ConfigProvider.getConfig().getValue("lectern.test.gateway", Integer.class);
        UUID branch = branchWithNumber();
        sql.update("UPDATE endpoint SET address = '+14155550100' WHERE branch_id = ?", branch);
        try (var gateway = new WebReceiver(port, request -> Reply.json("{\"result\":{\"code\":\"OK\"}}"))) {
            Scheduler.send(Scheduler.confirmed(branch, 30));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(answers(branch)).containsExactly("country-not-allowed"));
            assertThat(gateway.requests()).isEmpty();
        }
    }

    private static UUID branchWithNumber() {
        String number = "+861" + ThreadLocalRandom.current().nextLong(1_000_000_000L, 9_999_999_999L);
        UUID branch = Scheduler.branch("SMS-" + UUID.randomUUID(), null, "zh-CN");
        await().atMost(LONG)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.operator())
                        .contentType(ContentType.JSON)
                        .body(Map.of("channel", "sms", "address", number))
                        .post("/api/v1/branches/" + branch + "/endpoints")
                        .then()
                        .statusCode(201));
        return branch;
    }

    @ParameterizedTest
    @CsvSource({"BLACKLISTED, 200, DEAD", "TEMPLATE_MISSING, 403, DEAD", "NO_SUCH_NUMBER, 200, PARKED"})
    void codeThatMeansNever_endsTheAttempt(String code, int status, String state) {
        int port = ConfigProvider.getConfig().getValue("lectern.test.gateway", Integer.class);
        UUID branch = branchWithNumber();
        try (var gateway = new WebReceiver(
                port, request -> new Reply(status, Map.of(), "{\"result\":{\"code\":\"" + code + "\"}}"))) {
            var confirmed = Scheduler.confirmed(branch, 30);
            ((ObjectNode) confirmed.data().get("topic")).put("title", "题".repeat(500));
            Scheduler.send(confirmed);
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(sql.list(
                                    "SELECT state FROM delivery WHERE branch_id = ?", row -> row.text("state"), branch))
                            .containsExactly(state));
            assertThat(answers(branch)).containsExactly("sms-" + code);
            assertThat(gateway.requests().getLast().text())
                    .as("a long title leaves room for time and place")
                    .contains("时间：", "地点：青石村文化礼堂");
        }
    }

    private List<String> answers(UUID branch) {
        return sql.list("""
                SELECT coalesce(a.answer, '') AS answer FROM delivery_attempt a JOIN delivery d ON d.id = a.delivery_id
                WHERE d.branch_id = ? ORDER BY a.number""", row -> row.text("answer"), branch);
    }
}
