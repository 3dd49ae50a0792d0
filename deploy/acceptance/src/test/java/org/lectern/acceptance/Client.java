package org.lectern.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/** A caller of the public APIs with the token of one role. */
public final class Client {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String token;

    /** {@code role} is a client of the development identity provider: {@code organizer}, {@code branch:CODE}, … */
    public Client(LocalStack stack, String role) {
        String form = "grant_type=client_credentials&client_secret=none&client_id="
                + URLEncoder.encode(role, StandardCharsets.UTF_8);
        var answer = send(request(stack.address("issuer") + "/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        token = json(answer).path("access_token").asText();
    }

    public JsonNode get(String url) {
        var answer = send(authorized(url).GET());
        assertThat(answer.statusCode()).as("GET %s: %s", url, answer.body()).isEqualTo(200);
        return json(answer);
    }

    /** Reads a resource that needs no token. */
    static String text(String url) {
        var answer = send(request(url).header("Accept", "text/plain").GET());
        assertThat(answer.statusCode()).as("GET %s", url).isEqualTo(200);
        return answer.body();
    }

    /** A booking as the service answered it, with the ETag that a change needs. */
    public record Booking(JsonNode view, String etag) {

        public String id() {
            return view.path("id").asText();
        }
    }

    public Booking book(String url, JsonNode body) {
        return booking(201, authorized(url).POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    /** The same call as part of an existing trace (W3C Trace Context). */
    Booking book(String url, JsonNode body, String traceparent) {
        return booking(
                201,
                authorized(url)
                        .header("traceparent", traceparent)
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    public Booking change(String url, Booking booking, JsonNode body) {
        return booking(
                200,
                authorized(url)
                        .header("If-Match", booking.etag())
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    public JsonNode create(String url, JsonNode body) {
        var answer = send(authorized(url)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
        assertThat(answer.statusCode()).as("POST %s: %s", url, answer.body()).isEqualTo(201);
        return json(answer);
    }

    public JsonNode post(String url) {
        var answer = send(authorized(url).POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).as("POST %s: %s", url, answer.body()).isEqualTo(200);
        return json(answer);
    }

    /** Replaces a resource in the state in which it is now. */
    public JsonNode replace(String url, JsonNode body) {
        String etag = send(authorized(url).GET()).headers().firstValue("ETag").orElseThrow();
        var answer = send(authorized(url)
                .header("Content-Type", "application/json")
                .header("If-Match", etag)
                .PUT(HttpRequest.BodyPublishers.ofString(body.toString())));
        assertThat(answer.statusCode()).as("PUT %s: %s", url, answer.body()).isEqualTo(200);
        return json(answer);
    }

    /** A resource with the ETag that a change needs. */
    public Booking read(String url) {
        var answer = send(authorized(url).GET());
        assertThat(answer.statusCode()).as("GET %s: %s", url, answer.body()).isEqualTo(200);
        return new Booking(json(answer), answer.headers().firstValue("ETag").orElseThrow());
    }

    /** Imports a file as a whole. */
    public JsonNode importCsv(String url, String csv) {
        var answer = send(authorized(url)
                .timeout(Duration.ofMinutes(2))
                .header("Content-Type", "text/csv; charset=utf-8")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(csv)));
        assertThat(answer.statusCode()).as("POST %s: %s", url, answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static Booking booking(int expected, HttpRequest.Builder request) {
        var answer = send(request.header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString()));
        assertThat(answer.statusCode())
                .as("POST %s: %s", answer.uri(), answer.body())
                .isEqualTo(expected);
        return new Booking(json(answer), answer.headers().firstValue("ETag").orElseThrow());
    }

    private HttpRequest.Builder authorized(String url) {
        return request(url).header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(answer.body(), e);
        }
    }
}
