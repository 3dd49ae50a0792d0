package org.lectern.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.http.Method;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** Permissions per role, and the answers to callers without them. */
@ServiceTest
class AccessTest {

    private static final UUID COUNTY = UUID.randomUUID();
    private static final UUID VILLAGE = UUID.randomUUID();
    private static final UUID ELSEWHERE = UUID.randomUUID();
    private static final String ID = UUID.randomUUID().toString();

    private static final Pattern OPERATORS_ONLY =
            Pattern.compile("/(deliveries|quarantine|held|unreached|v1/escalations|v1/calendar-answers)");

    private record Call(Method method, String path) {}

    private static List<Call> everything(Object branch) {
        String base = "/api/v1/branches/" + branch;
        return List.of(
                new Call(Method.GET, base + "/endpoints"),
                new Call(Method.POST, base + "/endpoints"),
                new Call(Method.GET, base + "/endpoints/" + ID),
                new Call(Method.PUT, base + "/endpoints/" + ID),
                new Call(Method.DELETE, base + "/endpoints/" + ID),
                new Call(Method.POST, base + "/endpoints/" + ID + "/test"),
                new Call(Method.POST, base + "/endpoints/" + ID + "/verify"),
                new Call(Method.POST, base + "/endpoints/" + ID + "/rotate-secret"),
                new Call(Method.GET, base + "/preferences"),
                new Call(Method.PUT, base + "/preferences"),
                new Call(Method.GET, base + "/calendar-feeds"),
                new Call(Method.POST, base + "/calendar-feeds"),
                new Call(Method.DELETE, base + "/calendar-feeds/" + ID),
                new Call(Method.GET, "/api/v1/lecturers/" + ID + "/calendar-feeds"),
                new Call(Method.POST, "/api/v1/lecturers/" + ID + "/calendar-feeds"),
                new Call(Method.DELETE, "/api/v1/lecturers/" + ID + "/calendar-feeds/" + ID),
                new Call(Method.GET, base + "/notices"),
                new Call(Method.GET, base + "/notices/stream"),
                new Call(Method.POST, "/api/v1/notices/" + ID + "/read"),
                new Call(Method.GET, "/api/v1/bookings/" + ID + "/unreached"),
                new Call(Method.GET, "/api/v1/escalations"),
                new Call(Method.GET, "/api/v1/calendar-answers"),
                new Call(Method.GET, base + "/calendar-answers"),
                new Call(Method.GET, "/api/v1/notices/" + ID + "/escalations"),
                new Call(Method.GET, "/api/v1/deliveries"),
                new Call(Method.GET, "/api/v1/deliveries/counts?bookingId=" + ID),
                new Call(Method.GET, "/api/v1/deliveries/" + ID),
                new Call(Method.POST, "/api/v1/deliveries/" + ID + "/resend"),
                new Call(Method.GET, "/api/v1/quarantine"),
                new Call(Method.GET, "/api/v1/quarantine/" + ID),
                new Call(Method.POST, "/api/v1/quarantine/" + ID + "/replay"),
                new Call(Method.POST, "/api/v1/quarantine/" + ID + "/discard"),
                new Call(Method.GET, "/api/v1/held-events"));
    }

    @BeforeEach
    void branchesAreKnown() {
        Scheduler.branch(COUNTY, "C-" + COUNTY, null, "en", 1);
        Scheduler.branch(VILLAGE, "V-" + VILLAGE, COUNTY, "en", 1);
        Scheduler.branch(ELSEWHERE, "E-" + ELSEWHERE, null, "en", 1);
        for (UUID branch : List.of(COUNTY, VILLAGE, ELSEWHERE)) {
            await().untilAsserted(
                            () -> assertThat(status(Tokens.operator(), branch)).isEqualTo(200));
        }
    }

    @Test
    void responses_areNotCachedOrSniffed() {
        given().auth()
                .oauth2(Tokens.operator())
                .get("/api/v1/deliveries")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff");
    }

    @Test
    void missingToken_isUnauthenticated() {
        for (Call call : everything(VILLAGE)) {
            call(given(), call).then().statusCode(401).contentType("application/problem+json");
        }
    }

    @Test
    void tokenOfAnotherAudience_isUnauthenticated() {
        String other = Tokens.of("operator", Map.of("audience", "another-service"));
        for (Call call : everything(VILLAGE)) {
            call(given().auth().oauth2(other), call).then().statusCode(401).body("code", equalTo("unauthenticated"));
        }
    }

    @Test
    void idToken_isUnauthenticated() {
        String id = Tokens.of("operator", Map.of("typ", "JWT"));
        for (Call call : everything(VILLAGE)) {
            call(given().auth().oauth2(id), call).then().statusCode(401).body("code", equalTo("unauthenticated"));
        }
    }

    @Test
    void unknownRole_isForbidden() {
        String nobody = Tokens.of("nobody", Map.of());
        for (Call call : everything(VILLAGE)) {
            call(given().auth().oauth2(nobody), call).then().statusCode(403).body("code", equalTo("forbidden"));
        }
    }

    @Test
    void operationOfAnotherRole_isForbidden() {
        String base = "/api/v1/branches/" + VILLAGE;
        String auditor = Tokens.auditor();
        for (Call call : List.of(
                new Call(Method.POST, base + "/endpoints"),
                new Call(Method.PUT, base + "/endpoints/" + ID),
                new Call(Method.DELETE, base + "/endpoints/" + ID),
                new Call(Method.PUT, base + "/preferences"),
                new Call(Method.POST, base + "/calendar-feeds"),
                new Call(Method.DELETE, base + "/calendar-feeds/" + ID),
                new Call(Method.POST, "/api/v1/lecturers/" + ID + "/calendar-feeds"),
                new Call(Method.POST, "/api/v1/quarantine/" + ID + "/replay"),
                new Call(Method.POST, "/api/v1/quarantine/" + ID + "/discard"),
                new Call(Method.POST, "/api/v1/deliveries/" + ID + "/resend"),
                new Call(Method.POST, "/api/v1/notices/" + ID + "/read"))) {
            call(given().auth().oauth2(auditor), call).then().statusCode(403);
        }
        for (String path : List.of("/api/v1/deliveries", "/api/v1/quarantine", "/api/v1/held-events")) {
            call(given().auth().oauth2(Tokens.branch("V-" + VILLAGE)), new Call(Method.GET, path))
                    .then()
                    .statusCode(403);
        }
        for (Call call : List.of(
                new Call(Method.GET, "/api/v1/quarantine"),
                new Call(Method.GET, "/api/v1/held-events"),
                new Call(Method.POST, "/api/v1/deliveries/" + ID + "/resend"))) {
            call(given().auth().oauth2(Tokens.organizer()), call).then().statusCode(403);
        }
    }

    @Test
    void branch_seesItsSubtreeOnly() {
        assertThat(status(Tokens.branch("C-" + COUNTY), COUNTY)).isEqualTo(200);
        assertThat(status(Tokens.branch("C-" + COUNTY), VILLAGE)).isEqualTo(200);
        assertThat(status(Tokens.branch("V-" + VILLAGE), COUNTY)).isEqualTo(404);
        assertThat(status(Tokens.branch("V-" + VILLAGE), ELSEWHERE)).isEqualTo(404);
        assertThat(status(Tokens.branch("V-" + VILLAGE), UUID.randomUUID())).isEqualTo(404);
        assertThat(status(Tokens.branch("E-" + ELSEWHERE, "V-" + VILLAGE), VILLAGE))
                .isEqualTo(200);
    }

    @Test
    void resourceOutOfScope_isNotFound() {
        String token = Tokens.branch("V-" + VILLAGE);
        for (UUID branch : List.of(ELSEWHERE, UUID.randomUUID())) {
            for (Call call : everything(branch)) {
                if (!OPERATORS_ONLY.matcher(call.path()).find()) {
                    call(given().auth().oauth2(token), call)
                            .then()
                            .statusCode(404)
                            .body("code", equalTo("not-found"));
                }
            }
        }
    }

    @Test
    void aNoticeOfAnotherBranchCannotBeMarkedRead() {
        Scheduler.send(Scheduler.confirmed(ELSEWHERE, 40));
        String inbox = "/api/v1/branches/" + ELSEWHERE + "/notices";
        await().untilAsserted(() -> assertThat(
                        given().auth().oauth2(Tokens.organizer()).get(inbox).<List<?>>path("items"))
                .isNotEmpty());
        String notice = given().auth().oauth2(Tokens.organizer()).get(inbox).path("items[0].id");
        String path = "/api/v1/notices/" + notice + "/read";
        given().auth().oauth2(Tokens.branch("V-" + VILLAGE)).post(path).then().statusCode(404);
        given().auth().oauth2(Tokens.branch("E-" + ELSEWHERE)).post(path).then().statusCode(200);
    }

    @Test
    void anAuditorSeesNoAddress() {
        String endpoints = "/api/v1/branches/" + COUNTY + "/endpoints";
        given().auth()
                .oauth2(Tokens.branch("C-" + COUNTY))
                .contentType(ContentType.JSON)
                .body("{\"channel\":\"email\",\"address\":\"" + UUID.randomUUID() + "@example.org\"}")
                .post(endpoints)
                .then()
                .statusCode(201);
        assertThat(given().auth().oauth2(Tokens.auditor()).get(endpoints).<List<String>>path("items.address"))
                .isNotEmpty()
                .allMatch(address -> address.matches(".\\*\\*\\*@example\\.org"));
    }

    @Test
    void semicolonsInPaths_bypassNoCheck() throws Exception {
        for (String trick : List.of(
                "/api/v1/deliveries;x=1",
                "/api/v1/deliveries%3Bx=1",
                "/api/v1;x/deliveries",
                "/api;/v1/deliveries",
                "//api/v1/deliveries",
                "/api/v1/./deliveries",
                "/api/v1/branches/" + VILLAGE + ";x/notices",
                "/api/v1/branches/" + VILLAGE + "%3B/notices",
                "/q/../api/v1/deliveries")) {
            assertThat(raw(trick, null)).as(trick).isIn(400, 401, 404);
            assertThat(raw(trick, Tokens.of("nobody", Map.of()))).as(trick).isIn(400, 403, 404);
        }
    }

    private static int status(String token, UUID branch) {
        return given().auth()
                .oauth2(token)
                .get("/api/v1/branches/" + branch + "/notices")
                .statusCode();
    }

    private static Response call(RequestSpecification as, Call call) {
        RequestSpecification request = as.header("If-Match", "\"1\"");
        if (call.method() == Method.POST && call.path().endsWith("/endpoints")) {
            request.contentType(ContentType.JSON).body("{\"channel\":\"email\",\"address\":\"a@example.org\"}");
        }
        if (call.method() == Method.POST && call.path().endsWith("/calendar-feeds")) {
            request.contentType(ContentType.JSON).body("{}");
        }
        if (call.path().endsWith("/rotate-secret")) {
            request.contentType(ContentType.JSON).body("{}");
        }
        if (call.path().endsWith("/resend")) {
            request.contentType(ContentType.JSON).body("{\"reason\":\"test\"}");
        }
        if (call.path().contains("/quarantine/") && call.method() == Method.POST) {
            request.contentType(ContentType.JSON).body("{\"reason\":\"a test\"}");
        }
        if (call.path().endsWith("/preferences") && call.method() == Method.PUT) {
            return request.contentType(ContentType.JSON)
                    .body("{\"reminders\":true}")
                    .put(call.path());
        }
        if (call.method() == Method.PUT) {
            request.contentType(ContentType.JSON).body("{\"address\":\"a@example.org\",\"enabled\":true}");
        }
        if (call.path().endsWith("/stream")) {
            request.header("Accept", "text/event-stream, application/problem+json");
        }
        return request.request(call.method(), call.path());
    }

    /** Sends the path unchanged; some client libraries would normalise it. */
    private static int raw(String path, @Nullable String token) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
