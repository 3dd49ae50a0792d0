package org.lectern.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What an organizer finds beside the bookings on the pages of the console: a series, holds that expire soon, a lecturer
 * on leave, requests, a renamed hall, a holiday; and for operators an event of an unknown type. All days are relative
 * to today.
 */
final class Situations {

    private static final String ON_LEAVE = "L-003";
    private static final int DAYS_OF_LEAVE = 10;
    private static final List<Integer> LECTURES_IN_LEAVE = List.of(1, 2, 4, 6, 8);
    private static final String HOLD_NOTE = "等待单位回复 Waits for an answer of the branch";
    private static final List<Duration> HOLDS_END =
            List.of(Duration.ofMinutes(20), Duration.ofMinutes(55), Duration.ofHours(6));
    private static final Duration OFFER_ENDS = Duration.ofHours(3);
    private static final String RENAMED = "·新馆 New Building";
    private static final int WEEKS = 6;
    /** Later than every booking of the demonstration, except those of the series. */
    private static final int HOLIDAY_AHEAD = 33;

    private static final int HOLIDAY_BEFORE = 40;

    private final Api scheduler;
    private final City city;
    private final LocalDate today;
    private final Openings openings;

    /** A request of a branch for a topic, within hours of some days. */
    private record Wish(
            String name,
            City.Branch branch,
            String topic,
            int firstDay,
            int lastDay,
            LocalTime from,
            LocalTime until,
            String note) {}

    Situations(Api scheduler, City city, LocalDate today, Openings openings) {
        this.scheduler = scheduler;
        this.city = city;
        this.today = today;
        this.openings = openings;
    }

    void create(List<PlannedBooking> planned) {
        series();
        jointLecture();
        leave();
        holds();
        requests(planned);
        renamedHall(planned);
        holiday(today.plusDays(HOLIDAY_AHEAD), "演示假日 Demonstration holiday");
        holiday(today.minusDays(HOLIDAY_BEFORE), "上次演示假日 Former demonstration holiday");
    }

    /** A law course of six weeks at one branch, on the weekday after tomorrow. */
    private void series() {
        LocalDate[] days = new LocalDate[WEEKS];
        for (int i = 0; i < WEEKS; i++) {
            days[i] = today.plusDays(2 + 7L * i);
        }
        City.Topic topic = city.topic("law");
        Openings.Host host = openings.host(days);
        ObjectNode body = object().put(
                        "lecturerId", openings.lecturer(topic, days).id())
                .put("topicId", topic.id())
                .put("branchId", host.branch().id())
                .put("venueId", host.room().id())
                .put("format", "lecture")
                .put("startTime", "16:30")
                .put("expectedHeadCount", host.headCount())
                .put("note", "六周普法课 A law course of six weeks");
        body.putObject("weekly")
                .put("from", days[0].toString())
                .put("interval", 1)
                .put("count", WEEKS);
        post("/series", body, "series").expect(201);
    }

    /** Three branches attend one lecture in a public hall. */
    private void jointLecture() {
        LocalDate day = today.plusDays(3);
        City.Topic topic = city.topic("science");
        ObjectNode body = lecture(
                openings.lecturer(topic, day),
                topic,
                openings.branch(branch -> branch.kind().equals("college"), day),
                openings.hall(day),
                day,
                LocalTime.of(14, 30));
        body.put("expectedHeadCount", 80);
        var guests = body.putArray("guests");
        for (int i = 0; i < 2; i++) {
            guests.addObject()
                    .put(
                            "branchId",
                            openings.branch(branch -> branch.kind().equals("community"), day)
                                    .id())
                    .put("expectedHeadCount", 30);
        }
        post("/bookings", body, "joint").expect(201);
    }

    /** A lecturer has fallen ill, and lectures in the days of the leave are still booked. */
    private void leave() {
        City.Lecturer lecturer = city.lecturer(ON_LEAVE);
        List<City.Topic> topics = city.topics().stream()
                .filter(topic -> lecturer.topicIds().contains(topic.id()))
                .toList();
        for (int i = 0; i < LECTURES_IN_LEAVE.size(); i++) {
            LocalDate day = today.plusDays(LECTURES_IN_LEAVE.get(i));
            if (openings.take(day, lecturer.id())) {
                Openings.Host host = openings.host(day);
                ObjectNode body = lecture(
                        lecturer, topics.get(i % topics.size()), host.branch(), host.room(), day, LocalTime.of(9, 30));
                post("/bookings", body.put("expectedHeadCount", host.headCount()), "leave-" + i)
                        .expect(201);
            }
        }
        String path = "/lecturers/" + lecturer.id() + "/availability";
        Api.Answer known = scheduler.get(path).expect(200);
        if (known.json().path("blackouts").isEmpty()) {
            ObjectNode body = object();
            body.putArray("blackouts")
                    .addObject()
                    .put("firstDay", today.plusDays(1).toString())
                    .put("lastDay", today.plusDays(DAYS_OF_LEAVE).toString())
                    .put("reason", "因病住院 In hospital");
            scheduler.put(path, body, "If-Match", known.etag()).expect(200);
        }
    }

    /** Slots that are held and expire soon, unless an organizer confirms or extends them. */
    private void holds() {
        for (JsonNode held : scheduler.all("/bookings?status=HELD&from=" + midnight(today))) {
            if (held.path("note").asText().equals(HOLD_NOTE)) {
                return; // an interrupted load got this far
            }
        }
        City.Topic topic = city.topic("family");
        for (int i = 0; i < HOLDS_END.size(); i++) {
            LocalDate day = today.plusDays(1L + i);
            Openings.Host host = openings.host(day);
            ObjectNode body = lecture(
                            openings.lecturer(topic, day), topic, host.branch(), host.room(), day, LocalTime.of(10, 30))
                    .put("expectedHeadCount", host.headCount())
                    .put("note", HOLD_NOTE);
            body.putObject("hold").put("expiresAt", after(HOLDS_END.get(i)));
            post("/bookings", body, "hold-" + i + "-" + UUID.randomUUID()).expect(201);
        }
    }

    private void requests(List<PlannedBooking> planned) {
        LocalTime morning = LocalTime.of(8, 0);
        LocalTime night = LocalTime.of(21, 0);
        LocalTime evening = LocalTime.of(19, 0);
        String wanted = "最好请罗锦程老师 With Luo Jincheng, if possible";
        City.Branch lagging = unvisited("spirit", planned, 0);
        City.Branch remote = unvisited("rural", planned, 1);
        List<Wish> wishes = List.of(
                new Wish("spirit", lagging, "spirit", 8, 22, morning, night, "希望结合本村产业 About our own trade, please"),
                new Wish("rural", remote, "rural", 8, 20, morning, night, "村民晚上才有空 Villagers are free in the evening"),
                new Wish("science-1", city.branch("U-004"), "science", 11, 11, evening, night, wanted),
                new Wish("science-2", city.branch("C-016"), "science", 11, 11, evening, night, wanted),
                new Wish("safety", city.branch("E-010"), "safety", 9, 30, evening, night, "夜班前 Before the night shift"),
                new Wish(
                        "health",
                        city.branch("C-025"),
                        "health",
                        10,
                        40,
                        morning,
                        night,
                        "以老年居民为主 Mostly elderly people"),
                new Wish(
                        "history",
                        city.branch("H-004"),
                        "history",
                        12,
                        12,
                        morning,
                        night,
                        "县文化周 For the culture week"),
                new Wish("fraud", city.branch("G-005"), "fraud", 9, 9, morning, evening, "只有这一天 This day only"));
        for (Wish wish : wishes) {
            JsonNode asked = ask(wish);
            Api.Answer now =
                    scheduler.get("/requests/" + asked.path("id").asText()).expect(200);
            if (now.json().path("status").asText().equals("WAITING")) {
                answer(wish, now);
            }
        }
    }

    private JsonNode ask(Wish wish) {
        ObjectNode body = object().put("topicId", city.topic(wish.topic()).id())
                .put("branchId", wish.branch().id())
                .put("expectedHeadCount", Math.min(60, wish.branch().headCount()))
                .put("note", wish.note());
        body.putArray("windows")
                .addObject()
                .put("from", at(today.plusDays(wish.firstDay()), wish.from()))
                .put("until", at(today.plusDays(wish.lastDay()), wish.until()));
        return post("/requests", body, "ask-" + wish.name()).expect(201).json();
    }

    /** One request is offered a slot, one is refused, the others wait. */
    private void answer(Wish wish, Api.Answer asked) {
        String path = "/requests/" + asked.json().path("id").asText();
        LocalDate day = today.plusDays(wish.firstDay());
        switch (wish.name()) {
            case "history" -> {
                ObjectNode body = object().put(
                                "lecturerId",
                                openings.lecturer(city.topic(wish.topic()), day).id())
                        .put("venueId", openings.hall(day).id())
                        .put("format", "lecture")
                        .put("start", at(day, LocalTime.of(14, 0)))
                        .put("expiresAt", after(OFFER_ENDS));
                post(path + "/offer", body, "offer-" + UUID.randomUUID(), "If-Match", asked.etag())
                        .expect(200);
            }
            case "fraud" ->
                post(
                                path + "/refuse",
                                object().put(
                                                "reason",
                                                "当天讲师已排满，请改报其他日期 All lecturers are booked on that day; please ask for another one"),
                                "refuse",
                                "If-Match",
                                asked.etag())
                        .expect(200);
            default -> {
                // waits
            }
        }
    }

    /** The last targets of the campaign without a lecture on the topic. */
    private City.Branch unvisited(String topic, List<PlannedBooking> planned, int skipped) {
        return city.branches().reversed().stream()
                .filter(CampaignPlan::isTarget)
                .filter(branch -> planned.stream()
                        .noneMatch(booking -> booking.branch().equals(branch)
                                && booking.topic().code().equals(topic)))
                .skip(skipped)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Every target has a lecture on " + topic));
    }

    /** A hall got another name after branches were notified of lectures there. */
    private void renamedHall(List<PlannedBooking> planned) {
        City.Venue hall = hallInUse(planned);
        Api.Answer known = scheduler.get("/venues/" + hall.id()).expect(200);
        String name = hall.name().endsWith(RENAMED) ? hall.name() : hall.name() + RENAMED;
        ObjectNode body = known.json().deepCopy();
        body.retain("code", "kind", "capacity", "place");
        scheduler
                .put("/venues/" + hall.id(), body.put("name", name), "If-Match", known.etag())
                .expect(200);
    }

    private City.Venue hallInUse(List<PlannedBooking> planned) {
        for (PlannedBooking booking : planned) {
            City.Venue venue = booking.venue();
            if (venue != null
                    && venue.branchId() == null
                    && booking.start().toLocalDate().isAfter(today)
                    && booking.fate() instanceof PlannedBooking.Stands) {
                return venue;
            }
        }
        throw new IllegalStateException("No lecture in a public hall is planned");
    }

    private void holiday(LocalDate day, String name) {
        String path = "/calendar/" + day.getYear();
        Api.Answer known = scheduler.get(path).expect(200);
        ObjectNode body = object().put("announced", true);
        var days = body.putArray("days");
        for (JsonNode other : known.json().path("days")) {
            if (!other.path("date").asText().equals(day.toString())) {
                days.add(other);
            }
        }
        days.addObject().put("date", day.toString()).put("name", name).put("isOffDay", true);
        scheduler.put(path, body, "If-Match", known.etag()).expect(200);
    }

    /** An event as a later version could send it: the notification service sets it aside until an operator decides. */
    static void unknownEvent(String kafka, LocalDate today) {
        String subject = UUID.nameUUIDFromBytes(("demonstration " + today).getBytes(StandardCharsets.UTF_8))
                .toString();
        var event = new ProducerRecord<>(
                "lectern.bookings", subject, "{\"subject\": \"" + subject + "\", \"room\": \"A-102\"}");
        Map.of(
                        "ce_specversion", "1.0",
                        "ce_source", "/lectern/scheduler",
                        "ce_type", "lectern.booking.relocated.v2",
                        "ce_id", subject,
                        "ce_subject", subject,
                        "ce_sequence", "1",
                        "ce_incarnation", subject,
                        "ce_time", Instant.now().toString(),
                        "content-type", "application/json")
                .forEach((name, value) -> event.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try (var producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(event).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka did not take the event", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending an event", e);
        }
    }

    private static ObjectNode lecture(
            City.Lecturer lecturer,
            City.Topic topic,
            City.Branch branch,
            City.Venue venue,
            LocalDate day,
            LocalTime time) {
        return object().put("lecturerId", lecturer.id())
                .put("topicId", topic.id())
                .put("branchId", branch.id())
                .put("venueId", venue.id())
                .put("format", "lecture")
                .put("start", at(day, time));
    }

    private Api.Answer post(String path, ObjectNode body, String name, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Idempotency-Key";
        all[1] = "demonstration-" + today + "-" + name;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return scheduler.post(path, body, all);
    }

    private static ObjectNode object() {
        return Api.JSON.createObjectNode();
    }

    private static String at(LocalDate day, LocalTime time) {
        return DemoData.rfc3339(day.atTime(time).atZone(BookingPlan.ZONE).toOffsetDateTime());
    }

    private static String midnight(LocalDate day) {
        return day.atStartOfDay(BookingPlan.ZONE).toInstant().toString();
    }

    private static String after(Duration time) {
        return DemoData.rfc3339(Instant.now().plus(time).atOffset(ZoneOffset.UTC));
    }
}
