package org.lectern.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the inbox of each branch from time to time and acknowledges due notices at alternating replicas, with retries
 * until there is an answer. An acknowledgement answered with 200 is a promise.
 */
public final class BranchReaders implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER = Duration.ofSeconds(8);
    private static final int TRIES = 8;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private final Supplier<List<String>> notifications;
    private final Supplier<String> bearer;
    private final List<String> branches;
    private final Random random;
    private final List<Acknowledged> given = new CopyOnWriteArrayList<>();
    private volatile boolean ending;
    private @Nullable Thread thread;

    public BranchReaders(
            Supplier<List<String>> notifications, Supplier<String> bearer, List<String> branches, long seed) {
        this.notifications = notifications;
        this.bearer = bearer;
        this.branches = List.copyOf(branches);
        this.random = new Random(seed);
    }

    public void begin() {
        thread = Thread.ofVirtual().name("branches").start(this::work);
    }

    /** Waits for calls in progress. */
    public void end() throws InterruptedException {
        ending = true;
        if (thread != null) {
            thread.join();
        }
    }

    /** The acknowledgements that the service confirmed. */
    public List<Acknowledged> given() {
        return List.copyOf(given);
    }

    @Override
    public void close() {
        ending = true;
        http.shutdownNow();
    }

    private void work() {
        try {
            while (!ending) {
                String branch = branches.get(random.nextInt(branches.size()));
                for (String notice : due(branch)) {
                    acknowledge(notice);
                }
                Thread.sleep(300);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> due(String branch) throws InterruptedException {
        List<String> due = new ArrayList<>();
        JsonNode inbox = ask("GET", "/branches/" + branch + "/notices?limit=5", 1);
        if (inbox != null) {
            for (JsonNode notice : inbox.path("items")) {
                if (notice.path("acknowledgement").path("state").asText().equals("due")) {
                    due.add(notice.path("id").asText());
                }
            }
        }
        return due;
    }

    private void acknowledge(String notice) throws InterruptedException {
        JsonNode answer = ask("POST", "/notices/" + notice + "/acknowledgement", TRIES);
        if (answer != null) {
            given.add(new Acknowledged(
                    UUID.fromString(answer.path("bookingId").asText()),
                    UUID.fromString(answer.path("branchId").asText()),
                    answer.path("version").asInt()));
        }
    }

    /** The answer, or null if no attempt got 200. */
    private @Nullable JsonNode ask(String method, String path, int tries) throws InterruptedException {
        for (int i = 0; i < tries && !(ending && i > 0); i++) {
            List<String> there = notifications.get();
            String service = there.get(random.nextInt(there.size()));
            try {
                var answer = http.send(
                        HttpRequest.newBuilder(URI.create(service + "/api/v1" + path))
                                .timeout(ANSWER)
                                .header("Authorization", "Bearer " + bearer.get())
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return JSON.readTree(answer.body());
                }
                if (answer.statusCode() < 500 && answer.statusCode() != 429 && answer.statusCode() != 401) {
                    return null; // superseded by a newer version
                }
            } catch (IOException e) {
                // no answer: the call may have taken effect, and a repeat is harmless
            }
            Thread.sleep(200);
        }
        return null;
    }
}
