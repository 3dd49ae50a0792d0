package org.lectern.scheduler;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.chassis.text.CleanText;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.Registries;
import org.lectern.testing.Tokens;

/**
 * Hostile input over HTTP. The oracle: a refusal (4xx) that is a problem document and reveals no internals; never a
 * 5xx; nothing changed in the database.
 *
 * <p>Where the numbered adversarial inputs are tested (here unless another class is named):
 *
 * <ul>
 *   <li>1, 2, 4, 6, 7, 10 to 12, 14 to 16: {@code BookingInputTest.aBadFieldIsPointedAt}, and {@link #aBadFieldIsRefused}
 *   <li>3, 5, 13, 18: {@link #aBadFieldIsRefused}
 *   <li>8, 9: {@code BookingInputTest.inAZoneWithSummerTimeOnlyTimesThatExistAreAccepted}
 *   <li>17, 26: {@code BookingConflictTest}
 *   <li>19, 22, 88, 89: {@code BookingListTest}, {@code AuthenticationTest}; 25: {@code BookingPreconditionsTest}
 *   <li>20, 21: {@link #malformedId_isNotFound}, {@link #aBadFieldIsRefused}
 *   <li>23, 24: {@link #aBadHeaderIsRefused}, {@code BookingPreconditionsTest}
 *   <li>27 to 29, 31 to 33: {@link #aBodyThatIsNoSuchDocumentIsRefused}, {@link #aBadFieldIsRefused}
 *   <li>30: {@link #tooLargeRequest_isRefused}, {@link #aLieAboutTheLengthChangesNothing}
 *   <li>34, 41: {@link #anotherContentTypeIsRefused}; 35: {@link #whatCannotBeAcceptedIsRefused}
 *   <li>36: {@link #aMethodThatIsNotThereIsRefused}
 *   <li>37: {@code AuthenticationTest.noSpellingOfAPathGetsPastAuthorisation}, {@link #aPathThatIsNotThereIsNotFound}
 *   <li>38, 40: {@link #aBadParameterIsRefused}; 39: {@link #tooLargeRequest_isRefused}
 *   <li>42, 47 to 52: {@link #hostileTextIsKeptAsItIs}; 43: {@code CsvTest} and {@code BookingFilesTest} on the way out
 *   <li>83, 84, 87, 92: {@code AuthenticationTest}, {@link #aBadTokenIsRefused}; 85: {@link #aBrowserOfAnotherSiteGetsNowhere}
 *   <li>91: {@code AuditTest.eachRoleSeesItsPartAndNobodyWrites}; 93: {@link #whatIsNotHttpRevealsNothing}
 *   <li>44 to 46, 53 to 82, 90, 94 concern files, mail, events and the notification service: tested there
 *   <li>86 has no counterpart: there is no session and no redirect
 * </ul>
 */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class AdversarialInputTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Content that an answer to an unknown caller must never contain. */
    private static final List<String> INTERNAL = List.of(
            "Exception",
            "org.lectern",
            "java.",
            "jakarta.",
            "quarkus",
            "Quarkus",
            "vert.x",
            "Vert.x",
            "netty",
            "hibernate",
            "jackson",
            "SQL",
            "PSQL",
            "constraint",
            "at org",
            "relation \"",
            "Caused by");

    @Inject
    City city;

    private static URI at(String path) {
        return URI.create("http://localhost:" + RestAssured.port + path);
    }

    private static HttpRequest.Builder organizer(String path) {
        return HttpRequest.newBuilder(at(path)).header("Authorization", "Bearer " + Tokens.organizer());
    }

    private static HttpRequest.Builder booking(byte[] body) {
        return organizer("/api/v1/bookings")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofByteArray(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String lecture(City.Cast cast) {
        try {
            return JSON.writeValueAsString(Map.of(
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
                    LocalDate.now().plusDays(70) + "T09:00:00+08:00",
                    "end",
                    LocalDate.now().plusDays(70) + "T11:00:00+08:00",
                    "note",
                    "x"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Counts of everything that a request could change. */
    private long rows() {
        return city.count("""
                SELECT (SELECT count(*) FROM audit_entry WHERE actor <> 'system')
                     + (SELECT count(*) FROM booking) + (SELECT count(*) FROM lecturer) + (SELECT count(*) FROM topic)
                     + (SELECT count(*) FROM branch) + (SELECT count(*) FROM venue) + (SELECT count(*) FROM idempotency)
                     + (SELECT count(*) FROM lecture_request)""");
    }

    private HttpResponse<String> refused(HttpRequest request) throws IOException, InterruptedException {
        long before = rows();
        HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertProblem(answer.statusCode(), answer.body());
        assertThat(rows()).isEqualTo(before);
        return answer;
    }

    private static void assertProblem(int status, String body) throws JsonProcessingException {
        var problem = JSON.readTree(body);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("code").asText()).isNotBlank();
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(INTERNAL).noneMatch(body::contains);
    }

    private static Arguments of(int row, Object... rest) {
        return Arguments.of(
                Stream.concat(Stream.of((Object) row), Stream.of(rest)).toArray());
    }

    static Stream<Arguments> fields() {
        return Stream.of(
                of(3, "end", "\"2027-01-01T09:00:00.000000001+08:00\""),
                of(3, "end", "\"2027-01-01T09:00:00.001+08:00\""),
                of(5, "start", "null"),
                of(5, "start", "[]"),
                of(6, "start", "\"2027-01-01T09:00:00-18:01\""),
                of(6, "start", "\"2027-01-01T09:00:00+25:00\""),
                of(13, "start", "\"-0001-01-01T09:00:00+08:00\""),
                of(13, "start", "\"0000-01-01T09:00:00+08:00\""),
                of(13, "start", "\"294277-01-01T09:00:00+08:00\""),
                of(13, "end", "\"+999999999-12-31T23:59:59.999999999-18:00\""),
                of(15, "start", "1e308"),
                of(15, "start", "NaN"),
                of(15, "start", "-Infinity"),
                of(18, "start", "\"2027-01-01T09:00:00.000001+08:00\""),
                of(20, "branchId", "0"),
                of(20, "branchId", "9223372036854775808"),
                of(20, "branchId", "1.0"),
                of(20, "branchId", "null"),
                of(20, "branchId", "[\"x\"]"),
                of(20, "branchId", "{}"),
                of(20, "branchId", "true"),
                of(21, "branchId", "\"{0198c0de-7f3e-7a55-9d0e-1f1f6a2c9a55}\""),
                of(21, "branchId", "\"0198c0de-7f3e-7a55-9d0e-1f1f6a2c9a5\\u0000\""),
                of(21, "branchId", "\"00000000-0000-0000-0000-000000000000\""),
                of(21, "branchId", "\"ffffffff-ffff-ffff-ffff-ffffffffffff\""),
                of(21, "branchId", "\"1-1-1-1-1\""),
                of(22, "branchId", "\"${venue}\""),
                of(22, "venueId", "\"${branch}\""),
                of(28, "version", "7"),
                of(28, "createdBy", "\"me\""),
                of(28, "isAdmin", "true"),
                of(28, "id", "\"0198c0de-7f3e-7a55-9d0e-1f1f6a2c9a55\""),
                of(28, "__proto__", "{}"),
                of(31, "expectedHeadCount", "1".repeat(10_000)),
                of(31, "expectedHeadCount", "1e400"),
                of(31, "expectedHeadCount", "0x10"),
                of(31, "expectedHeadCount", "-1"),
                of(31, "expectedHeadCount", "+1"),
                of(31, "expectedHeadCount", "01"),
                of(31, "expectedHeadCount", ".5"),
                of(32, "note", "\"\\uD800\""),
                of(32, "note", "\"\\uDC00\\uD800\""),
                of(33, "note", "\"\\u0000\""),
                of(33, "joinLink", "\"https://a.example/\\u0000\""),
                of(33, "format", "\"lecture\\u0000\""),
                of(51, "note", "\"" + "𠮷".repeat(2001) + "\""));
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @MethodSource("fields")
    void aBadFieldIsRefused(int row, String field, String value) throws Exception {
        City.Cast cast = city.cast();
        String member = "\"" + field + "\":";
        String replaced = member
                + value.replace("${venue}", cast.venue().toString())
                        .replace("${branch}", cast.branch().toString());
        String lecture = lecture(cast);
        String body = lecture.contains(member)
                ? lecture.replaceFirst(member + "\"[^\"]*\"", java.util.regex.Matcher.quoteReplacement(replaced))
                : lecture.substring(0, lecture.length() - 1) + "," + replaced + "}";

        assertThat(refused(booking(bytes(body)).build()).statusCode()).isEqualTo(400);
    }

    static Stream<Arguments> bodies() {
        byte[] nothing = new byte[0];
        String good = "{\"format\":\"lecture\"}";
        return Stream.of(
                of(27, "a member twice", bytes("{\"format\":\"lecture\",\"format\":\"panel\"}")),
                of(27, "a member twice, once escaped", bytes("{\"format\":\"lecture\",\"form\\u0061t\":\"panel\"}")),
                of(29, "deep arrays", bytes("[".repeat(50_000))),
                of(29, "deep objects", bytes("{\"a\":".repeat(10_000))),
                of(31, "a number of a million digits", bytes("{\"expectedHeadCount\":" + "9".repeat(1_000_000) + "}")),
                of(32, "nothing", nothing),
                of(32, "two documents", bytes(good + good)),
                of(32, "garbage after it", bytes(good + "x")),
                of(32, "a comment", bytes("/**/" + good)),
                of(32, "a trailing comma", bytes("{\"format\":\"lecture\",}")),
                of(32, "single quotes", bytes("{'format':'lecture'}")),
                of(32, "UTF-16", good.getBytes(StandardCharsets.UTF_16)),
                of(32, "UTF-32", good.getBytes(java.nio.charset.Charset.forName("UTF-32"))),
                of(32, "broken UTF-8", new byte[] {
                    '{', '"', 'n', 'o', 't', 'e', '"', ':', '"', (byte) 0xC3, 0x28, '"', '}'
                }),
                of(32, "overlong UTF-8", new byte[] {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'}),
                of(32, "a byte order mark alone", bytes("\uFEFF")),
                of(33, "a NUL byte", new byte[] {'{', 0, '}'}),
                of(33, "a NUL in a name", bytes("{\"a\\u0000b\":1}")),
                of(41, "gzip", new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("bodies")
    void aBodyThatIsNoSuchDocumentIsRefused(int row, String what, byte[] body) throws Exception {
        assertThat(refused(booking(body).build()).statusCode()).isEqualTo(400);
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                of(23, "Idempotency-Key", ""),
                of(23, "Idempotency-Key", "short"),
                of(23, "Idempotency-Key", "k".repeat(129)),
                of(23, "Idempotency-Key", "sixteen chars of it"),
                of(23, "Idempotency-Key", "钥匙钥匙钥匙钥匙钥匙钥匙钥匙钥匙钥匙"),
                of(24, "If-Match", "*"),
                of(24, "If-Match", "W/\"1\""),
                of(24, "If-Match", "\"1\", \"2\""),
                of(24, "If-Match", "1"),
                of(24, "If-Match", "\"99999999999999999999\""),
                of(24, "If-Match", "\"-1\""),
                of(24, "If-Match", "\"\""));
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @MethodSource("headers")
    void aBadHeaderIsRefused(int row, String name, String value) throws Exception {
        String id = Registries.create("topics", Registries.body("topics"));
        long before = rows();
        boolean key = name.equals("Idempotency-Key");
        String target = key ? "/api/v1/bookings" : "/api/v1/topics/" + id;
        String answer = raw(
                "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n%s: %s\r\nContent-Length: 2\r\n\r\n{}"
                        .formatted(key ? "POST" : "PUT", target, Tokens.organizer(), name, value));

        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertProblem(400, body(answer));
        assertThat(rows()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "9223372036854775808",
                "1.0",
                "null",
                "%5B%5D",
                "%7B%7D",
                "%00",
                "..%2f",
                "a%0d%0ab",
                "%ff"
            })
    void malformedId_isNotFound(String id) throws Exception {
        for (String of : new String[] {"bookings", "lecturers", "requests"}) {
            String answer = raw("GET /api/v1/%s/%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
                    .formatted(of, id, Tokens.organizer()));
            assertThat(answer).matches("(?s)HTTP/1\\.1 40[04] .*");
            assertThat(INTERNAL).as(answer).noneMatch(answer::contains);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=-1",
                "limit=0",
                "limit=1e9",
                "limit=abc",
                "limit=99999999999999999999",
                "limit=5&limit=6",
                "page=99999999999",
                "sort=id;DROP%20TABLE%20booking",
                "sort=password",
                "filter%5Ba%5D%5Bb%5D=1",
                "lecturerID=0198c0de-7f3e-7a55-9d0e-1f1f6a2c9a55",
                "status=LOST",
                "status=confirmed",
                "from=%2B999999999-01-01T00:00:00Z",
                "from=294277-01-01T00:00:00Z",
                "to=-0001-01-01T00:00:00Z",
                "from=1%27%20OR%20%271%27=%271",
                "lecturerId=1%27--",
                "lecturerId=%00",
                "cursor=AAAA",
                "cursor=%F0%9F%98%80",
                "cursor=MDE5OGMwZGUtN2YzZS03YTU1LTlkMGUtMWYxZjZhMmM5YTU1ICs5OTk5OTk5OTktMDEtMDFUMDA6MDA6MDBa",
                "cursor=MDE5OGMwZGUtN2YzZS03YTU1LTlkMGUtMWYxZjZhMmM5YTU1IDI"
            })
    void aBadParameterIsRefused(String query) throws Exception {
        assertThat(refused(organizer("/api/v1/bookings?" + query).build()).statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/xml",
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/json; charset=utf-7",
                "application/json; charset=utf-16",
                "application/json; charset=no-such",
                "application/csp-report",
                "nonsense",
                ""
            })
    void anotherContentTypeIsRefused(String type) throws Exception {
        City.Cast cast = city.cast();
        var request = organizer("/api/v1/bookings")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(lecture(cast)));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }

        HttpResponse<String> answer = refused(request.build());

        assertThat(answer.statusCode()).isIn(400, 415);
        if (answer.statusCode() == 415 && type.contains("/")) {
            assertThat(answer.headers().firstValue("Accept")).contains("application/json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/*", "application/xml", "*/*;q=0", "application/json;q=0"})
    void whatCannotBeAcceptedIsRefused(String accept) throws Exception {
        assertThat(refused(organizer("/api/v1/bookings")
                                .header("Accept", accept)
                                .build())
                        .statusCode())
                .isEqualTo(406);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "TRACE", "PUT", "DELETE", "PROPFIND", "BREW"})
    void aMethodThatIsNotThereIsRefused(String method) throws Exception {
        String answer = raw(
                "%s /api/v1/bookings HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nX-HTTP-Method-Override: POST\r\nContent-Length: 0\r\n\r\n"
                        .formatted(method, Tokens.organizer()));

        assertThat(answer).startsWith("HTTP/1.1 405 ").containsIgnoringCase("\r\nallow: GET, HEAD, OPTIONS, POST\r\n");
        assertProblem(405, body(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/nothing",
                "/api/v2/bookings",
                "/api/v1/bookings.json",
                "/api/v1/Bookings",
                "/",
                "/admin",
                "/.env",
                "/api"
            })
    void aPathThatIsNotThereIsNotFound(String path) throws Exception {
        assertThat(refused(organizer(path).build()).statusCode()).isEqualTo(404);
    }

    @Test
    void tooLargeRequest_isRefused() throws Exception {
        String head = " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Tokens.organizer() + "\r\n";
        Map<String, String> tooLarge = Map.of(
                "414",
                        "GET /api/v1/bookings?"
                                + IntStream.range(0, 1000)
                                        .mapToObj(i -> "p" + i + "=1")
                                        .collect(Collectors.joining("&"))
                                + head + "\r\n",
                "431", "GET /api/v1/bookings" + head + "X: " + "x".repeat(20_000) + "\r\n\r\n",
                "431 ",
                        "GET /api/v1/bookings" + head
                                + IntStream.range(0, 1000)
                                        .mapToObj(i -> "X-" + i + ": some value\r\n")
                                        .collect(Collectors.joining())
                                + "\r\n",
                "413",
                        "POST /api/v1/bookings" + head
                                + "Content-Type: application/json\r\nContent-Length: 50000000\r\n\r\n");
        for (Map.Entry<String, String> each : tooLarge.entrySet()) {
            int status = Integer.parseInt(each.getKey().strip());
            String answer = raw(each.getValue());

            assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("application/problem+json");
            assertProblem(status, body(answer));
            assertThat(answer)
                    .contains(Map.of(413, "content-too-large", 414, "uri-too-long", 431, "header-too-large")
                            .get(status));
        }
        String beyond = raw("GET /api/v1/bookings" + head + "X: " + "x".repeat(100_000) + "\r\n\r\n");
        assertThat(beyond).startsWith("HTTP/1.1 431 ");
        assertThat(INTERNAL).as(beyond).noneMatch(beyond::contains);
    }

    @Test
    void aBodyWithoutAnAnnouncedLengthIsBoundedToo() throws Exception {
        long before = rows();
        var start = new StringBuilder("POST /api/v1/bookings HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + Tokens.organizer() + "\r\nContent-Type: application/json\r\nIdempotency-Key: " + UUID.randomUUID()
                + "\r\nTransfer-Encoding: chunked\r\n\r\n");
        String chunk = "10000\r\n" + "[".repeat(0x10000) + "\r\n";
        start.append(chunk.repeat(90));

        String answer = raw(start.toString());

        assertThat(answer)
                .satisfiesAnyOf(
                        text -> assertThat(text).isEmpty(),
                        text -> assertThat(text).startsWith("HTTP/1.1 4"));
        assertThat(INTERNAL).as(answer).noneMatch(answer::contains);
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void aLieAboutTheLengthChangesNothing() throws Exception {
        long before = rows();
        City.Cast cast = city.cast();
        long cast1 = rows() - before;
        String body = lecture(cast);
        String head = "POST /api/v1/bookings HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Tokens.organizer()
                + "\r\nContent-Type: application/json\r\nIdempotency-Key: " + UUID.randomUUID() + "\r\n";
        for (String length : new String[] {
            "Content-Length: 5\r\n\r\n",
            "Content-Length: 5\r\nContent-Length: 500\r\n\r\n",
            "Content-Length: -5\r\n\r\n",
            "Content-Length: five\r\n\r\n",
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
        }) {
            String answer = raw(head + length + body);
            assertThat(answer).doesNotStartWith("HTTP/1.1 5").doesNotStartWith("HTTP/1.1 2");
            assertThat(INTERNAL).as(answer).noneMatch(answer::contains);
        }
        assertThat(rows()).isEqualTo(before + cast1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "=HYPERLINK(\"http://x\")",
                "A\r\nBcc: evil@example.org",
                "line\u2028sep\u2029\u0085",
                "\n{\"level\":\"INFO\",\"msg\":\"ok\"}",
                "\u001b[2J ${jndi:ldap://x} %n%s \u202e",
                "{booking.customer} {#include x} ${7*7} {{7*7}} #{7*7}",
                "' OR 1=1-- ; SELECT pg_sleep(10); \\' % _",
                "<at user_id=\"all\"> @all [x](javascript:alert(1)) <font color=red>",
                "👩‍👩‍👧‍👦👩‍👩‍👧‍👦"
            })
    void hostileTextIsKeptAsItIs(String text) throws Exception {
        Map<String, Object> topic = Registries.body("topics");
        topic.put("title", "T " + text.strip());
        topic.put("description", text);
        HttpResponse<String> answer = CLIENT.send(
                organizer("/api/v1/topics")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(topic)))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isIn(201, 400);
        if (answer.statusCode() == 201) {
            String id = JSON.readTree(answer.body()).path("id").asText();
            HttpResponse<String> read =
                    CLIENT.send(organizer("/api/v1/topics/" + id).build(), BodyHandlers.ofString());
            assertThat(JSON.readTree(read.body()).path("description").asText()).isEqualTo(CleanText.of(text));
            assertThat(read.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        } else {
            assertProblem(400, answer.body());
        }
    }

    @Test
    void manyCombiningMarksAreCountedAndRefused() throws Exception {
        Map<String, Object> topic = Registries.body("topics");
        topic.put("title", "a" + "\u0301".repeat(10_000));

        assertThat(refused(organizer("/api/v1/topics")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(JSON.writeValueAsString(topic)))
                                .build())
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "_", "\\", "' OR 1=1--", "%' ESCAPE '", "\\' ; SELECT pg_sleep(10)"})
    void aSearchTextMeansItself(String text) {
        given().auth()
                .oauth2(Tokens.organizer())
                .queryParam("q", text + UUID.randomUUID())
                .get("/api/v1/topics")
                .then()
                .statusCode(200)
                .body("items", org.hamcrest.Matchers.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "bearer  x",
                "Basic b3JnYW5pemVyOng=",
                "Bearer a.b.c",
                "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.",
                "Bearer eyJhbGciOiJIUzI1NiIsImtpZCI6Ii4uLy4uL2V0Yy9wYXNzd2QiLCJqa3UiOiJodHRwOi8vMTI3LjAuMC4xLyJ9.eyJzdWIiOiJ4In0.AAAA",
                "Negotiate x"
            })
    void aBadTokenIsRefused(String authorization) throws Exception {
        HttpResponse<String> answer = refused(HttpRequest.newBuilder(at("/api/v1/bookings"))
                .header("Authorization", authorization)
                .build());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
    }

    @Test
    void aBrowserOfAnotherSiteGetsNowhere() throws Exception {
        HttpResponse<String> form = refused(HttpRequest.newBuilder(at("/api/v1/bookings"))
                .header("Origin", "https://evil.example")
                .header("Cookie", "q_session=x; Authorization=Bearer")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}"))
                .build());
        assertThat(form.statusCode()).isIn(401, 415);

        HttpResponse<String> foreign = CLIENT.send(
                organizer("/api/v1/bookings")
                        .header("Origin", "https://evil.example")
                        .build(),
                BodyHandlers.ofString());
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HELO there\r\n\r\n",
                "GET\r\n\r\n",
                "\u0000\u0001\u0002\r\n\r\n",
                "GET / HTTP/1.1\r\nHost localhost\r\n\r\n"
            })
    void whatIsNotHttpRevealsNothing(String request) throws Exception {
        String answer = raw(request);

        assertThat(answer).doesNotContain("HTTP/1.1 5");
        assertThat(INTERNAL).as(answer).noneMatch(answer::contains);
        assertThat(answer.toLowerCase(java.util.Locale.ROOT)).doesNotContain("server:");
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    /** Sends raw bytes and reads one answer; empty if the server closes the connection without one. */
    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(4_000);
            try {
                socket.getOutputStream().write(bytes(request));
                socket.getOutputStream().flush();
            } catch (SocketException hungUp) {
                // the answer received before counts
            }
            return read(socket.getInputStream());
        }
    }

    private static String read(InputStream in) throws IOException {
        var answer = new ByteArrayOutputStream();
        try {
            int next;
            while ((next = in.read()) >= 0) {
                answer.write(next);
                String sofar = answer.toString(StandardCharsets.UTF_8);
                int end = sofar.indexOf("\r\n\r\n");
                if (end >= 0 && next == '}'
                        || end >= 0 && sofar.toLowerCase(java.util.Locale.ROOT).contains("content-length: 0\r\n")) {
                    var length = java.util.regex.Pattern.compile("(?i)content-length: (\\d+)")
                            .matcher(sofar);
                    if (length.find()
                            && answer.size() - sofar.substring(0, end + 4).getBytes(StandardCharsets.UTF_8).length
                                    >= Integer.parseInt(length.group(1))) {
                        break;
                    }
                }
            }
        } catch (SocketException | java.net.SocketTimeoutException hungUp) {
            // the answer received before counts
        }
        return answer.toString(StandardCharsets.UTF_8);
    }
}
