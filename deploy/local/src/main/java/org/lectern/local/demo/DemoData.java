package org.lectern.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Loads the fictional city over the public API. A repeated load completes an interrupted one: imports recognise
 * existing entries, and bookings have the same idempotency keys.
 */
public final class DemoData {

    private static final int AT_ONCE = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WAITING_REQUESTS = 5;
    private static final int CAMPAIGN_TOPICS = 3;
    private static final int DAYS_OF_CAMPAIGN = 30;
    /** One branch in this number has no e-mail address and uses its inbox only. */
    private static final int WITHOUT_EMAIL = 15;

    private final Api scheduler;
    private final Api notification;
    private final LocalDate today;

    private DemoData(Stack stack, LocalDate today) {
        scheduler = stack.schedulerAs("organizer");
        notification = stack.notificationAs("organizer");
        this.today = today;
    }

    /** Today's date in the city. */
    public static LocalDate today() {
        return LocalDate.now(BookingPlan.ZONE);
    }

    public static void load(Stack stack, LocalDate today, Consumer<String> progress) {
        new DemoData(stack, today).load(progress);
    }

    private void load(Consumer<String> progress) {
        for (String registry : List.of("topics", "branches", "lecturers", "venues")) {
            scheduler
                    .postCsv("/" + registry + "/import?dryRun=false", csv(registry))
                    .expect(200);
        }
        City city = City.read(scheduler);
        progress.accept("%d lecturers, %d topics, %d branches and %d venues imported"
                .formatted(
                        city.lecturers().size(),
                        city.topics().size(),
                        city.branches().size(),
                        city.venues().size()));
        List<City.Branch> reached = new ArrayList<>();
        for (int i = 0; i < city.branches().size(); i++) {
            if (i % WITHOUT_EMAIL != WITHOUT_EMAIL - 1) {
                reached.add(city.branches().get(i));
            }
        }
        inParallel(reached, this::endpoint);
        progress.accept("%d branches have an e-mail address, %d have the inbox only"
                .formatted(reached.size(), city.branches().size() - reached.size()));
        List<PlannedBooking> bookings = BookingPlan.around(today, city);
        List<String> topics = city.topics().stream()
                .limit(CAMPAIGN_TOPICS)
                .map(City.Topic::id)
                .toList();
        String campaign = campaign(topics);
        inParallel(bookings, plan -> book(plan, topics.contains(plan.topic().id()) ? campaign : ""));
        progress.accept("%d bookings made around %s".formatted(bookings.size(), today));
        List<City.Branch> asking = reached.subList(Math.max(0, reached.size() - WAITING_REQUESTS), reached.size());
        for (int i = 0; i < asking.size(); i++) {
            ask(asking.get(i), city.topics().get(i % city.topics().size()), i);
        }
        progress.accept("%d branches have an open lecture request".formatted(asking.size()));
    }

    /** A branch requests a topic within three of the next weeks. */
    private void ask(City.Branch branch, City.Topic topic, int number) {
        LocalDate from = today.plusDays(7L + number);
        ObjectNode body = object().put("topicId", topic.id())
                .put("branchId", branch.id())
                .put("expectedHeadCount", 30 + 15 * number)
                .put("note", "希望安排在晚上 In the evening, please");
        body.putArray("windows")
                .addObject()
                .put("from", rfc3339(from.atTime(8, 0).atZone(BookingPlan.ZONE).toOffsetDateTime()))
                .put(
                        "until",
                        rfc3339(from.plusDays(21)
                                .atTime(21, 0)
                                .atZone(BookingPlan.ZONE)
                                .toOffsetDateTime()));
        scheduler
                .post("/requests", body, "Idempotency-Key", "demonstration-%s-%03d-ask".formatted(today, number))
                .expect(201);
    }

    /**
     * Adds the branch's address. The notification service learns of branches from Kafka, and answers 404 until then.
     */
    private void endpoint(City.Branch branch) {
        String path = "/branches/" + branch.id() + "/endpoints";
        Instant deadline = Instant.now().plus(PATIENCE);
        Api.Answer known = notification.get(path);
        while (known.status() == 404 && Instant.now().isBefore(deadline)) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            known = notification.get(path);
        }
        JsonNode found = known.expect(200).json();
        JsonNode endpoints = found.has("items") ? found.path("items") : found;
        if (endpoints.isEmpty()) {
            notification
                    .post(
                            path,
                            Api.JSON
                                    .createObjectNode()
                                    .put("channel", "email")
                                    .put("address", address(branch.code()))
                                    .put("vouchedFor", "演示数据的邮箱 Mailbox of the demonstration"))
                    .expect(201);
        }
    }

    static String address(String branchCode) {
        return branchCode.toLowerCase(Locale.ROOT) + "@yunting.example.org";
    }

    /** Creates the campaign of some bookings: three topics for every branch that hosts. */
    private String campaign(List<String> topics) {
        String code = "demonstration-" + today;
        JsonNode known =
                scheduler.get("/campaigns?q=" + code).expect(200).json().path("items");
        if (!known.isEmpty()) {
            return known.get(0).path("id").asText();
        }
        ObjectNode body = object().put("code", code)
                .put("name", "冬季基层宣讲 Winter lectures")
                .put("from", today.minusDays(DAYS_OF_CAMPAIGN).toString())
                .put("until", today.plusDays(DAYS_OF_CAMPAIGN).toString());
        topics.forEach(body.putArray("topicIds")::add);
        BookingPlan.HOSTS.forEach(body.putObject("targets").putArray("kinds")::add);
        Api.Answer made = scheduler.post("/campaigns", body).expect(201);
        String id = made.json().path("id").asText();
        scheduler
                .post("/campaigns/" + id + "/activate", object(), "If-Match", made.etag())
                .expect(200);
        return id;
    }

    private void book(PlannedBooking plan, String campaign) {
        ObjectNode body = Api.JSON
                .createObjectNode()
                .put("lecturerId", plan.lecturer().id())
                .put("topicId", plan.topic().id())
                .put("branchId", plan.branch().id())
                .put("format", plan.format())
                .put("start", rfc3339(plan.start()))
                .put("expectedHeadCount", plan.headCount());
        if (!campaign.isEmpty()) {
            body.put("campaignId", campaign);
        }
        City.Venue venue = plan.venue();
        if (venue == null) {
            body.put("joinLink", "https://live.example.org/lectern/" + plan.number());
        } else {
            body.put("venueId", venue.id());
        }
        Api.Answer booked = scheduler
                .post("/bookings", body, "Idempotency-Key", key(plan, "book"))
                .expect(201);
        switch (plan.fate()) {
            case PlannedBooking.Stands stands -> {}
            case PlannedBooking.Completed completed ->
                change(
                        plan,
                        booked,
                        "complete",
                        object().put("headCount", completed.headCount()).put("note", completed.note()));
            case PlannedBooking.Cancelled cancelled ->
                change(plan, booked, "cancel", object().put("reason", cancelled.reason()));
            case PlannedBooking.Rescheduled rescheduled ->
                change(
                        plan,
                        booked,
                        "change",
                        object().put("start", rfc3339(rescheduled.start())).put("reason", rescheduled.reason()));
            case PlannedBooking.Reassigned reassigned ->
                change(
                        plan,
                        booked,
                        "change",
                        object().put("lecturerId", reassigned.lecturer().id()).put("reason", reassigned.reason()));
        }
    }

    private void change(PlannedBooking plan, Api.Answer booked, String verb, ObjectNode body) {
        scheduler
                .post(
                        "/bookings/" + booked.json().path("id").asText() + "/" + verb,
                        body,
                        "Idempotency-Key",
                        key(plan, verb),
                        "If-Match",
                        booked.etag())
                .expect(200);
    }

    private String key(PlannedBooking plan, String verb) {
        return "demonstration-%s-%03d-%s".formatted(today, plan.number(), verb);
    }

    /** RFC 3339 requires seconds, which {@code toString} omits. */
    static String rfc3339(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    private static ObjectNode object() {
        return Api.JSON.createObjectNode();
    }

    private static String csv(String registry) {
        try (InputStream file = DemoData.class.getResourceAsStream("/demo/" + registry + ".csv")) {
            if (file == null) {
                throw new IllegalStateException("/demo/" + registry + ".csv is not on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> void inParallel(List<T> items, Consumer<T> action) {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<Object>> tasks = new ArrayList<>();
            for (T item : items) {
                tasks.add(Executors.callable(() -> action.accept(item)));
            }
            for (Future<Object> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while loading the demonstration data", e);
        }
    }
}
