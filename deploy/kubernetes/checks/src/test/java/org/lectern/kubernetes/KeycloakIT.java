package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lectern.local.FreePort;
import org.lectern.local.TestStack;

/**
 * A real Keycloak with the realm of the manifests: people sign in to the console, and their tokens open what they may.
 */
@Tag("proof")
class KeycloakIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
    private static final String BOOKINGS = "/api/v1/bookings?limit=1";

    private static StartedKeycloak keycloak;
    private static StartedService scheduler;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        assumeTrue(
                StartedKeycloak.isUnpacked(), "The distribution of Keycloak is unpacked by -Dlectern.proof.keycloak");
        TestStack stack = TestStack.start();
        int port = FreePort.any();
        keycloak = StartedKeycloak.start("http://127.0.0.1:" + port, folder);
        Map<String, String> variables = StartedService.variables(Manifests.of("production"), "scheduler", stack);
        variables.keySet().removeIf(name -> name.startsWith("KAFKA_"));
        variables.putAll(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                stack.kafkaBootstrapServers(),
                "QUARKUS_OIDC_AUTH_SERVER_URL",
                keycloak.issuer(),
                "QUARKUS_FLYWAY_ACTIVE",
                "true",
                "LECTERN_SESSION_SECURE",
                "false",
                "LECTERN_SESSION_SECRET",
                "a secret of the test, with enough characters",
                "LECTERN_SESSION_CLIENT_SECRET",
                StartedKeycloak.CLIENT_SECRET));
        variables.merge("JAVA_TOOL_OPTIONS", keycloak.trust(), (options, trust) -> options + " " + trust);
        scheduler = StartedService.start("scheduler", port, variables);
        scheduler.untilReady();
    }

    @AfterAll
    static void stop() {
        if (scheduler != null) {
            scheduler.close();
        }
        if (keycloak != null) {
            keycloak.close();
        }
    }

    @Test
    void organizer_signsInAndReadsBookings() throws Exception {
        HttpClient browser = signedIn("lin.wei");
        JsonNode session = session(browser);

        assertThat(session.path("name").asText()).isEqualTo("lin.wei Test");
        assertThat(session.path("roles")).anyMatch(role -> role.asText().equals("organizer"));
        assertThat(api(browser, BOOKINGS).statusCode()).isEqualTo(200);
        assertThat(api(browser, "/api/v1/outbox").statusCode()).isEqualTo(403);
    }

    @Test
    void branchUser_isConfinedToTheBranchesOfTheAttribute() throws Exception {
        HttpClient browser = signedIn("he.mei");

        assertThat(session(browser).at("/scopes/branches/0").asText()).isEqualTo("YT-ML");
        assertThat(api(browser, BOOKINGS).statusCode()).isEqualTo(200);
        assertThat(api(browser, "/api/v1/lecturers").statusCode()).isEqualTo(403);
    }

    @Test
    void personWithoutARole_readsNothing() throws Exception {
        assertThat(api(signedIn("nobody"), BOOKINGS).statusCode()).isEqualTo(403);
    }

    @Test
    void signOut_endsTheLoginAtKeycloakToo() throws Exception {
        HttpClient browser = signedIn("lin.wei");
        HttpResponse<String> out = send(
                browser,
                ours("/session/logout")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build());
        assertThat(out.statusCode()).as(out.body()).isEqualTo(200);
        String end = JSON.readTree(out.body()).path("location").asText();
        assertThat(end).startsWith(keycloak.issuer());
        HttpResponse<String> ended =
                send(browser, HttpRequest.newBuilder(URI.create(end)).build());

        assertThat(ended.uri()).isEqualTo(URI.create(scheduler.url() + "/console"));
        assertThat(api(browser, BOOKINGS).statusCode()).isEqualTo(401);
        assertThat(login(browser).body()).containsPattern(FORM);
    }

    /** A browser that has gone through Keycloak's form. */
    private static HttpClient signedIn(String name) throws Exception {
        // from Keycloak over TLS back to the console without TLS
        HttpClient browser = keycloak.browser()
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        HttpResponse<String> page = login(browser);
        Matcher form = FORM.matcher(page.body());
        assertThat(form.find()).as("%s: %s", page.uri(), page.body()).isTrue();
        HttpResponse<String> console = send(
                browser,
                HttpRequest.newBuilder(URI.create(form.group(1).replace("&amp;", "&")))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("username=" + name + "&password="
                                + URLEncoder.encode(StartedKeycloak.PASSWORD, StandardCharsets.UTF_8)))
                        .build());
        assertThat(console.uri())
                .as("%s\n%s", console.body(), scheduler.output())
                .isEqualTo(URI.create(scheduler.url() + "/console"));
        return browser;
    }

    private static HttpResponse<String> login(HttpClient browser) throws Exception {
        return send(
                browser,
                HttpRequest.newBuilder(URI.create(scheduler.url() + "/session/login"))
                        .header("Accept", "text/html")
                        .build());
    }

    private static JsonNode session(HttpClient browser) throws Exception {
        HttpResponse<String> answer = api(browser, "/session");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<String> api(HttpClient browser, String path) throws Exception {
        return send(browser, ours(path).build());
    }

    /** A request as a page of the console sends it. */
    private static HttpRequest.Builder ours(String path) {
        return HttpRequest.newBuilder(URI.create(scheduler.url() + path))
                .header("X-Lectern-Client", "console")
                .header("X-Requested-With", "JavaScript");
    }

    private static HttpResponse<String> send(HttpClient browser, HttpRequest request) throws Exception {
        return browser.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
