package org.lectern.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Loads the fictional city over the public API. A repeated load completes an interrupted one: imports recognise
 * existing entries, and bookings have the same idempotency keys.
 */
public final class DemoData {

    private static final int AT_ONCE = 4;

    private final Stack stack;
    private final Api scheduler;
    private final LocalDate today;
    private final Map<PlannedBooking, String> ids = new ConcurrentHashMap<>();

    private DemoData(Stack stack, LocalDate today) {
        this.stack = stack;
        scheduler = stack.schedulerAs("organizer");
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
        List<PlannedBooking> around = BookingPlan.around(today, city);
        List<PlannedBooking> planned = new ArrayList<>(around);
        planned.addAll(CampaignPlan.before(today, city, around));
        Endpoints endpoints = new Endpoints(stack.notificationAs("organizer"), city, planned, today);
        inParallel(endpoints.withEmail(), endpoints::add);
        int reached = endpoints.withEmail().size();
        progress.accept("%d branches have an e-mail address, %d have the inbox only"
                .formatted(reached, city.branches().size() - reached));
        String campaign = campaign(city);
        inParallel(planned, plan -> book(plan, CampaignPlan.includes(plan) ? campaign : ""));
        progress.accept("%d bookings made around %s".formatted(planned.size(), today));
        new Situations(scheduler, city, today, new Openings(city, planned)).create(planned);
        Situations.unknownEvent(stack.kafka(), today);
        inParallel(endpoints.acknowledging(planned, today), plan -> endpoints.acknowledge(plan.branch(), id(plan)));
        progress.accept("Requests, holds, a leave and notices that failed are in place");
    }

    private String id(PlannedBooking plan) {
        String id = ids.get(plan);
        if (id == null) {
            throw new IllegalStateException("Not booked: " + plan);
        }
        return id;
    }

    /** Creates the campaign of some bookings. */
    private String campaign(City city) {
        String code = "demonstration-" + today;
        JsonNode known =
                scheduler.get("/campaigns?q=" + code).expect(200).json().path("items");
        if (!known.isEmpty()) {
            return known.get(0).path("id").asText();
        }
        ObjectNode body = object().put("code", code)
                .put("name", "冬季基层宣讲 Winter lectures")
                .put("from", CampaignPlan.from(today).toString())
                .put("until", CampaignPlan.until(today).toString());
        CampaignPlan.TOPICS.forEach(
                topic -> body.withArray("topicIds").add(city.topic(topic).id()));
        ObjectNode targets = body.putObject("targets");
        CampaignPlan.KINDS.forEach(targets.putArray("kinds")::add);
        targets.putArray("exclusions")
                .addObject()
                .put("branchId", city.branch(CampaignPlan.EXCLUDED).id())
                .put("reason", "整村搬迁 The village is being relocated");
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
        ids.put(plan, booked.json().path("id").asText());
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
