package org.lectern.notification.channel.webpush;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.notification.support.WebReceiver;
import org.lectern.notification.support.WebReceiver.Reply;
import org.lectern.testing.Tokens;

/** Notices go to browsers by their push service: a fake one that keeps what it receives, and a browser that reads it. */
@ServiceTest
class WebPushTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    @Inject
    Sql sql;

    private final Browser browser = new Browser();
    private UUID branch;

    @BeforeEach
    void aBranch() throws Exception {
        branch = Scheduler.branch("PUSH-" + UUID.randomUUID(), null, "zh-CN");
        await().atMost(LONG)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.operator())
                        .get(endpoints())
                        .then()
                        .statusCode(200));
    }

    private String endpoints() {
        return "/api/v1/branches/" + branch + "/endpoints";
    }

    private Response add(String address, String keys) {
        return given().auth()
                .oauth2(Tokens.operator())
                .contentType(ContentType.JSON)
                .body(Map.of("channel", "webpush", "address", address, "secret", keys))
                .post(endpoints());
    }

    private List<String> states() {
        return sql.list("SELECT state FROM delivery WHERE branch_id = ?", row -> row.text("state"), branch);
    }

    @Test
    void notice_isReadByTheBrowserOnly() throws Exception {
        try (var service = new WebReceiver(request -> Reply.of(201))) {
            String shown = add(service.url("/push/a-secret-token"), browser.keys())
                    .then()
                    .statusCode(201)
                    .body("status", equalTo("active"))
                    .extract()
                    .path("address");
            assertThat(shown).startsWith("http://127.0.0.1").doesNotContain("a-secret-token");
            Scheduler.send(Scheduler.confirmed(branch, 30));
            await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));

            var request = service.requests().getLast();
            JsonNode message = new ObjectMapper().readTree(browser.reads(request.body()));
            assertThat(message.path("title").asText()).startsWith("宣讲已确定");
            assertThat(message.path("notice").asText())
                    .isEqualTo(sql.one(
                                    "SELECT notice_id FROM delivery WHERE branch_id = ?",
                                    row -> row.id("notice_id").toString(),
                                    branch)
                            .orElseThrow());
            assertThat(message.properties().stream().map(Map.Entry::getKey))
                    .containsExactlyInAnyOrder("title", "locale", "subject", "notice");
            assertThat(request.path()).isEqualTo("/push/a-secret-token");
            assertThat(request.header("content-encoding")).isEqualTo("aes128gcm");
            assertThat(Long.parseLong(request.header("ttl"))).isPositive().isLessThanOrEqualTo(28L * 24 * 3600);
            assertThat(request.header("urgency")).isIn("normal", "high");
            assertThat(request.header("topic")).matches("[A-Za-z0-9_-]{22}");
            authorized(request.header("authorization"), "http://127.0.0.1:" + service.port());
        }
    }

    private static void authorized(String header, String audience) throws Exception {
        assertThat(header).matches("vapid t=[^,]+, k=[A-Za-z0-9_-]{87}");
        String token = header.substring("vapid t=".length(), header.indexOf(','));
        String[] parts = token.split("\\.");
        var json = new ObjectMapper();
        assertThat(json.readTree(Subscription.decoded(parts[0])).path("alg").asText())
                .isEqualTo("ES256");
        JsonNode claims = json.readTree(Subscription.decoded(parts[1]));
        assertThat(claims.path("aud").asText()).isEqualTo(audience);
        assertThat(claims.path("exp").asLong() - System.currentTimeMillis() / 1000)
                .isPositive()
                .isLessThanOrEqualTo(24 * 3600);
        assertThat(claims.path("sub").asText()).startsWith("http");
        Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
        check.initVerify(Curve.point(Subscription.decoded(header.substring(header.indexOf("k=") + 2))));
        check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(check.verify(Subscription.decoded(parts[2]))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void endedSubscription_isNotCalledAgain(int status) throws Exception {
        try (var service = new WebReceiver(request -> Reply.of(status))) {
            add(service.url("/push/ended"), browser.keys()).then().statusCode(201);
            Scheduler.send(Scheduler.confirmed(branch, 30));

            await().atMost(LONG)
                    .untilAsserted(() -> given().auth()
                            .oauth2(Tokens.operator())
                            .get(endpoints())
                            .then()
                            .body(
                                    "items.status",
                                    contains("disabled"),
                                    "items.disabledReason",
                                    contains("http-" + status)));
            assertThat(service.requests()).hasSize(1);
        }
    }

    @Test
    void busyPushService_isLeftAloneUntilItSays() throws Exception {
        try (var service = new WebReceiver(request -> new Reply(429, Map.of("Retry-After", "3600"), ""))) {
            add(service.url("/push/busy"), browser.keys()).then().statusCode(201);
            Scheduler.send(Scheduler.confirmed(branch, 30));

            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(sql.list(
                                    "SELECT d.state FROM delivery d WHERE d.branch_id = ?"
                                            + " AND d.next_attempt_at > now() + interval '50 minutes'",
                                    row -> row.text("state"),
                                    branch))
                            .hasSize(1));
            assertThat(service.requests()).hasSize(1);
        }
    }

    @Test
    void tooLargeMessage_isNotSentAgain() throws Exception {
        try (var service = new WebReceiver(request -> Reply.of(413))) {
            add(service.url("/push/small"), browser.keys()).then().statusCode(201);
            Scheduler.send(Scheduler.confirmed(branch, 30));

            await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DEAD"));
            assertThat(service.requests()).hasSize(1);
        }
    }

    @Test
    void whatIsNoSubscription_isRefused() {
        add("https://push.example.org/token", browser.keys())
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/address"));
        add("http://127.0.0.1:9/token", "nothing").then().statusCode(400).body("errors.pointer", contains("/secret"));
    }

    @Test
    void key_isThereForBrowsers() {
        given().auth()
                .oauth2(Tokens.branch("PUSH-1"))
                .get("/api/v1/web-push")
                .then()
                .statusCode(200)
                .body("applicationServerKey", notNullValue());
    }
}
