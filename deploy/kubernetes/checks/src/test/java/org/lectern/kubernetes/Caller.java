package org.lectern.kubernetes;

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
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** A caller of the public APIs with the token of one role. */
final class Caller {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String token;

    /** @param role a client of the development identity provider */
    Caller(String issuer, String role) {
        Answer answer = send(HttpRequest.newBuilder(URI.create(issuer + "/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&client_secret=none&client_id="
                        + URLEncoder.encode(role, StandardCharsets.UTF_8))));
        token = answer.body().path("access_token").asText();
    }

    /** The answer of a service. */
    record Answer(String request, int status, String etag, String location, JsonNode body) {

        /** Returns this answer if its status is the expected one, otherwise fails. */
        Answer expect(int expected) {
            assertThat(status).as("%s: %s", request, body).isEqualTo(expected);
            return this;
        }

        String text(String member) {
            return body.path(member).asText();
        }

        String id() {
            return text("id");
        }
    }

    /** The ids for booking a lecture that needs no venue. */
    static Map<String, String> broadcast(String lecturerId, String topicId, String branchId, Instant start) {
        return Map.of(
                "lecturerId",
                lecturerId,
                "topicId",
                topicId,
                "branchId",
                branchId,
                "format",
                "broadcast",
                "joinLink",
                "https://live.example.org/",
                "start",
                start.toString());
    }

    Answer get(String url) {
        return send(request(url).GET());
    }

    Answer post(String url, Map<String, ?> body) {
        return send(sending("POST", url, body));
    }

    /** As a gateway passes on a request that reached it by https under that host name. */
    Answer postThroughGateway(String host, String url, Map<String, ?> body) {
        return send(sending("POST", url, body)
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", host)
                .header("X-Forwarded-For", "203.0.113.7"));
    }

    /** Changes the resource of an earlier answer. */
    Answer change(String method, String url, Answer before, Map<String, ?> body) {
        return send(sending(method, url, body).header("If-Match", before.etag()));
    }

    private HttpRequest.Builder sending(String method, String url, Map<String, ?> body) {
        return request(url)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .method(
                        method,
                        HttpRequest.BodyPublishers.ofString(
                                JSON.valueToTree(body).toString()));
    }

    private HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token);
    }

    private static Answer send(HttpRequest.Builder builder) {
        HttpRequest request = builder.timeout(Duration.ofSeconds(30)).build();
        try {
            var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    request.method() + " " + request.uri(),
                    answer.statusCode(),
                    answer.headers().firstValue("ETag").orElse(""),
                    answer.headers().firstValue("Location").orElse(""),
                    JSON.readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(request + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
