package org.lectern.notification.channel.webhook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.outbound.FickleNames;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.notification.support.WebReceiver;
import org.lectern.notification.support.WebReceiver.Reply;
import org.lectern.notification.support.WebReceiver.Request;
import org.lectern.testing.Tokens;

/** A branch's own system gets signed requests, whatever it answers; no other address is called. */
@ServiceTest
class WebhookTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Function<Request, Reply> WELL_BEHAVED = request -> {
        String challenge = read(request).path("data").path("challenge").asText("");
        return challenge.isEmpty() ? Reply.of(204) : Reply.json("{\"challenge\":\"" + challenge + "\"}");
    };

    @Inject
    Sql sql;

    @Inject
    FickleNames names;

    private UUID branch;

    private record Hook(String path, String secret) {}

    @BeforeEach
    void aBranch() {
        branch = Scheduler.branch("WHK-" + UUID.randomUUID(), null, "zh-CN");
        await().atMost(LONG)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.operator())
                        .get(endpoints())
                        .then()
                        .statusCode(200));
    }

    @Test
    void verifiedWebhook_getsWaitingMessages() {
        try (var receiver = new WebReceiver(WELL_BEHAVED)) {
            Hook hook = add(receiver.url("/hook"));
            call(hook.path()).body("status", equalTo("pending")).body("secret", nullValue());
            var confirmed = Scheduler.confirmed(branch, 30);
            Scheduler.send(confirmed);
            await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("PARKED"));
            assertThat(receiver.requests()).isEmpty();
            post(hook.path() + "/test", "").statusCode(409).body("code", equalTo("endpoint-not-in-use"));

            post(hook.path() + "/verify", "").statusCode(200).body("succeeded", equalTo(true));

            await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));
            assertThat(receiver.requests())
                    .hasSize(2)
                    .allSatisfy(request ->
                            assertThat(verifies(request, hook.secret())).isTrue());
            Request told = receiver.requests().get(1);
            JsonNode message = read(told);
            assertThat(told.header("webhook-id")).isEqualTo(delivery());
            assertThat(told.header("content-type")).isEqualTo("application/json");
            assertThat(message.path("type").asText()).isEqualTo("notice.confirmed");
            assertThat(message.path("data").path("bookingId").asText())
                    .isEqualTo(confirmed.subject().toString());
            assertThat(message.path("data").path("version").asInt()).isEqualTo(1);
            assertThat(message.path("data").path("title").asText()).startsWith("宣讲已确定");
            assertThat(message.path("data").has("challenge")).isFalse();
            assertThat(message.path("data").path("acknowledgeUrl").asText()).matches("http://.*/a/[A-Za-z0-9_-]{64}");
            call(hook.path()).body("status", equalTo("active"));
            post(hook.path() + "/verify", "").statusCode(200).body("answer", equalTo("already-verified"));

            UUID request = UUID.randomUUID();
            Scheduler.send(Scheduler.request("requested", request, 1, branch));
            Scheduler.send(Scheduler.request("offered", request, 2, branch));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(receiver.requests()).hasSize(3));
            JsonNode offer = read(receiver.requests().get(2)).path("data");
            assertThat(offer.path("offerUrl").asText()).matches("http://.*/o/[A-Za-z0-9_-]{64}");
            assertThat(offer.has("acknowledgeUrl")).isFalse();
        }
    }

    @Test
    void unechoedChallenge_sendsNothing() {
        try (var receiver = new WebReceiver(request -> Reply.json("{\"challenge\":\"guess\"}"))) {
            Hook hook = add(receiver.url("/hook"));
            post(hook.path() + "/verify", "")
                    .statusCode(200)
                    .body("succeeded", equalTo(false))
                    .body("answer", equalTo("challenge-not-echoed"));
            receiver.answers(request -> Reply.of(200));
            post(hook.path() + "/verify", "").body("succeeded", equalTo(false));
            receiver.answers(request -> Reply.of(500));
            post(hook.path() + "/verify", "").body("succeeded", equalTo(false)).body("answer", equalTo("http-500"));
            call(hook.path()).body("status", equalTo("pending"));
            post(hook.path() + "/verify", "");
            post(hook.path() + "/verify", "");
            post(hook.path() + "/verify", "").statusCode(429).body("code", equalTo("too-many-tests"));
        }
    }

    @Test
    void movedWebhook_isVerifiedAgain() {
        try (var receiver = new WebReceiver(WELL_BEHAVED)) {
            Hook hook = verified(receiver.url("/hook"));
            put(hook.path(), "\"2\"", receiver.url("/hook"), true)
                    .statusCode(200)
                    .body("status", equalTo("active"));
            put(hook.path(), "\"2\"", receiver.url("/other"), true)
                    .statusCode(200)
                    .body("status", equalTo("pending"));
        }
    }

    @Test
    void theSecretIsShownOnceAndKeptEncrypted() {
        try (var receiver = new WebReceiver(WELL_BEHAVED)) {
            Hook hook = add(receiver.url("/hook"));
            assertThat(hook.secret()).startsWith("whsec_");
            assertThat(Base64.getDecoder().decode(hook.secret().substring(6))).hasSize(32);
            call(hook.path()).body("secret", nullValue());
            assertThat(sql.one("SELECT secret FROM endpoint WHERE branch_id = ?", row -> row.text("secret"), branch))
                    .hasValueSatisfying(
                            kept -> assertThat(kept).startsWith("v1.").doesNotContain(hook.secret()));
        }
    }

    @Test
    void duringARotationBothSecretsSign() {
        try (var receiver = new WebReceiver(WELL_BEHAVED)) {
            Hook hook = verified(receiver.url("/hook"));
            String newer = rotate(hook.path(), "\"2\"", "{\"overlapHours\":1}")
                    .statusCode(200)
                    .header("ETag", "\"3\"")
                    .body("secret", startsWith("whsec_"))
                    .extract()
                    .path("secret");
            assertThat(newer).isNotEqualTo(hook.secret());
            post(hook.path() + "/test", "").statusCode(200).body("succeeded", equalTo(true));
            Request both = receiver.requests().getLast();
            assertThat(both.header("webhook-signature").split(" ")).hasSize(2);
            assertThat(verifies(both, hook.secret())).isTrue();
            assertThat(verifies(both, newer)).isTrue();

            String newest = rotate(hook.path(), "\"3\"", "{\"overlapHours\":0}")
                    .extract()
                    .path("secret");
            post(hook.path() + "/test", "").statusCode(200);
            Request one = receiver.requests().getLast();
            assertThat(verifies(one, newest)).isTrue();
            assertThat(verifies(one, newer)).isFalse();
            rotate(hook.path(), "\"4\"", "{\"overlapHours\":169}")
                    .statusCode(400)
                    .body("errors.pointer", contains("/overlapHours"));
            rotate(hook.path(), "\"1\"", "{}").statusCode(412);
        }
    }

    @Test
    void everyFormerSecret_signsAsLongAsPromised() {
        try (var receiver = new WebReceiver(WELL_BEHAVED)) {
            Hook hook = verified(receiver.url("/hook"));
            List<String> secrets = new ArrayList<>(List.of(hook.secret()));
            for (int version = 2; version < 7; version++) {
                secrets.add(rotate(hook.path(), "\"" + version + "\"", "{\"overlapHours\":24}")
                        .statusCode(200)
                        .body("previousSecretUntil", notNullValue())
                        .extract()
                        .path("secret"));
            }
            post(hook.path() + "/test", "").statusCode(200).body("succeeded", equalTo(true));
            Request tested = receiver.requests().getLast();
            assertThat(secrets).allMatch(secret -> verifies(tested, secret));
            Scheduler.send(Scheduler.confirmed(branch, 30));
            await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));
            Request delivered = receiver.requests().getLast();
            assertThat(secrets).allMatch(secret -> verifies(delivered, secret));

            String newest = rotate(hook.path(), "\"7\"", "{\"overlapHours\":0}")
                    .statusCode(200)
                    .body("previousSecretUntil", nullValue())
                    .extract()
                    .path("secret");
            post(hook.path() + "/test", "").statusCode(200);
            Request last = receiver.requests().getLast();
            assertThat(verifies(last, newest)).isTrue();
            assertThat(secrets).noneMatch(secret -> verifies(last, secret));
        }
    }

    @Test
    void theIdAndTheBodyStayTheSameOverAllAttempts() {
        var seen = new AtomicInteger();
        try (var receiver = new WebReceiver(WELL_BEHAVED)) {
            Hook hook = verified(receiver.url("/hook"));
            receiver.answers(request -> seen.incrementAndGet() < 3 ? Reply.of(503) : Reply.of(200));
            Scheduler.send(Scheduler.confirmed(branch, 30));
            await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));
            List<Request> attempts =
                    receiver.requests().subList(1, receiver.requests().size());
            assertThat(attempts).hasSize(3);
            assertThat(attempts.stream()
                            .map(request -> request.header("webhook-id"))
                            .distinct())
                    .hasSize(1);
            assertThat(attempts.stream().map(Request::text).distinct()).hasSize(1);
            assertThat(attempts).allMatch(request -> verifies(request, hook.secret()));
            assertThat(answers()).containsExactly("http-503", "http-503", "http-200");
        }
    }

    @Test
    void response410_disablesTheEndpoint() {
        try (var receiver = new WebReceiver(WELL_BEHAVED)) {
            Hook hook = verified(receiver.url("/hook"));
            receiver.answers(request -> Reply.of(410));
            Scheduler.send(Scheduler.confirmed(branch, 30));
            await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("PARKED"));
            call(hook.path())
                    .body("status", equalTo("disabled"))
                    .body("disabledReason", equalTo("http-410"))
                    .body("version", equalTo(3));
            receiver.answers(WELL_BEHAVED);
            put(hook.path(), "\"3\"", receiver.url("/hook"), true)
                    .statusCode(200)
                    .body("status", equalTo("active"));
            await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));
        }
    }

    @Test
    void redirect_isAFailure() {
        try (var receiver = new WebReceiver(WELL_BEHAVED);
                var other = new WebReceiver(WELL_BEHAVED)) {
            verified(receiver.url("/hook"));
            receiver.answers(request -> new Reply(307, Map.of("Location", other.url("/stolen")), ""));
            Scheduler.send(Scheduler.confirmed(branch, 30));
            await().atMost(LONG).untilAsserted(() -> assertThat(answers()).contains("http-307"));
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void retryAfterIsHonoured() {
        try (var receiver = new WebReceiver(WELL_BEHAVED)) {
            Hook hook = verified(receiver.url("/hook"));
            receiver.answers(request -> new Reply(429, Map.of("Retry-After", "3600"), ""));
            Scheduler.send(Scheduler.confirmed(branch, 30));
            await().atMost(LONG).untilAsserted(() -> assertThat(answers()).containsExactly("http-429"));
            await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("READY"));
            assertThat(sql.one(
                            "SELECT next_attempt_at FROM delivery WHERE branch_id = ?",
                            row -> row.time("next_attempt_at"),
                            branch))
                    .hasValueSatisfying(
                            next -> assertThat(next).isAfter(Instant.now().plusSeconds(3000)));
            call(hook.path()).body("failing", nullValue());
        }
    }

    @Test
    void lateAnswer_repeatsUnderTheSameId() {
        var hold = new CountDownLatch(1);
        var first = new AtomicInteger();
        try (var receiver = new WebReceiver(WELL_BEHAVED)) {
            verified(receiver.url("/hook"));
            receiver.answers(request -> {
                if (first.incrementAndGet() == 1) {
                    try {
                        hold.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                return Reply.of(200);
            });
            Scheduler.send(Scheduler.confirmed(branch, 30));
            await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));
            hold.countDown();
            assertThat(answers()).containsExactly("timeout", "http-200");
            assertThat(receiver.requests().stream()
                            .skip(1)
                            .map(request -> request.header("webhook-id"))
                            .distinct())
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // sends nothing
                "HTTP/1.1 200 OK\r\nX-Slow: a", // never ends its header
                "garbage\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX-Large: LARGE\r\n\r\n"
            })
    void receiverWithoutHttp_timesOut(String manners) throws Exception {
        try (var receiver = new WebReceiver(WELL_BEHAVED)) {
            Hook hook = verified(receiver.url("/hook"));
            try (var odd = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
                Thread.ofVirtual().start(() -> converse(odd, manners.replace("LARGE", "x".repeat(100_000))));
                sql.update(
                        "UPDATE endpoint SET address = ? WHERE branch_id = ?",
                        "http://127.0.0.1:" + odd.getLocalPort() + "/",
                        branch);
                post(hook.path() + "/test", "").statusCode(200).body("succeeded", equalTo(false));
            }
        }
    }

    @Test
    void endlessResponseBody_isCutOff() throws Exception {
        try (var receiver = new WebReceiver(WELL_BEHAVED)) {
            Hook hook = verified(receiver.url("/hook"));
            var cut = new CountDownLatch(1);
            try (var endless = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
                Thread.ofVirtual().start(() -> {
                    try (Socket client = endless.accept()) {
                        client.getInputStream().read(new byte[16_384]);
                        client.getOutputStream()
                                .write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                        .getBytes(StandardCharsets.US_ASCII));
                        byte[] chunk = ("1000\r\n" + "x".repeat(4096) + "\r\n").getBytes(StandardCharsets.US_ASCII);
                        while (true) {
                            client.getOutputStream().write(chunk);
                        }
                    } catch (IOException e) {
                        cut.countDown();
                    }
                });
                sql.update(
                        "UPDATE endpoint SET address = ? WHERE branch_id = ?",
                        "http://127.0.0.1:" + endless.getLocalPort() + "/",
                        branch);
                post(hook.path() + "/test", "").body("succeeded", equalTo(true)).body("answer", equalTo("http-200"));
                assertThat(cut.await(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void nameOfAnInternalAddress_isNotCalled() {
        String name = "inside-" + UUID.randomUUID() + ".example.org";
        names.lead(name, question -> new String[] {"10.0.0.7"});
        Hook hook = add("http://" + name + ":8080/");
        post(hook.path() + "/verify", "")
                .body("succeeded", equalTo(false))
                .body("answer", equalTo("address-not-allowed"));
        names.lead(name, question -> new String[] {"93.184.216.34", "169.254.169.254"});
        post(hook.path() + "/verify", "").body("answer", equalTo("address-not-allowed"));
    }

    @Test
    void checkedAddress_isTheOneThatIsCalled() {
        try (var receiver = new WebReceiver(WELL_BEHAVED)) {
            String name = "rebinds-" + UUID.randomUUID() + ".example.org";
            names.lead(name, question -> new String[] {question == 1 ? "127.0.0.1" : "10.0.0.7"});
            Hook hook = add("http://" + name + ":" + receiver.port() + "/hook");
            post(hook.path() + "/verify", "").body("succeeded", equalTo(true));
            assertThat(names.questions(name)).as("asked once per call").isEqualTo(1);
            assertThat(receiver.requests().getLast().header("host")).isEqualTo(name + ":" + receiver.port());
            post(hook.path() + "/test", "").body("answer", equalTo("address-not-allowed"));
            assertThat(receiver.requests()).hasSize(1);
        }
    }

    @Test
    void forbiddenAddress_isRefusedWhenEntered() {
        for (String address : List.of(
                "http://10.0.0.1/",
                "http://2130706433/",
                "http://user@alerts.example.org/",
                "ftp://alerts.example.org/",
                "http://metadata.google.internal/")) {
            post(endpoints(), "{\"channel\":\"webhook\",\"address\":\"" + address + "\"}")
                    .statusCode(400)
                    .body("errors.pointer", contains("/address"));
        }
        post(endpoints(), "{\"channel\":\"webhook\",\"address\":\"https://alerts.example.org\",\"secret\":\"mine\"}")
                .statusCode(400)
                .body("errors.pointer", contains("/secret"));
    }

    @Test
    void anAuditorSeesTheHostOnly() {
        add("https://alerts.example.org/hooks/very-secret");
        given().auth()
                .oauth2(Tokens.auditor())
                .get(endpoints())
                .then()
                .body("items.address", contains("https://alerts.example.org/***"));
    }

    @Test
    void schemaOfTheBody_isInTheApiDescription() {
        given().accept("application/json")
                .get("/q/openapi")
                .then()
                .body(
                        "webhooks.notice.post.requestBody.content.'application/json'.schema.$ref",
                        startsWith("#/components/schemas/WebhookMessage"))
                .body("components.schemas.WebhookMessage.properties.type.description", startsWith("`notice.`"));
    }

    /** An independent implementation of the Standard Webhooks 1.0.0 specification. */
    private static boolean verifies(Request request, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")), "HmacSHA256"));
            mac.update(request.header("webhook-id").getBytes(StandardCharsets.UTF_8));
            mac.update((byte) '.');
            mac.update(request.header("webhook-timestamp").getBytes(StandardCharsets.UTF_8));
            mac.update((byte) '.');
            mac.update(request.body());
            String expected = Base64.getEncoder().encodeToString(mac.doFinal());
            long age = Math.abs(Instant.now().getEpochSecond() - Long.parseLong(request.header("webhook-timestamp")));
            return age < 300
                    && Arrays.asList(request.header("webhook-signature").split(" "))
                            .contains("v1," + expected);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void converse(ServerSocket server, String words) {
        try (Socket client = server.accept()) {
            client.getInputStream().read(new byte[16_384]);
            client.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().flush();
            while (client.getInputStream().read() >= 0) {
                // until the client closes the connection
            }
        } catch (IOException e) {
            // the client reset the connection
        }
    }

    private static JsonNode read(Request request) {
        try {
            return JSON.readTree(request.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String endpoints() {
        return "/api/v1/branches/" + branch + "/endpoints";
    }

    private Hook verified(String url) {
        Hook hook = add(url);
        post(hook.path() + "/verify", "").statusCode(200).body("succeeded", equalTo(true));
        return hook;
    }

    private Hook add(String url) {
        var added = post(endpoints(), "{\"channel\":\"webhook\",\"address\":\"" + url + "\"}")
                .statusCode(201)
                .extract();
        return new Hook(endpoints() + "/" + added.path("id"), added.path("secret"));
    }

    private static ValidatableResponse call(String path) {
        return given().auth().oauth2(Tokens.operator()).get(path).then().statusCode(200);
    }

    private static ValidatableResponse post(String path, String body) {
        var request = given().auth().oauth2(Tokens.operator());
        return (body.isEmpty() ? request : request.contentType(ContentType.JSON).body(body))
                .post(path)
                .then();
    }

    private static ValidatableResponse rotate(String path, String tag, String body) {
        return given().auth()
                .oauth2(Tokens.operator())
                .header("If-Match", tag)
                .contentType(ContentType.JSON)
                .body(body)
                .post(path + "/rotate-secret")
                .then();
    }

    private static ValidatableResponse put(String path, String tag, String address, boolean enabled) {
        return given().auth()
                .oauth2(Tokens.operator())
                .contentType(ContentType.JSON)
                .header("If-Match", tag)
                .body("{\"address\":\"" + address + "\",\"enabled\":" + enabled + "}")
                .put(path)
                .then();
    }

    private String delivery() {
        return sql.one(
                        "SELECT id FROM delivery WHERE branch_id = ?",
                        row -> row.id("id").toString(),
                        branch)
                .orElseThrow();
    }

    private List<String> states() {
        return sql.list(
                "SELECT state FROM delivery WHERE branch_id = ? ORDER BY sequence", row -> row.text("state"), branch);
    }

    private List<String> answers() {
        return sql.list("""
                SELECT coalesce(a.answer, '') AS answer FROM delivery_attempt a JOIN delivery d ON d.id = a.delivery_id
                WHERE d.branch_id = ? ORDER BY d.sequence, a.number""", row -> row.text("answer"), branch);
    }
}
