package org.lectern.bench.planning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.lectern.scheduler.planning.search.Budget;
import org.lectern.scheduler.planning.search.Plan;
import org.lectern.scheduler.planning.search.Problem;
import org.lectern.scheduler.planning.search.Search;
import org.lectern.scheduler.planning.search.Settings;

/**
 * One city as an organizer books it by the suggestions of the service, and as the search plans it.
 *
 * @param booked lectures booked by suggestions
 * @param suggestionSeconds asking and booking, one request at a time
 * @param cheaper by how many percent the plan costs less
 * @param fewerDays by how many percent fewer lecturers' days it uses
 * @param missing lectures that suggestions book beyond the plan
 */
public record AgainstSuggestions(
        int booked, double suggestionSeconds, double cheaper, double fewerDays, int missing, double imitatedCheaper) {

    /** The most that the service suggests at once. */
    private static final int BATCH = 20;

    /**
     * Loads a city, books it and plans it.
     *
     * @param base of the service's API
     * @param seconds for the search
     */
    public static AgainstSuggestions of(
            int branches,
            int lecturers,
            int weeks,
            long seed,
            double seconds,
            String jdbcUrl,
            String base,
            String token)
            throws SQLException, IOException, InterruptedException {
        City city = new City(branches, lecturers, weeks, seed);
        Problem problem = city.problem();
        CityDatabase database = new CityDatabase(city, jdbcUrl, "city-" + seed + "-");
        database.load();
        long began = System.nanoTime();
        try (HttpClient http = HttpClient.newHttpClient()) {
            Organizer organizer = new Organizer(http, base, token, database);
            boolean more = true;
            while (more) {
                more = false;
                for (UUID campaign : database.campaigns()) {
                    more |= organizer.book(campaign);
                }
            }
        }
        double suggestionSeconds = (System.nanoTime() - began) / 1e9;
        Plan suggested = database.booked(problem);
        Plan plan = Search.start(
                        problem,
                        Plan.empty(problem),
                        seed,
                        Settings.USUAL,
                        Budget.of(Duration.ofMillis(Math.round(seconds * 1000))),
                        CityRun::processorNanos)
                .run(Search.Observer.NONE);
        double cost = CityRun.judged(problem, plan);
        double theirs = CityRun.judged(problem, suggested);
        double imitated = CityRun.judged(problem, Suggesting.plan(city, problem));
        return new AgainstSuggestions(
                suggested.placed().size(),
                suggestionSeconds,
                100 * (1 - cost / theirs),
                100 * (1 - (double) CityRun.days(problem, plan) / CityRun.days(problem, suggested)),
                Math.max(0, suggested.placed().size() - plan.placed().size()),
                100 * (1 - cost / imitated));
    }

    /** Asks for suggestions and books all that are shown. */
    private record Organizer(HttpClient http, String base, String token, CityDatabase city) {

        private static final ObjectMapper JSON = new ObjectMapper();

        /** Returns false when nothing is suggested any more. */
        boolean book(UUID campaign) throws IOException, InterruptedException {
            String path = base + "/campaigns/" + campaign + "/suggestions";
            String range = "?limit=" + BATCH + "&from=" + encoded(city.from().toString()) + "&to="
                    + encoded(city.until().toString());
            HttpRequest ask = request(path + range).GET().build();
            JsonNode found = JSON.readTree(answer(ask)).path("items");
            if (found.isEmpty()) {
                return false;
            }
            List<ObjectNode> items = new ArrayList<>();
            for (JsonNode each : found) {
                items.add(JSON.createObjectNode()
                        .put("branchId", each.path("branch").path("id").asText())
                        .put("topicId", each.path("topic").path("id").asText())
                        .put("lecturerId", each.path("lecturer").path("id").asText())
                        .put("venueId", each.path("venue").path("id").asText())
                        .put("format", each.path("format").asText())
                        .put("start", each.path("start").asText())
                        .put("end", each.path("end").asText()));
            }
            while (!items.isEmpty()) {
                ObjectNode body = JSON.createObjectNode();
                body.putArray("items").addAll(items);
                HttpResponse<String> booked = http.send(
                        request(path + "/book")
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", UUID.randomUUID().toString())
                                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                                .build(),
                        BodyHandlers.ofString());
                if (booked.statusCode() == 200) {
                    return true;
                }
                JsonNode refused = JSON.readTree(booked.body()).path("refused");
                if (refused.isEmpty()) {
                    throw new IllegalStateException(path + " answered " + booked.body());
                }
                // the service says: omit them, or ask again
                List<ObjectNode> gone = new ArrayList<>();
                refused.forEach(each -> gone.add(items.get(each.path("index").asInt())));
                items.removeAll(gone);
            }
            return false;
        }

        private HttpRequest.Builder request(String address) {
            return HttpRequest.newBuilder(URI.create(address)).header("Authorization", "Bearer " + token);
        }

        private String answer(HttpRequest request) throws IOException, InterruptedException {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
