package org.lectern.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The public API of one service, for one caller. */
final class Api {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final String base;
    private final String token;

    /** {@code token} may be empty if none is required. */
    Api(HttpClient http, String base, String token) {
        this.http = http;
        this.base = base;
        this.token = token;
    }

    /** The answer of the service. */
    record Answer(String request, int status, String etag, String body) {

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(request + " answered what is no JSON: " + body, e);
            }
        }

        /** Returns this answer if its status is {@code expected}; otherwise the load fails. */
        Answer expect(int expected) {
            if (status != expected) {
                throw new IllegalStateException(
                        request + " answered " + status + " instead of " + expected + ": " + body);
            }
            return this;
        }
    }

    Answer get(String path) {
        return send("GET", path, request(path).GET());
    }

    Answer post(String path, JsonNode body, String... headers) {
        return post(path, "application/json", body.toString(), headers);
    }

    /** A request without a body. */
    Answer post(String path) {
        return send("POST", path, request(path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    Answer put(String path, JsonNode body, String... headers) {
        var request = request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body.toString()))
                .headers(headers);
        return send("PUT", path, request);
    }

    Answer postCsv(String path, String body) {
        return post(path, "text/csv; charset=utf-8", body);
    }

    /** Every item of a list, over all pages. */
    List<JsonNode> all(String path) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get(path + (path.contains("?") ? "&" : "?") + "limit=200" + cursor)
                    .expect(200)
                    .json();
            page.path("items").forEach(items::add);
            String next = page.path("nextCursor").asText("");
            cursor = next.isEmpty() || next.equals("null") ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return items;
    }

    private Answer post(String path, String type, String body, String... headers) {
        var request = request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send("POST", path, request);
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Accept", "application/json, application/problem+json");
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private Answer send(String method, String path, HttpRequest.Builder request) {
        try {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    method + " " + base + path,
                    answer.statusCode(),
                    answer.headers().firstValue("ETag").orElse(""),
                    answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + base + path + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(method + " " + base + path + " was interrupted", e);
        }
    }
}
