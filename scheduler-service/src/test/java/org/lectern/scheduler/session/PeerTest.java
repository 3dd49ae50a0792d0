package org.lectern.scheduler.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.testing.SessionBrowser;

/** The other service's API under our origin. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
@QuarkusTestResource(value = OtherService.class, restrictToAnnotatedClass = true)
class PeerTest {

    @TestHTTPResource("/peer/api/v1/stream")
    URI stream;

    @Test
    void tokenAndBodyPass_cookiesDoNot() {
        SessionBrowser browser = SessionBrowser.organizer();
        Response answer =
                browser.page().contentType("application/json").body("{\"a\":1}").post("/peer/api/v1/echo/x?y=%20z");
        assertThat(answer.statusCode()).isEqualTo(207);
        assertThat(answer.asString())
                .contains("POST /api/v1/echo/x?y=%20z")
                .contains("authorization=Bearer " + browser.token())
                .contains("cookie=null")
                .contains("body={\"a\":1}");
        assertThat(answer.header("ETag")).isEqualTo("\"7\"");
        assertThat(answer.headers().getValues("Set-Cookie")).isEmpty();
    }

    @Test
    void cookieWithoutTheHeader_bringsNoToken() {
        assertThat(SessionBrowser.with(SessionBrowser.organizer().cookies())
                        .get("/peer/api/v1/echo")
                        .asString())
                .contains("authorization=null")
                .contains("cookie=null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/peer",
                "/peer/",
                "/peer/q/metrics",
                "/peer/api/v2/echo",
                "/peer/api/v1/../../q/metrics",
                "/peer/api/v1/%2e%2e/%2e%2e/q/metrics",
                "/peer//api/v1/echo",
                "/peer/api/v1;x=1/echo",
                "/peer/http://evil.example.org/api/v1/"
            })
    void everythingOutsideItsApi_isNotFound(String path) {
        assertThat(SessionBrowser.status(path, Map.of())).isEqualTo(404);
    }

    @Test
    void stream_arrivesEventByEvent() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var answer = http.send(HttpRequest.newBuilder(stream).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                assertThat(lines.readLine()).isEqualTo("data: 1"); // the second is not sent yet
                given().get("/peer/api/v1/go-on").then().statusCode(204);
                assertThat(lines.readLine()).isEmpty();
                assertThat(lines.readLine()).isEqualTo("data: 2");
            }
        }
    }
}
