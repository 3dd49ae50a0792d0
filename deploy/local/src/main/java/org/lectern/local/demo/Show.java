package org.lectern.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.lectern.local.console.Console;

/** Books one lecture and shows its journey: the answer, the event, the notice, the e-mail. */
public final class Show {

    private static final String TOPIC = "lectern.bookings";
    private static final Pattern ACKNOWLEDGE = Pattern.compile("https?://\\S+/a/[A-Za-z0-9_-]+");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Stack stack;
    private final Console console;
    private final Api scheduler;

    /** The lecturer, topic, branch, venue and time of the lecture. */
    private record Scene(
            City.Lecturer lecturer, City.Topic topic, City.Branch branch, City.Venue venue, OffsetDateTime start) {}

    private Show(Stack stack, Console console) {
        this.stack = stack;
        this.console = console;
        scheduler = stack.schedulerAs("organizer");
    }

    /** Throws an exception that names the failed step. */
    public static void run(Stack stack, Console console) {
        new Show(stack, console).run();
    }

    private void run() {
        Scene scene = scene();
        ObjectNode request = Api.JSON
                .createObjectNode()
                .put("lecturerId", scene.lecturer().id())
                .put("topicId", scene.topic().id())
                .put("branchId", scene.branch().id())
                .put("venueId", scene.venue().id())
                .put("format", "lecture")
                .put("start", DemoData.rfc3339(scene.start()))
                .put(
                        "expectedHeadCount",
                        Math.min(scene.branch().headCount(), scene.venue().capacity()));
        try (KafkaConsumer<String, String> consumer = consumerAtTheEnd()) {
            JsonNode booking = book(scene, request);
            String id = booking.path("id").asText();
            event(consumer, id);
            JsonNode notice = notice(scene, id);
            mail(scene, notice);
        }
        doubleBooking(request);
        whatNext(scene);
    }

    private JsonNode book(Scene scene, ObjectNode request) {
        console.heading("1  An organizer books " + scene.lecturer().name() + " for "
                + scene.branch().name());
        console.line("POST " + stack.scheduler() + "/api/v1/bookings");
        console.line(console.dim(pretty(request)));
        Api.Answer answer = scheduler.post(
                "/bookings", request, "Idempotency-Key", UUID.randomUUID().toString());
        JsonNode booking = answer.expect(201).json();
        console.line("201 Created, ETag " + answer.etag());
        for (String field : List.of("id", "status", "version", "start", "end", "zone")) {
            console.line("  " + field + ": " + booking.path(field).asText());
        }
        return booking;
    }

    private void event(KafkaConsumer<String, String> consumer, String bookingId) {
        console.heading("2  The event, as any Kafka consumer reads it from " + TOPIC);
        ConsumerRecord<String, String> record = within("the event on " + TOPIC, () -> {
            for (ConsumerRecord<String, String> found : consumer.poll(Duration.ofMillis(200))) {
                if (bookingId.equals(found.key())) {
                    return found;
                }
            }
            return null;
        });
        console.line("partition " + record.partition() + ", offset " + record.offset() + ", key " + record.key());
        for (Header header : record.headers()) {
            console.line("  " + header.key() + ": " + new String(header.value(), StandardCharsets.UTF_8));
        }
        console.line(console.dim(pretty(new Api.Answer(TOPIC, 200, "", record.value()).json())));
    }

    private JsonNode notice(Scene scene, String bookingId) {
        console.heading("3  The notice in the inbox of " + scene.branch().name());
        Api inbox = stack.notificationAs("branch:" + scene.branch().code());
        String path = "/branches/" + scene.branch().id() + "/notices";
        console.line("GET " + stack.notification() + "/api/v1" + path);
        JsonNode notice = within("the notice in the inbox", () -> {
            for (JsonNode found : inbox.get(path).expect(200).json().path("items")) {
                if (bookingId.equals(found.path("bookingId").asText())) {
                    return found;
                }
            }
            return null;
        });
        console.line("  " + notice.path("title").asText());
        console.line(indented(notice.path("body").asText()));
        return notice;
    }

    private void mail(Scene scene, JsonNode notice) {
        String address = Endpoints.address(scene.branch().code());
        console.heading("4  The same notice by e-mail, in the mail catcher");
        String path = "/mails?to=" + address;
        console.line("GET " + stack.mailbox() + path);
        String title = notice.path("title").asText();
        JsonNode mail = within("the e-mail to " + address, () -> {
            for (JsonNode found :
                    stack.caughtMails().get(path).expect(200).json().path("items")) {
                if ((found.path("subject").asText() + found.path("text").asText()).contains(title)) {
                    return found;
                }
            }
            return null;
        });
        console.line("  To: " + mail.path("to").asText());
        console.line("  Subject: " + mail.path("subject").asText());
        console.line("  " + stack.mailbox() + "/mails/" + mail.path("id").asText());
        Matcher link = ACKNOWLEDGE.matcher(mail.path("text").asText());
        if (link.find()) {
            console.line("  The branch acknowledges the notice with this link; open it in a browser:");
            console.line("  " + link.group());
        }
    }

    private void doubleBooking(ObjectNode request) {
        console.heading("5  The same slot again: refused by the database");
        Api.Answer answer = scheduler.post(
                "/bookings", request, "Idempotency-Key", UUID.randomUUID().toString());
        JsonNode problem = answer.expect(409).json();
        console.line("409 " + problem.path("title").asText());
        console.line("  code: " + problem.path("code").asText());
        console.line(indented(problem.path("detail").asText()));
    }

    private void whatNext(Scene scene) {
        String organizer = "-H \"Authorization: Bearer $(" + stack.tokenCommand() + " organizer)\"";
        String branch = "-H \"Authorization: Bearer $(" + stack.tokenCommand() + " branch "
                + scene.branch().code() + ")\"";
        String operator = "-H \"Authorization: Bearer $(" + stack.tokenCommand() + " operator)\"";
        console.heading("Try it yourself");
        console.line("# bookings of that day");
        console.line("curl -s " + organizer + " '" + stack.scheduler() + "/api/v1/bookings?from="
                + scene.start().toLocalDate() + "T00:00:00Z&limit=5'");
        console.line("# the branch's inbox, as the branch");
        console.line("curl -s " + branch + " '" + stack.notification() + "/api/v1/branches/"
                + scene.branch().id() + "/notices?limit=5'");
        console.line("# what was sent to the branch, as an operator");
        console.line("curl -s " + operator + " '" + stack.notification() + "/api/v1/deliveries?branchId="
                + scene.branch().id() + "&limit=5'");
        console.line("# book the same two weeks later");
        console.line("curl -s -X POST " + organizer
                + " -H 'Content-Type: application/json' -H \"Idempotency-Key: try-it-yourself-$(date +%s)\""
                + " " + stack.scheduler() + "/api/v1/bookings -d '"
                + "{\"lecturerId\":\"" + scene.lecturer().id() + "\",\"topicId\":\""
                + scene.topic().id() + "\",\"branchId\":\"" + scene.branch().id() + "\",\"venueId\":\""
                + scene.venue().id() + "\",\"format\":\"lecture\",\"start\":\""
                + DemoData.rfc3339(scene.start().plusDays(14)) + "\"}'");
    }

    /** The first lecturer and the first branch with its own room that are both free on some day from tomorrow. */
    private Scene scene() {
        City city = City.read(scheduler);
        LocalDate tomorrow = DemoData.today().plusDays(1);
        for (LocalDate day = tomorrow; day.isBefore(tomorrow.plusDays(14)); day = day.plusDays(1)) {
            Scene scene = sceneOn(day, city);
            if (scene != null) {
                return scene;
            }
        }
        throw new IllegalStateException("No lecturer and branch are free in the next two weeks");
    }

    private @Nullable Scene sceneOn(LocalDate day, City city) {
        Set<String> busy = new HashSet<>();
        OffsetDateTime midnight = day.atStartOfDay(BookingPlan.ZONE).toOffsetDateTime();
        for (JsonNode booking : scheduler.all("/bookings?from=" + midnight.toInstant() + "&to="
                + midnight.plusDays(1).toInstant())) {
            for (String party : List.of("lecturer", "branch", "venue")) {
                busy.add(booking.path(party).path("id").asText());
            }
        }
        for (City.Venue venue : city.venues()) {
            for (City.Branch branch : city.branches()) {
                if (!branch.id().equals(venue.branchId()) || busy.contains(branch.id()) || busy.contains(venue.id())) {
                    continue;
                }
                if (!hasEmail(branch)) {
                    continue;
                }
                for (City.Lecturer lecturer : city.lecturers()) {
                    for (City.Topic topic : city.topics()) {
                        if (!busy.contains(lecturer.id()) && lecturer.topicIds().contains(topic.id())) {
                            OffsetDateTime start = day.atTime(LocalTime.of(15, 0))
                                    .atZone(BookingPlan.ZONE)
                                    .toOffsetDateTime();
                            return new Scene(lecturer, topic, branch, venue, start);
                        }
                    }
                }
            }
        }
        return null;
    }

    private boolean hasEmail(City.Branch branch) {
        String address = Endpoints.address(branch.code());
        return stack.notificationAs("organizer")
                .get("/branches/" + branch.id() + "/endpoints")
                .expect(200)
                .body()
                .contains("\"" + address + "\"");
    }

    /** Reads every partition from its current end, so that only new bookings are found. */
    private KafkaConsumer<String, String> consumerAtTheEnd() {
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafka()),
                new StringDeserializer(),
                new StringDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                .map(partition -> new TopicPartition(TOPIC, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // seekToEnd is lazy: this executes it before the booking
        return consumer;
    }

    private static <T> T within(String what, Supplier<@Nullable T> attempt) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            T found = attempt.get();
            if (found != null) {
                return found;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        throw new IllegalStateException("No result within " + PATIENCE.toSeconds() + " s: " + what);
    }

    private static String pretty(JsonNode json) {
        return indented(json.toPrettyString());
    }

    private static String indented(String text) {
        return text.indent(2).stripTrailing();
    }
}
