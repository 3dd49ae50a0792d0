package org.lectern.chaos.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An organizer who plans a campaign for all branches and publishes the plan, again and again, on days on which no other
 * organizer books.
 */
final class PlanWork implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> BUSY = Set.of("QUEUED", "SEARCHING", "PUBLISHING");
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(300);
    /** Days from today: before those of other lectures, later than the lead of plans. */
    private static final int FIRST_DAY = 3;

    private static final int SECONDS = 2;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Supplier<List<String>> schedulers;
    private final Supplier<String> bearer;
    private final City city;
    private final String run;
    private final BooleanSupplier ending;
    private int attempts;

    PlanWork(
            Supplier<List<String>> schedulers, Supplier<String> bearer, City city, String run, BooleanSupplier ending) {
        this.schedulers = schedulers;
        this.bearer = bearer;
        this.city = city;
        this.run = run;
        this.ending = ending;
    }

    /** One plan, from its campaign to its bookings; gives up when the load ends. */
    void one(int number) throws InterruptedException {
        JsonNode campaign = campaign(number);
        if (campaign == null) {
            return;
        }
        ObjectNode body = JSON.createObjectNode()
                .put("campaignId", campaign.path("id").asText())
                .put("seconds", SECONDS);
        JsonNode made = answered("/plans", body, UUID.randomUUID().toString(), null);
        JsonNode draft = made == null ? null : ended("/plans/" + made.path("id").asText());
        if (draft == null || !draft.path("state").asText().equals("DRAFT")) {
            return;
        }
        String path = "/plans/" + draft.path("id").asText();
        answered(
                path + "/publish",
                JSON.createObjectNode(),
                UUID.randomUUID().toString(),
                draft.path("version").asText());
        ended(path);
    }

    /** One that an unanswered call made stays without a plan. */
    private @Nullable JsonNode campaign(int number) throws InterruptedException {
        LocalDate first = LocalDate.now(Draws.ZONE).plusDays(FIRST_DAY);
        ObjectNode body = JSON.createObjectNode()
                .put("name", "Plan " + number)
                .put("from", first.toString())
                .put(
                        "until",
                        LocalDate.now(Draws.ZONE).plusDays(Draws.FIRST_DAY - 2L).toString());
        body.putArray("topicIds").add(city.topics().get(number % city.topics().size()));
        city.branches().forEach(body.putObject("targets").putArray("branchIds")::add);
        while (!ending.getAsBoolean()) {
            JsonNode made =
                    sent(post("/campaigns", body.put("code", run + "-P-" + number + "-" + attempts), null, null));
            JsonNode active = made == null
                    ? null
                    : answered("/campaigns/" + made.path("id").asText() + "/activate", null, null, "1");
            if (active != null) {
                return active;
            }
            Thread.sleep(PAUSE);
        }
        return null;
    }

    private @Nullable JsonNode ended(String path) throws InterruptedException {
        while (!ending.getAsBoolean()) {
            JsonNode plan = sent(request(path).GET().build());
            if (plan != null && !BUSY.contains(plan.path("state").asText())) {
                return plan;
            }
            Thread.sleep(PAUSE);
        }
        return null;
    }

    /** Repeats a change until it is answered; null if it was refused or never answered. */
    private @Nullable JsonNode answered(
            String path, @Nullable JsonNode body, @Nullable String key, @Nullable String version)
            throws InterruptedException {
        while (!ending.getAsBoolean()) {
            try {
                var answer = http.send(post(path, body, key, version), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() < 300) {
                    return JSON.readTree(answer.body());
                }
                boolean isFinal = answer.statusCode() < 500
                        && answer.statusCode() != 401
                        && answer.statusCode() != 429
                        && answer.headers().firstValue("Retry-After").isEmpty();
                if (isFinal) {
                    return null;
                }
            } catch (IOException e) {
                // the change may have taken effect: the same request finds out
            }
            attempts++;
            Thread.sleep(PAUSE);
        }
        return null;
    }

    private @Nullable JsonNode sent(HttpRequest request) throws InterruptedException {
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() < 300 ? JSON.readTree(answer.body()) : null;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            return null;
        } finally {
            attempts++;
        }
    }

    private HttpRequest post(String path, @Nullable JsonNode body, @Nullable String key, @Nullable String version) {
        HttpRequest.Builder request = request(path)
                .POST(
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        if (version != null) {
            request.header("If-Match", "\"" + version + "\"");
        }
        return request.build();
    }

    private HttpRequest.Builder request(String path) {
        List<String> there = schedulers.get();
        return HttpRequest.newBuilder(URI.create(there.get(attempts % there.size()) + "/api/v1" + path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + bearer.get())
                .header("Content-Type", "application/json");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
