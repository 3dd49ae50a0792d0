package org.lectern.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.lectern.chaos.load.City.Coordinates;
import org.lectern.chaos.system.Receivers;
import org.lectern.chaos.system.SystemUnderTest;

/**
 * Creates a small city over the API, so that organizers conflict with each other and with no other client. It plants
 * secrets where only the scheduler may know them.
 */
public final class NewCity {

    private static final double KILOMETRES_TO_NEXT = 15;
    private static final double KILOMETRES_PER_DEGREE = 111.2;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final SystemUnderTest system;
    private final String run;

    /** @param run prefix of every code */
    public NewCity(HttpClient http, SystemUnderTest system, String run) {
        this.http = http;
        this.system = system;
        this.run = run;
    }

    /** Branches have external addresses if the run can observe the receivers; otherwise only their inbox. */
    public City found() throws IOException, InterruptedException {
        String canary = "canary-" + UUID.randomUUID();
        List<String> topics = new ArrayList<>();
        List<String> branches = new ArrayList<>();
        Map<String, Coordinates> venues = new LinkedHashMap<>();
        List<String> lecturers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            topics.add(create(
                    "/topics",
                    object().put("code", run + "-T-" + i)
                            .put("title", "Topic " + i)
                            .put("durationMinutes", 60 + 30 * i)));
        }
        for (int i = 0; i < 12; i++) {
            branches.add(create(
                    "/branches",
                    object().put("code", run + "-B-" + i)
                            .put("name", "Branch " + i)
                            .put("kind", "village")
                            .put("zone", "Asia/Shanghai")
                            .put("locale", i % 2 == 0 ? "zh-CN" : "en")));
        }
        for (int i = 0; i < 6; i++) {
            // venues on one road, half an hour of travel apart
            var place = new Coordinates(30.0 + i * KILOMETRES_TO_NEXT / KILOMETRES_PER_DEGREE, 104.0);
            String venue = create(
                    "/venues",
                    object().put("code", run + "-V-" + i)
                            .put("name", "Hall " + i)
                            .put("kind", "lecture-hall")
                            .set(
                                    "place",
                                    object().put("latitude", place.latitude()).put("longitude", place.longitude())));
            venues.put(venue, place);
        }
        for (int i = 0; i < 8; i++) {
            ObjectNode lecturer = object().put("code", run + "-L-" + i)
                    .put("name", "Lecturer " + i)
                    .put("tier", "county")
                    .put("email", canary + "-" + i + "@lecturers.example.org");
            topics.forEach(lecturer.withArray("topicIds")::add);
            lecturers.add(create("/lecturers", lecturer));
        }
        List<City.Address> addresses = new ArrayList<>();
        reach("branches", branches, "b-", addresses);
        reach("lecturers", lecturers, "l-", addresses);
        return new City(lecturers, topics, branches, venues, addresses, canary);
    }

    /** Gives each of them a mailbox, and every second one a system of its own. */
    private void reach(String collection, List<String> recipients, String prefix, List<City.Address> addresses)
            throws IOException, InterruptedException {
        for (int i = 0; i < recipients.size(); i++) {
            String recipient = collection + "/" + recipients.get(i);
            awaitKnown(recipient);
            if (system.receivers().isPresent()) {
                addresses.add(mailbox(recipient, prefix + i + "@" + collection + ".example.org"));
                if (i % 2 == 0) {
                    addresses.add(ownSystem(system.receivers().get(), recipient, "/hooks/" + prefix + i));
                }
            }
        }
    }

    /** The notification service learns of branches and lecturers from Kafka. */
    private void awaitKnown(String recipient) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plusSeconds(60);
        while (true) {
            var answer = http.send(request(endpoints(recipient)).GET().build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                return;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException(endpoints(recipient) + " answers " + answer.statusCode());
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private City.Address mailbox(String recipient, String address) throws IOException, InterruptedException {
        JsonNode endpoint = post(
                endpoints(recipient),
                object().put("channel", "email").put("address", address).put("vouchedFor", "a mailbox of the exercise"),
                201);
        return new City.Address(id(endpoint), idOf(recipient), address);
    }

    /** A webhook that got its secret and passed verification. */
    private City.Address ownSystem(Receivers receivers, String recipient, String path)
            throws IOException, InterruptedException {
        JsonNode endpoint = endpoint(recipient, "webhook", receivers.webhookUrl(path));
        receivers.expectSecret(path, endpoint.path("secret").asText());
        JsonNode proof = post(endpoints(recipient) + "/" + id(endpoint) + "/verify", object(), 200);
        if (!proof.path("succeeded").asBoolean()) {
            throw new IllegalStateException("The webhook was not verified: " + proof);
        }
        return new City.Address(id(endpoint), idOf(recipient), path);
    }

    /** The id in {@code branches/ID} or {@code lecturers/ID}. */
    private static UUID idOf(String path) {
        return UUID.fromString(path.substring(path.indexOf('/') + 1));
    }

    private static UUID id(JsonNode thing) {
        return UUID.fromString(thing.path("id").asText());
    }

    private String endpoints(String recipient) {
        return system.notifications().get().getFirst() + "/api/v1/" + recipient + "/endpoints";
    }

    private JsonNode endpoint(String recipient, String channel, String address)
            throws IOException, InterruptedException {
        return post(endpoints(recipient), object().put("channel", channel).put("address", address), 201);
    }

    private String create(String path, JsonNode body) throws IOException, InterruptedException {
        return post(system.schedulers().get().getFirst() + "/api/v1" + path, body, 201)
                .path("id")
                .asText();
    }

    private JsonNode post(String url, JsonNode body, int expected) throws IOException, InterruptedException {
        var answer = http.send(
                request(url)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != expected) {
            throw new IllegalStateException(url + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + system.bearer().get());
    }

    private static ObjectNode object() {
        return JSON.createObjectNode();
    }
}
