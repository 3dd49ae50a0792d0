package org.lectern.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.load.Call.Kind;
import org.lectern.chaos.load.Caller.Change;

/** The work on lecture requests: request, accept, offer, take, decline, refuse and withdraw. */
final class RequestWork {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LOOKED_AT = 20;

    private final Caller caller;
    private final City city;
    private final List<String> venues;

    RequestWork(Caller caller, City city) {
        this.caller = caller;
        this.city = city;
        venues = List.copyOf(city.venues().keySet());
    }

    /** One randomly drawn change: a new request, or an answer to an open one. */
    void one(Random random, String token) throws InterruptedException {
        String branch = Draws.any(random, city.branches());
        JsonNode request = random.nextInt(5) < 2 ? null : anyOpen(random, branch);
        if (request == null) {
            send(token, Kind.ASK, "/requests", question(random, branch, token), null);
            return;
        }
        String path = "/requests/" + request.path("id").asText() + "/";
        ObjectNode body = JSON.createObjectNode();
        int draw = random.nextInt(100);
        if (request.path("status").asText().equals("OFFERED")) {
            if (draw < 50) {
                send(token, Kind.TAKE, path + "offer/take", body, request);
            } else if (draw < 80) {
                send(token, Kind.DECLINE, path + "offer/decline", body.put("reason", token), request);
            } else {
                send(token, Kind.REFUSE, path + "refuse", body.put("reason", token), request);
            }
        } else if (draw < 40) {
            send(token, Kind.ACCEPT, path + "accept", lecture(random, token), request);
        } else if (draw < 75) {
            body = lecture(random, token).put("expiresAt", Draws.soon(random, 10));
            send(token, Kind.OFFER, path + "offer", body, request);
        } else if (draw < 88) {
            send(token, Kind.REFUSE, path + "refuse", body.put("reason", token), request);
        } else {
            send(token, Kind.WITHDRAW, path + "withdraw", body.put("reason", token), request);
        }
    }

    private @Nullable JsonNode anyOpen(Random random, String branch) throws InterruptedException {
        List<JsonNode> open = new ArrayList<>();
        String status = random.nextInt(3) == 0 ? "OFFERED" : "WAITING";
        JsonNode page = caller.read("/requests?branchId=" + branch + "&status=" + status + "&limit=" + LOOKED_AT);
        if (page != null) {
            page.path("items").forEach(open::add);
        }
        return open.isEmpty() ? null : Draws.any(random, open);
    }

    private ObjectNode question(Random random, String branch, String token) {
        LocalDate first = LocalDate.now(Draws.ZONE).plusDays(Draws.FIRST_DAY - 1L);
        ObjectNode body = JSON.createObjectNode()
                .put("topicId", Draws.any(random, city.topics()))
                .put("branchId", branch)
                .put("format", "lecture")
                .put("note", token);
        body.putArray("windows")
                .addObject()
                .put("from", Draws.rfc3339(first.atStartOfDay(Draws.ZONE).toOffsetDateTime()))
                .put(
                        "until",
                        Draws.rfc3339(first.plusDays(Draws.DAYS + 2L)
                                .atStartOfDay(Draws.ZONE)
                                .toOffsetDateTime()));
        return body;
    }

    private ObjectNode lecture(Random random, String token) {
        return JSON.createObjectNode()
                .put("lecturerId", Draws.any(random, city.lecturers()))
                .put("venueId", Draws.any(random, venues))
                .put("start", Draws.start(random))
                .put("note", token);
    }

    private void send(String token, Kind kind, String path, JsonNode body, @Nullable JsonNode about)
            throws InterruptedException {
        caller.send(new Change(
                token,
                kind,
                "POST",
                path,
                body,
                about == null ? null : about.path("id").asText(),
                about == null ? null : "\"" + about.path("version").asInt() + "\""));
    }
}
