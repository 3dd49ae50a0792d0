package org.lectern.chaos.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.load.Call.Outcome;

/**
 * Sends changes to the scheduler. Each change goes to one replica at a time, with one idempotency key, until there is
 * an answer or the patience ends. Each is recorded as a {@link Call}.
 */
final class Caller implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER = Duration.ofSeconds(8);
    private static final int UNAUTHORIZED = 401;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private final Supplier<List<String>> schedulers;
    private final Supplier<String> bearer;
    private final CallJournal journal;
    private final List<Felt> felt = new CopyOnWriteArrayList<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private volatile Instant lastMoment = Instant.MAX;

    /** @param schedulers base addresses of the replicas in the balance, without a trailing slash */
    Caller(Supplier<List<String>> schedulers, Supplier<String> bearer, CallJournal journal) {
        this.schedulers = schedulers;
        this.bearer = bearer;
        this.journal = journal;
    }

    /**
     * A change.
     *
     * @param method POST, PATCH or DELETE
     * @param body body of the request; empty for none
     * @param subject the changed resource and its ETag; null for a new one
     * @param planned see {@link Call#planned}
     */
    record Change(
            String token,
            Call.Kind kind,
            String method,
            String path,
            JsonNode body,
            @Nullable String subject,
            @Nullable String etag,
            List<String> planned) {

        /** A change of one subject. */
        Change(
                String token,
                Call.Kind kind,
                String method,
                String path,
                JsonNode body,
                @Nullable String subject,
                @Nullable String etag) {
            this(token, kind, method, path, body, subject, etag, List.of());
        }
    }

    /** An acknowledged change. */
    record Answer(JsonNode body, String etag) {}

    List<Felt> felt() {
        return List.copyOf(felt);
    }

    int acknowledged() {
        return acknowledged.get();
    }

    /** Starts no further attempts after this moment. */
    void giveUpAt(Instant moment) {
        lastMoment = moment;
    }

    /** Reads a resource from any replica; null if the first answer is not 200. */
    @Nullable
    JsonNode read(String path) throws InterruptedException {
        try {
            var answer = http.send(
                    request(schedulers.get().getFirst(), path).GET().build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? JSON.readTree(answer.body()) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Sends a body that changes nothing, such as a preview, once to any replica; null if the answer is not 200. */
    @Nullable
    JsonNode ask(String path, JsonNode body) throws InterruptedException {
        try {
            var answer = http.send(
                    request(schedulers.get().getFirst(), path)
                            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? JSON.readTree(answer.body()) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Sends the change until it is answered; null if it was refused or never answered. */
    @Nullable
    Answer send(Change change) throws InterruptedException {
        Instant begun = Instant.now();
        int attempts = 0;
        int status = 0;
        HttpResponse<String> answer = null;
        while (answer == null && Instant.now().isBefore(lastMoment)) {
            if (attempts > 0) {
                Thread.sleep(Math.min(2000, 100L << Math.min(attempts, 5)));
            }
            List<String> there = schedulers.get();
            String scheduler =
                    there.get((attempts > 0 ? attempts : change.token().hashCode() & 0xffff) % there.size());
            attempts++;
            Instant sent = Instant.now();
            try {
                var came = http.send(request(change, scheduler), HttpResponse.BodyHandlers.ofString());
                status = came.statusCode();
                if (status >= 500) {
                    felt.add(new Felt(
                            sent, Instant.now(), change.kind() + " was answered " + status + " by " + scheduler));
                }
                if (isFinal(came)) {
                    answer = came;
                }
            } catch (IOException e) {
                status = 0; // no answer: the change may have taken effect, so the same request is repeated
                felt.add(new Felt(sent, Instant.now(), change.kind() + " got no answer from " + scheduler + ": " + e));
            }
        }
        return record(change, begun, attempts, status, answer);
    }

    private HttpRequest request(Change change, String scheduler) {
        var request = request(scheduler, change.path())
                .header("Idempotency-Key", "idempotency-" + change.token())
                .method(
                        change.method(),
                        change.body().isEmpty() && change.method().equals("DELETE")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(
                                        change.body().toString()));
        if (change.etag() != null) {
            request.header("If-Match", change.etag());
        }
        return request.build();
    }

    private HttpRequest.Builder request(String scheduler, String path) {
        return HttpRequest.newBuilder(URI.create(scheduler + "/api/v1" + path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + bearer.get())
                .header("Content-Type", "application/json");
    }

    /**
     * True for an answer that is neither success nor refusal: the service was unavailable, or the same request is in
     * progress. Only a replica with a wrong clock refuses a valid token.
     */
    private static boolean isFinal(HttpResponse<String> answer) {
        int status = answer.statusCode();
        if (status >= 500 || status == TOO_MANY_REQUESTS || status == UNAUTHORIZED) {
            return false;
        }
        return status != CONFLICT || answer.headers().firstValue("Retry-After").isEmpty();
    }

    private @Nullable Answer record(
            Change change, Instant begun, int attempts, int status, @Nullable HttpResponse<String> answer) {
        JsonNode body = answer == null ? null : parse(answer.body());
        Outcome outcome = answer == null ? Outcome.UNKNOWN : status < 300 ? Outcome.ACKNOWLEDGED : Outcome.REFUSED;
        String subject = change.subject() != null
                ? change.subject()
                : body == null || outcome != Outcome.ACKNOWLEDGED
                        ? null
                        : body.path("id").asText(null);
        int version = body == null ? 0 : body.path("version").asInt();
        journal.add(new Call(
                change.token(),
                change.kind(),
                subject,
                change.planned(),
                change.body(),
                begun,
                Instant.now(),
                attempts,
                outcome,
                status,
                version,
                body));
        if (answer == null || body == null || outcome != Outcome.ACKNOWLEDGED) {
            return null;
        }
        acknowledged.incrementAndGet();
        return new Answer(body, answer.headers().firstValue("ETag").orElse(""));
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode().put("notJson", body);
        }
    }

    @Override
    public void close() {
        lastMoment = Instant.MIN;
        http.shutdownNow();
    }
}
