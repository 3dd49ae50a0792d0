package org.lectern.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.local.RawHttp;

/** A malformed HTTP request gets a 4xx, and never becomes a label, a log entry or a second request. */
public abstract class AbstractRequestGuardTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

    /** Bodies must arrive within ten seconds, and a caller may send three requests at once. */
    public static final class ShortDeadline implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("lectern.http.body-timeout", "10s", "lectern.rate-limit.max-concurrent", "3");
        }
    }

    private final String path;
    private final String known;

    /**
     * @param path of an operation with a body that an organizer may call
     * @param known the path of a list that an operator may read
     */
    protected AbstractRequestGuardTest(String path, String known) {
        this.path = path;
        this.known = known;
    }

    @TestHTTPResource(value = "/", management = true)
    protected URI management;

    @ParameterizedTest
    @ValueSource(strings = {"x", "/", ";", "a/", "application/json, text/csv", "application/json;charset"})
    void malformedContentType_isRefused(String type) throws IOException {
        String answer = say("POST", "Content-Type: " + type + "\r\nContent-Length: 2\r\n", "{}");

        assertThat(answer).startsWith("HTTP/1.1 415 ").contains("unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "/", ";", "a/b;q=x", "a/b;q=7"})
    void malformedAccept_isRefused(String accept) throws IOException {
        assertThat(say("GET", "Accept: " + accept + "\r\n", ""))
                .startsWith("HTTP/1.1 406 ")
                .contains("not-acceptable");
    }

    @Test
    void inventedMethods_areRefusedAndBecomeNoLabels() throws IOException {
        for (int i = 0; i < 300; i++) {
            assertThat(say("INVENTED" + i, "", ""))
                    .startsWith("HTTP/1.1 405 ")
                    .contains("Allow: ", "method-not-allowed");
        }

        given().get(management.resolve("/q/metrics"))
                .then()
                .statusCode(200)
                .body(containsString("method=\"OTHER\""), not(containsString("INVENTED")));
    }

    @Test
    void inventedPaths_becomeNoLabels() throws IOException {
        for (int i = 0; i < 300; i++) {
            for (String invented :
                    List.of("/secret-" + i, "/api/v1/secret-" + i + "%zz", "//secret/" + i, "/%00secret" + i)) {
                try (var connection = new RawHttp(RestAssured.port)) {
                    connection.send("GET " + invented + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                    assertThat(connection.read(LONG)).startsWith("HTTP/1.1 4");
                }
            }
        }
        given().auth().oauth2(Tokens.operator()).get(known).then().statusCode(200);

        given().get(management.resolve("/q/metrics"))
                .then()
                .body(
                        containsString("uri=\"" + known + "\""),
                        containsString("uri=\"NOT_FOUND\""),
                        not(containsString("secret")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/%zz",
                "/api/v1/x?%zz=1",
                "/api/v1/x?a=%",
                "/api/v1/x?a=%4",
                "/%",
                "/q/%zz",
                "/api/v1/bookings/%c3%zz",
                "/api/v1/a|b",
                "/api/v1/x?[]=a\"b"
            })
    void malformedAddress_isRefusedWithProblem(String malformed) throws IOException {
        try (var connection = new RawHttp(RestAssured.port)) {
            connection.send("GET " + malformed + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(connection.read(LONG))
                    .startsWith("HTTP/1.1 400 ")
                    .containsIgnoringCase("Content-Type: application/problem+json")
                    .containsIgnoringCase("X-Content-Type-Options: nosniff")
                    .contains("\"code\":\"malformed-address\"");
        }
    }

    @Test
    void bracketsInAQuery_areNotMalformed() throws IOException {
        try (var connection = new RawHttp(RestAssured.port)) {
            connection.send("GET /api/v1/x?[]=a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(connection.read(LONG)).startsWith("HTTP/1.1 4").doesNotContain("malformed-address");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FUZZED", "get", "PROPFIND", "TRACE", "POST"})
    void descriptionOfTheApi_isOnlyRead(String method) throws IOException {
        try (var connection = new RawHttp(RestAssured.port)) {
            connection.send(method + " /q/openapi HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(connection.read(LONG)).startsWith("HTTP/1.1 405 ").contains("method-not-allowed");
        }
    }

    @Test
    void bodyThatDoesNotArrive_isEnded() throws IOException {
        try (var connection = new RawHttp(RestAssured.port)) {
            connection.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + Tokens.organizer()
                    + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"code\":");

            assertThat(connection.read(LONG)).startsWith("HTTP/1.1 408 ").contains("body-too-slow");
        }
    }

    @Test
    void bodyThatTrickles_isEndedAsAWhole() throws Exception {
        try (var connection = new RawHttp(RestAssured.port)) {
            connection.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + Tokens.organizer()
                    + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
            boolean closed = false;
            for (int i = 0; i < 600 && !closed; i++) {
                try {
                    connection.send("1\r\n \r\n");
                } catch (IOException e) {
                    closed = true;
                }
                Thread.sleep(100);
            }

            assertThat(closed).isTrue();
        }
    }

    @Test
    void callerWithManyRequestsUnderWay_waits() throws IOException {
        String token = Tokens.of("organizer", Map.of("subject", "patient"));
        List<RawHttp> open = new ArrayList<>();
        try {
            await().atMost(LONG).untilAsserted(() -> {
                for (int i = 0; i < 3; i++) {
                    open.add(new RawHttp(RestAssured.port)
                            .send("POST " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token
                                    + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"));
                }
                given().auth()
                        .oauth2(token)
                        .get(path)
                        .then()
                        .statusCode(429)
                        .header("Retry-After", equalTo("1"))
                        .body("code", equalTo("too-many-requests"));
            });
            given().auth().oauth2(Tokens.organizer()).get(path).then().statusCode(not(429));
        } finally {
            for (RawHttp each : open) {
                each.close();
            }
        }
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(given().auth().oauth2(token).get(path).statusCode())
                                .isNotEqualTo(429));
    }

    static Stream<Arguments> ambiguousRequests() {
        String second = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
        return Stream.of(
                Arguments.of(
                        "both lengths", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + second),
                Arguments.of("two lengths", "Content-Length: 2\r\nContent-Length: 5\r\n", "{}" + second),
                Arguments.of("chunked and then not", "Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n" + second),
                Arguments.of("unknown encoding", "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n" + second),
                Arguments.of("chunk size beyond 32 bits", "Transfer-Encoding: chunked\r\n", "100000000\r\n" + second),
                Arguments.of(
                        "chunk size beyond 64 bits",
                        "Transfer-Encoding: chunked\r\n",
                        "10000000000000000\r\n" + second),
                Arguments.of("negative chunk size", "Transfer-Encoding: chunked\r\n", "-1\r\n" + second),
                Arguments.of("no chunk size", "Transfer-Encoding: chunked\r\n", "\r\n" + second),
                Arguments.of("signed length", "Content-Length: +2\r\n", "{}" + second),
                Arguments.of("two hosts", "Host: b\r\nContent-Length: 0\r\n", ""),
                Arguments.of("space before the colon", "Content-Length : 0\r\n", ""),
                Arguments.of("folded header", "X-Folded: a\r\n b\r\nContent-Length : 0\r\n", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ambiguousRequests")
    void ambiguousRequest_endsTheConnection(String what, String headers, String rest) throws IOException {
        try (var connection = new RawHttp(RestAssured.port)) {
            connection.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + Tokens.organizer()
                    + "\r\nContent-Type: application/json\r\n" + headers + "\r\n" + rest);
            String answers = connection.read(Duration.ofSeconds(5));

            List<String> statuses = STATUS.matcher(answers)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(statuses).as(what).hasSizeLessThanOrEqualTo(1).allMatch(status -> status.startsWith("4"));
            assertThat(connection.isClosedWithin(LONG))
                    .as(what + ": " + answers)
                    .isTrue();
        }
    }

    @Test
    void http2InClearText_isNotSpoken() throws IOException {
        try (var connection = new RawHttp(RestAssured.port)) {
            connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");
            assertThat(connection.read(Duration.ofSeconds(5))).doesNotContain("\0\0\0\4\1");
        }
        String upgraded = say(
                "GET",
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n",
                "");
        assertThat(upgraded).doesNotContain("101 Switching").startsWith("HTTP/1.1 ");
    }

    private String say(String method, String headers, String body) throws IOException {
        try (var connection = new RawHttp(RestAssured.port)) {
            connection.send(method + " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer "
                    + Tokens.organizer() + "\r\n" + headers + "\r\n" + body);
            return connection.read(LONG);
        }
    }
}
