package org.lectern.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.load.Call.Kind;
import org.lectern.chaos.load.Caller.Answer;
import org.lectern.chaos.load.Caller.Change;

/**
 * The work of organizers: book, hold, confirm, release, change, patch, cancel; add and remove guests; change several
 * bookings at once.
 */
final class BookingWork {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KNOWN = 150;

    private final Caller caller;
    private final City city;
    private final GroupWork groups;
    private final List<String> venues;
    private final List<Seen> seen = new ArrayList<>();

    /** A booking as a caller last saw it. */
    private record Seen(String id, String etag, String status, List<String> guests) {}

    BookingWork(Caller caller, City city) {
        this.caller = caller;
        this.city = city;
        groups = new GroupWork(caller, city);
        venues = List.copyOf(city.venues().keySet());
    }

    /** One randomly drawn change. */
    void one(Random random, String token) throws InterruptedException {
        int draw = random.nextInt(100);
        if (draw >= 97) {
            several(draw == 99 ? groups.transfer(random, token) : groups.substitute(random, token));
            return;
        }
        Seen booking = draw < 45 ? null : anySeen(random);
        if (booking == null) {
            ObjectNode body = booking(random, token);
            if (draw % 5 == 0) {
                body.putObject("hold").put("expiresAt", Draws.soon(random, 5 + random.nextInt(10)));
                send(token, Kind.HOLD, "/bookings", body, null);
            } else {
                send(token, Kind.BOOK, "/bookings", body, null);
            }
            return;
        }
        ObjectNode body = JSON.createObjectNode();
        String path = "/bookings/" + booking.id() + "/";
        if (booking.status().equals("HELD") && draw < 80) {
            if (draw < 70) {
                send(token, Kind.CONFIRM, path + "confirm", body, booking);
            } else {
                send(token, Kind.RELEASE, path + "release", body.put("reason", token), booking);
            }
        } else if (draw < 53) {
            body.put("start", Draws.start(random)).put("reason", token);
            send(token, Kind.RESCHEDULE, path + "change", body, booking);
        } else if (draw < 58) {
            body.put("lecturerId", Draws.any(random, city.lecturers())).put("reason", token);
            send(token, Kind.REASSIGN, path + "change", body, booking);
        } else if (draw < 64) {
            body.put("start", Draws.start(random))
                    .put("lecturerId", Draws.any(random, city.lecturers()))
                    .put("reason", token);
            if (random.nextBoolean()) {
                body.put("branchId", Draws.any(random, city.branches()));
            }
            send(token, Kind.CHANGE, path + "change", body, booking);
        } else if (draw < 68) {
            body.put("expectedHeadCount", random.nextInt(30)).put("reason", token);
            if (random.nextBoolean()) {
                body.put("format", "panel"); // refused for a broadcast without a venue
            }
            follow(new Change(
                    token, Kind.PATCH, "PATCH", "/bookings/" + booking.id(), body, booking.id(), booking.etag()));
        } else if (draw < 78) {
            guests(random, token, booking);
        } else {
            send(token, Kind.CANCEL, path + "cancel", body.put("reason", token), booking);
        }
    }

    private void several(@Nullable Answer answer) {
        if (answer != null) {
            answer.body()
                    .path("changed")
                    .forEach(booking ->
                            saw(booking, "\"" + booking.path("version").asInt() + "\""));
            answer.body().path("bookings").forEach(id -> forget(id.asText()));
        }
    }

    private void guests(Random random, String token, Seen booking) throws InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        String path = "/bookings/" + booking.id() + "/guests";
        if (!booking.guests().isEmpty() && random.nextInt(3) == 0) {
            String guest = Draws.any(random, booking.guests());
            follow(new Change(token, Kind.LEAVE, "DELETE", path + "/" + guest, body, booking.id(), booking.etag()));
        } else {
            send(token, Kind.JOIN, path, body.put("branchId", Draws.any(random, city.branches())), booking);
        }
    }

    private ObjectNode booking(Random random, String token) {
        String host = Draws.any(random, city.branches());
        ObjectNode body = JSON.createObjectNode()
                .put("lecturerId", Draws.any(random, city.lecturers()))
                .put("topicId", Draws.any(random, city.topics()))
                .put("branchId", host)
                .put("start", Draws.start(random))
                .put("note", token);
        if (random.nextInt(4) == 0) {
            body.put("format", "broadcast").put("joinLink", "https://live.example.org/" + token);
        } else {
            body.put("format", "lecture").put("venueId", Draws.any(random, venues));
        }
        String guest = Draws.any(random, city.branches());
        if (random.nextInt(5) == 0 && !guest.equals(host)) {
            body.putArray("guests").addObject().put("branchId", guest);
        }
        return body;
    }

    private void send(String token, Kind kind, String path, JsonNode body, @Nullable Seen about)
            throws InterruptedException {
        String id = about == null ? null : about.id();
        follow(new Change(token, kind, "POST", path, body, id, about == null ? null : about.etag()));
    }

    private void follow(Change change) throws InterruptedException {
        Answer answer = caller.send(change);
        if (answer != null) {
            saw(answer.body(), answer.etag());
        } else if (change.subject() != null) {
            forget(change.subject());
        }
    }

    private void saw(JsonNode body, String etag) {
        String id = body.path("id").asText();
        String status = body.path("status").asText();
        List<String> guests = new ArrayList<>();
        body.path("guests").forEach(guest -> guests.add(guest.path("id").asText()));
        synchronized (seen) {
            forget(id);
            if (status.equals("HELD") || status.equals("CONFIRMED")) {
                seen.add(new Seen(id, etag, status, guests));
                if (seen.size() > KNOWN) {
                    seen.removeFirst();
                }
            }
        }
    }

    private void forget(String id) {
        synchronized (seen) {
            seen.removeIf(booking -> booking.id().equals(id));
        }
    }

    private @Nullable Seen anySeen(Random random) {
        synchronized (seen) {
            return seen.isEmpty() ? null : Draws.any(random, seen);
        }
    }
}
