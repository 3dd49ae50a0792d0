package org.lectern.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What a browser does at a login: follows redirects and keeps cookies. */
public final class SessionBrowser {

    /** The page of the identity provider would send these. */
    private static final String ORGANIZER = "{\"name\":\"林薇\",\"roles\":[\"organizer\"]}";

    private final Map<String, String> cookies = new HashMap<>();

    /** A browser in which a person has logged in. */
    public static SessionBrowser loggedIn(String username, String claims) {
        SessionBrowser browser = new SessionBrowser();
        browser.login(username, claims);
        return browser;
    }

    public static SessionBrowser organizer() {
        return loggedIn("lin.wei", ORGANIZER);
    }

    public Map<String, String> cookies() {
        return cookies;
    }

    public String token() {
        return cookies.getOrDefault("lectern", "");
    }

    /** A request as a page of ours sends it. */
    public RequestSpecification page() {
        return with(cookies)
                .header("X-Lectern-Client", "page")
                .header("X-Requested-With", "JavaScript")
                .header("Sec-Fetch-Site", "same-origin");
    }

    /** A request with these cookies that follows no redirect. */
    public static RequestSpecification with(Map<String, String> cookies) {
        return given().redirects().follow(false).urlEncodingEnabled(false).cookies(cookies);
    }

    public Response keep(Response response) {
        response.detailedCookies().forEach(cookie -> {
            if (cookie.getMaxAge() == 0) {
                cookies.remove(cookie.getName());
            } else {
                cookies.put(cookie.getName(), cookie.getValue());
            }
        });
        return response;
    }

    private void login(String username, String claims) {
        Response toProvider = keep(with(cookies).get("/session/login"));
        assertThat(toProvider.statusCode()).isEqualTo(302);
        Response toUs = given().redirects()
                .follow(false)
                .urlEncodingEnabled(false)
                .contentType("application/x-www-form-urlencoded")
                .body("username=" + username + "&claims=" + URLEncoder.encode(claims, StandardCharsets.UTF_8))
                .post(toProvider.header("Location"));
        assertThat(toUs.statusCode()).isEqualTo(302);
        Response again = keep(with(cookies).get(toUs.header("Location")));
        assertThat(again.statusCode()).as(again.asString()).isEqualTo(302);
        Response home = keep(with(cookies).get(again.header("Location")));
        assertThat(home.statusCode()).as(home.asString()).isEqualTo(303);
        assertThat(home.header("Location")).matches(".*/(console|portal)");
    }

    /** The status of a request with exactly this path; other clients would normalise it. */
    public static int status(String path, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path));
        headers.forEach(request::header);
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The headers of {@link #page} with all cookies. */
    public Map<String, String> headers() {
        return Map.of(
                "Cookie",
                cookies.entrySet().stream()
                        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                        .collect(Collectors.joining("; ")),
                "X-Lectern-Client",
                "page",
                "Sec-Fetch-Site",
                "same-origin");
    }
}
