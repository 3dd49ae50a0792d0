package org.lectern.chaos.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.load.Call.Outcome;

/**
 * Organizers who book, hold, move, reassign and cancel in a small city, so that they get into each other's way. Each
 * sends one change at a time, to one replica and then another, under one idempotency key, until it has an answer or
 * the patience ends; each answer is written down as a {@link Call}.
 *
 * <p>What an organizer does is drawn from the seed and the organizer's number; what becomes of it depends on the
 * others, so two runs of one seed are alike, not the same.
 */
public final class Load implements AutoCloseable {

    /** How every token begins. */
    public static final String TOKEN = "chaos-";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Duration ANSWER = Duration.ofSeconds(8);
    private static final int DAYS = 10;
    private static final int KNOWN = 150;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private final Supplier<List<String>> schedulers;
    private final Supplier<String> bearer;
    private final City city;
    private final long seed;
    private final String run;
    private final Duration pause;
    private final BufferedWriter journal;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<Felt> felt = new CopyOnWriteArrayList<>();
    private final List<Thread> organizers = new ArrayList<>();
    private final List<Seen> seen = new ArrayList<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private volatile boolean ending;
    private volatile Instant lastMoment = Instant.MAX;

    /** An attempt, sent at that time, from which a caller without patience would have suffered. */
    public record Felt(Instant sent, String what) {}

    /** A booking as somebody last saw it. */
    private record Seen(String id, String etag, String status) {}

    /** Whom there is to book. */
    public record City(List<String> lecturers, List<String> topics, List<String> branches, List<String> venues) {}

    /**
     * @param schedulers base addresses of the replicas that take requests at the moment, without a trailing slash
     * @param run of which no other run has the same: keys of calls begin with it
     * @param pause between two changes of an organizer
     * @param journal where every call is written as a line of JSON
     */
    public Load(
            Supplier<List<String>> schedulers,
            Supplier<String> bearer,
            City city,
            long seed,
            String run,
            Duration pause,
            Path journal) {
        this.schedulers = schedulers;
        this.bearer = bearer;
        this.city = city;
        this.seed = seed;
        this.run = run;
        this.pause = pause;
        try {
            this.journal = Files.newBufferedWriter(journal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets so many organizers begin. */
    public void begin(int count) {
        for (int i = 0; i < count; i++) {
            int number = i;
            organizers.add(Thread.ofVirtual().name("organizer-" + i).start(() -> work(number)));
        }
    }

    /** How many changes were acknowledged so far. */
    public int acknowledged() {
        return acknowledged.get();
    }

    /** Lets nobody begin anything new, and gives what is under way so long for an answer. */
    public void end(Duration patience) throws InterruptedException {
        lastMoment = Instant.now().plus(patience);
        ending = true;
        for (Thread organizer : organizers) {
            organizer.join();
        }
    }

    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Every attempt that was not answered, or not with what was asked for. */
    public List<Felt> felt() {
        return List.copyOf(felt);
    }

    @Override
    public void close() {
        ending = true;
        lastMoment = Instant.MIN;
        organizers.forEach(Thread::interrupt);
        try {
            journal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.shutdownNow();
    }

    private void work(int number) {
        Random random = new Random(seed * 1_000_003 + number);
        try {
            for (int i = 0; !ending; i++) {
                one(random, TOKEN + run + "-" + number + "-" + i);
                Thread.sleep(pause.toMillis() / 2 + random.nextLong(pause.toMillis() + 1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void one(Random random, String token) throws InterruptedException {
        int draw = random.nextInt(100);
        Seen booking = draw < 45 ? null : anySeen(random);
        if (booking == null) {
            ObjectNode body = booking(random, token);
            if (draw % 5 == 0) {
                body.putObject("hold")
                        .put("expiresAt", rfc3339(OffsetDateTime.now(ZONE).plusSeconds(5 + random.nextInt(20))));
                send(token, "hold", "/bookings", body, null);
            } else {
                send(token, "book", "/bookings", body, null);
            }
            return;
        }
        ObjectNode body = JSON.createObjectNode();
        String path = "/bookings/" + booking.id() + "/";
        if (booking.status().equals("HELD") && draw < 80) {
            if (draw < 70) {
                send(token, "confirm", path + "confirm", body, booking);
            } else {
                send(token, "release", path + "release", body.put("reason", token), booking);
            }
        } else if (draw < 60) {
            send(
                    token,
                    "reschedule",
                    path + "reschedule",
                    body.put("start", start(random)).put("reason", token),
                    booking);
        } else if (draw < 72) {
            send(
                    token,
                    "reassign",
                    path + "reassign",
                    body.put("lecturerId", any(random, city.lecturers())).put("reason", token),
                    booking);
        } else {
            send(token, "cancel", path + "cancel", body.put("reason", token), booking);
        }
    }

    private ObjectNode booking(Random random, String token) {
        ObjectNode body = JSON.createObjectNode()
                .put("lecturerId", any(random, city.lecturers()))
                .put("topicId", any(random, city.topics()))
                .put("branchId", any(random, city.branches()))
                .put("start", start(random))
                .put("note", token);
        if (random.nextInt(4) == 0) {
            body.put("format", "broadcast").put("joinLink", "https://live.example.org/" + token);
        } else {
            body.put("format", "lecture").put("venueId", any(random, city.venues()));
        }
        return body;
    }

    /** On the half hour of a working day two to three weeks ahead. */
    private static String start(Random random) {
        OffsetDateTime start = LocalDate.now(ZONE)
                .plusDays(14 + random.nextInt(DAYS))
                .atTime(8 + random.nextInt(9), 30 * random.nextInt(2))
                .atZone(ZONE)
                .toOffsetDateTime();
        return rfc3339(start);
    }

    private void send(String token, String kind, String path, ObjectNode body, @Nullable Seen about)
            throws InterruptedException {
        Instant begun = Instant.now();
        int attempts = 0;
        int status = 0;
        HttpResponse<String> answer = null;
        while (answer == null && !(ending && Instant.now().isAfter(lastMoment))) {
            if (attempts > 0) {
                Thread.sleep(Math.min(2000, 100L << Math.min(attempts, 5)));
            }
            List<String> there = schedulers.get();
            String scheduler = there.get((attempts > 0 ? attempts : token.hashCode() & 0xffff) % there.size());
            attempts++;
            Instant sent = Instant.now();
            try {
                var request = HttpRequest.newBuilder(URI.create(scheduler + "/api/v1" + path))
                        .timeout(ANSWER)
                        .header("Authorization", "Bearer " + bearer.get())
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "idempotency-" + token)
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
                if (about != null) {
                    request.header("If-Match", about.etag());
                }
                var came = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
                status = came.statusCode();
                if (status >= 500) {
                    felt.add(new Felt(sent, kind + " was answered " + status + " by " + scheduler));
                }
                if (isAnswer(came)) {
                    answer = came;
                }
            } catch (IOException e) {
                status = 0; // no answer: it may have taken effect, so the same is asked again
                felt.add(new Felt(sent, kind + " got no answer from " + scheduler + ": " + e));
            }
        }
        note(token, kind, body, about, begun, attempts, status, answer);
    }

    /** What is neither done nor refused is asked again: the service was not able to, or somebody is still at it. */
    private static boolean isAnswer(HttpResponse<String> answer) {
        if (answer.statusCode() >= 500 || answer.statusCode() == 429) {
            return false;
        }
        return answer.statusCode() != 409
                || answer.headers().firstValue("Retry-After").isEmpty();
    }

    private void note(
            String token,
            String kind,
            JsonNode asked,
            @Nullable Seen about,
            Instant begun,
            int attempts,
            int status,
            @Nullable HttpResponse<String> answer) {
        JsonNode body = answer == null ? null : read(answer.body());
        Outcome outcome = answer == null ? Outcome.UNKNOWN : status < 300 ? Outcome.ACKNOWLEDGED : Outcome.REFUSED;
        String booking = about != null
                ? about.id()
                : body == null || outcome != Outcome.ACKNOWLEDGED
                        ? null
                        : body.path("id").asText();
        int version = body == null ? 0 : body.path("version").asInt();
        Call call =
                new Call(token, kind, booking, asked, begun, Instant.now(), attempts, outcome, status, version, body);
        calls.add(call);
        write(call);
        if (answer != null && body != null && outcome == Outcome.ACKNOWLEDGED) {
            acknowledged.incrementAndGet();
            saw(body, answer.headers().firstValue("ETag").orElse(""));
        } else if (about != null) {
            forget(about.id());
        }
    }

    private synchronized void write(Call call) {
        ObjectNode line = JSON.createObjectNode()
                .put("token", call.token())
                .put("kind", call.kind())
                .put("booking", call.booking())
                .put("begun", call.begun().toString())
                .put("ended", call.ended().toString())
                .put("attempts", call.attempts())
                .put("outcome", call.outcome().name())
                .put("status", call.status())
                .put("version", call.version());
        line.set("asked", call.asked());
        line.set("answer", call.answer());
        try {
            journal.write(line + "\n");
        } catch (IOException e) {
            // closed: the run is being given up
        }
    }

    private void saw(JsonNode body, String etag) {
        String id = body.path("id").asText();
        String status = body.path("status").asText();
        synchronized (seen) {
            seen.removeIf(booking -> booking.id().equals(id));
            if (status.equals("HELD") || status.equals("CONFIRMED")) {
                seen.add(new Seen(id, etag, status));
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
            return seen.isEmpty() ? null : seen.get(random.nextInt(seen.size()));
        }
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode().put("notJson", body);
        }
    }

    private static <T> T any(Random random, List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    private static String rfc3339(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.withNano(0));
    }
}
