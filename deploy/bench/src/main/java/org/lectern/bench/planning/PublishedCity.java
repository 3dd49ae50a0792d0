package org.lectern.bench.planning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A city planned, rehearsed and published by the service, one campaign after another, while another organizer books
 * lecturers of the same city for later weeks.
 *
 * @param lectures of all plans
 * @param refused by the rehearsals and the publications
 * @param checkSeconds all rehearsals
 * @param publishSeconds from the request to publish until a plan is published, all plans
 * @param bookings of the other organizer while plans are published, in nanoseconds each; a minute for a 503
 */
public record PublishedCity(
        int lectures, int refused, double checkSeconds, double publishSeconds, List<Long> bookings) {

    /** Bookings a second of the other organizer. */
    private static final int RATE = 10;

    /** The latency of a booking that waited longer than the service lets it. */
    private static final long UNAVAILABLE = 60_000_000_000L;

    private static final Set<String> BUSY = Set.of("QUEUED", "SEARCHING", "PUBLISHING");
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Loads a city, plans and publishes it.
     *
     * @param seconds of the search of each campaign
     * @param base of the service's API
     */
    public static PublishedCity of(
            int branches, int lecturers, int weeks, long seed, int seconds, String jdbcUrl, String base, String token)
            throws SQLException, IOException, InterruptedException {
        City city = new City(branches, lecturers, weeks, seed);
        CityDatabase database = new CityDatabase(city, jdbcUrl, "published-" + seed + "-");
        database.load();
        int lectures = 0;
        int refused = 0;
        double checking = 0;
        double publishing = 0;
        List<Long> bookings = new ArrayList<>();
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            Organizer organizer = new Organizer(http, base, token);
            for (UUID campaign : database.campaigns()) {
                String plan = organizer
                        .send("/plans", "{\"campaignId\": \"%s\", \"seconds\": %d}".formatted(campaign, seconds), 201)
                        .path("id")
                        .asText();
                organizer.ended(plan);
                long began = System.nanoTime();
                JsonNode outlook = organizer.send("/plans/" + plan + "/check", "", 200);
                checking += (System.nanoTime() - began) / 1e9;
                refused += outlook.path("refusals").size();
                int version = organizer.get("/plans/" + plan).path("version").asInt();
                try (Other other = new Other(organizer, city, database, bookings.size())) {
                    began = System.nanoTime();
                    organizer.publish(plan, version);
                    JsonNode published = organizer.ended(plan);
                    publishing += (System.nanoTime() - began) / 1e9;
                    lectures += published.path("publication").path("confirmed").asInt();
                    refused += published.path("publication").path("refused").asInt();
                    if (!published.path("state").asText().equals("PUBLISHED")) {
                        throw new IllegalStateException("The plan was not published: " + published);
                    }
                    bookings.addAll(other.latencies());
                }
            }
        }
        return new PublishedCity(lectures, refused, checking, publishing, bookings);
    }

    /** The latencies of the other organizer's bookings in order. */
    public long[] sorted() {
        long[] sorted = bookings.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    /** Books at a fixed rate, whether the bookings before were answered or not: waiting shows. */
    private static final class Other implements AutoCloseable {

        private final Organizer organizer;
        private final City city;
        private final CityDatabase database;
        private final Random random = new Random(1);
        private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(8);
        private final List<Future<Long>> asked = new ArrayList<>();
        private final Future<?> ticks;
        private int next;

        Other(Organizer organizer, City city, CityDatabase database, int before) {
            this.organizer = organizer;
            this.city = city;
            this.database = database;
            next = before;
            ticks = clock.scheduleAtFixedRate(this::ask, 0, 1000 / RATE, TimeUnit.MILLISECONDS);
        }

        private synchronized void ask() {
            String lecture = database.later(random.nextInt(city.lecturers), random.nextInt(city.branches), next++);
            long due = System.nanoTime();
            asked.add(clock.submit(() -> {
                boolean booked = organizer.books(lecture);
                return booked ? System.nanoTime() - due : UNAVAILABLE;
            }));
        }

        synchronized List<Long> latencies() throws InterruptedException {
            ticks.cancel(false);
            List<Long> latencies = new ArrayList<>();
            for (Future<Long> each : asked) {
                try {
                    latencies.add(each.get());
                } catch (ExecutionException e) {
                    throw new IllegalStateException("The run is of no use", e.getCause());
                }
            }
            return latencies;
        }

        @Override
        public void close() {
            clock.shutdownNow();
        }
    }

    /** Calls of an organizer. */
    private record Organizer(HttpClient http, String base, String token) {

        JsonNode get(String path) throws IOException, InterruptedException {
            return answer(request(path).GET().build(), 200);
        }

        JsonNode send(String path, String body, int expected) throws IOException, InterruptedException {
            return answer(posted(path, body).build(), expected);
        }

        /** False if the service says that it is busy. */
        boolean books(String lecture) throws IOException, InterruptedException {
            HttpResponse<String> answer = http.send(posted("/bookings", lecture).build(), BodyHandlers.ofString());
            if (answer.statusCode() != 201 && answer.statusCode() != 503) {
                throw new IllegalStateException("/bookings answered " + answer.body());
            }
            return answer.statusCode() == 201;
        }

        void publish(String plan, int version) throws IOException, InterruptedException {
            answer(
                    posted("/plans/" + plan + "/publish", "{}")
                            .header("If-Match", "\"" + version + "\"")
                            .build(),
                    200);
        }

        /** Waits until no worker has the plan. */
        JsonNode ended(String plan) throws IOException, InterruptedException {
            while (true) {
                JsonNode found = get("/plans/" + plan);
                if (!BUSY.contains(found.path("state").asText())) {
                    return found;
                }
                Thread.sleep(100);
            }
        }

        private HttpRequest.Builder posted(String path, String body) {
            return request(path)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .POST(
                            body.isEmpty()
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body));
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + token);
        }

        private JsonNode answer(HttpRequest request, int expected) throws IOException, InterruptedException {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != expected) {
                throw new IllegalStateException(
                        request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return JSON.readTree(answer.body());
        }
    }
}
