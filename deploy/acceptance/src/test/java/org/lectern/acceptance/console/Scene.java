package org.lectern.acceptance.console;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.lectern.acceptance.Client;

/** Registry data and lectures of one test. All codes begin with its mark, so that a page can be narrowed to them. */
public final class Scene {

    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final Client api;
    private final String base;
    private final String mark;
    private final Entry topic;
    private int next = 1;

    /** An entry of a registry. */
    public record Entry(String id, String code, String name) {}

    public Scene(Client api, String origin) {
        this.api = api;
        base = origin + "/api/v1";
        mark = "K"
                + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36 * 36), 36)
                        .toUpperCase(Locale.ROOT);
        String code = code();
        JsonNode made = api.create(
                base + "/topics",
                json().put("code", code).put("title", "Topic " + code).put("durationMinutes", 90));
        topic = new Entry(made.path("id").asText(), code, "Topic " + code);
    }

    public static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static LocalDate day(int ahead) {
        return LocalDate.now(ZONE).plusDays(ahead);
    }

    public static String at(LocalDate day, String time) {
        return day.atTime(LocalTime.parse(time))
                .atZone(ZONE)
                .toOffsetDateTime()
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    public String mark() {
        return mark;
    }

    public String code() {
        return mark + "-" + next++;
    }

    public Entry topic() {
        return topic;
    }

    /** Lectures on the topic, at any time. */
    public Entry lecturer(String name) {
        ObjectNode body = json().put("tier", "municipal");
        body.putArray("topicIds").add(topic.id());
        return create("lecturers", name, body);
    }

    public Entry branch(String name) {
        return create("branches", name, json().put("kind", "village"));
    }

    public Entry district(String name) {
        return create("branches", name, json().put("kind", "county"));
    }

    public Entry districtOf(Entry district, String name) {
        return create("branches", name, json().put("kind", "county").put("parentId", district.id()));
    }

    public Entry branchOf(Entry district, String name) {
        return create("branches", name, json().put("kind", "village").put("parentId", district.id()));
    }

    public Entry hall(String name) {
        return create("venues", name, json().put("kind", "lecture-hall").put("capacity", 200));
    }

    public Entry roomOf(Entry branch) {
        return create(
                "venues",
                "Room of " + branch.name(),
                json().put("kind", "branch-room").put("branchId", branch.id()).put("capacity", 200));
    }

    /** An entry with its code in its name, unless the name is one of its own. */
    private Entry create(String registry, String name, ObjectNode body) {
        String code = code();
        String full = name.contains(mark) ? name : name + " " + code;
        JsonNode made = api.create(base + "/" + registry, body.put("code", code).put("name", full));
        return new Entry(made.path("id").asText(), code, full);
    }

    public ObjectNode lecture(Entry lecturer, Entry branch, Entry venue, LocalDate day, String time) {
        return json().put("lecturerId", lecturer.id())
                .put("topicId", topic.id())
                .put("branchId", branch.id())
                .put("venueId", venue.id())
                .put("format", "lecture")
                .put("start", at(day, time));
    }

    public Client.Booking book(Entry lecturer, Entry branch, Entry venue, LocalDate day, String time) {
        return api.book(base + "/bookings", lecture(lecturer, branch, venue, day, time));
    }

    public Client.Booking hold(Entry lecturer, Entry branch, Entry venue, LocalDate day, String time) {
        ObjectNode body = lecture(lecturer, branch, venue, day, time);
        body.putObject("hold");
        return api.book(base + "/bookings", body);
    }

    public Client.Booking change(Client.Booking booking, ObjectNode body) {
        return api.change(base + "/bookings/" + booking.id() + "/change", booking, body);
    }

    /** A branch asks for a lecture on the topic within two weeks from this day. */
    public Client.Booking ask(Entry branch, LocalDate from) {
        ObjectNode body = json().put("branchId", branch.id())
                .put("topicId", topic.id())
                .put("format", "lecture")
                .put("note", "After work, please");
        body.putArray("windows")
                .addObject()
                .put("from", at(from, "08:00"))
                .put("until", at(from.plusDays(14), "21:00"));
        return api.book(base + "/requests", body);
    }

    /**
     * Waits until the service has offered what the entries of this scene freed. A new lecturer is time for branches
     * that wait; a request that is made later waits for a person.
     */
    public void offered() {
        Scene probe = new Scene(api, base.substring(0, base.length() - "/api/v1".length()));
        Entry branch = probe.branch("Probe");
        probe.roomOf(branch);
        Client.Booking asked = probe.ask(branch, day(3));
        probe.lecturer("Probe");
        await("the waiting list has seen the newest lecturer")
                .atMost(Duration.ofMinutes(2))
                .until(() -> request(asked.id()).path("status").asText().equals("OFFERED"));
    }

    /** A booking as the API has it now. */
    public JsonNode booking(String id) {
        return api.get(base + "/bookings/" + id);
    }

    public JsonNode request(String id) {
        return api.get(base + "/requests/" + id);
    }

    /** The bookings of a lecturer that still take time. */
    public JsonNode bookingsOf(Entry lecturer) {
        return api.get(base + "/bookings?lecturerId=" + lecturer.id()).path("items");
    }

    /** A campaign that has begun: its topic is to reach the villages of a district. */
    public Entry campaign(Entry district) {
        return campaign(district, "Campaign " + mark);
    }

    /** One with lectures that their lecturers must accept. */
    public Entry campaignToAccept(Entry district) {
        return campaign(district, "Campaign " + mark, true);
    }

    public Entry campaign(Entry district, String name) {
        return campaign(district, name, false);
    }

    private Entry campaign(Entry district, String name, boolean accept) {
        String code = code();
        ObjectNode body = json().put("code", code)
                .put("name", name)
                .put("from", day(-5).toString())
                .put("until", day(30).toString());
        body.putArray("topicIds").add(topic.id());
        ObjectNode targets = body.putObject("targets");
        targets.putArray("subtreeOf").add(district.id());
        targets.putArray("kinds").add("village");
        if (accept) {
            body.putObject("lecturerAnswer").put("policy", "REQUIRED");
        }
        String id = api.create(base + "/campaigns", body).path("id").asText();
        String path = base + "/campaigns/" + id;
        api.change(path + "/activate", api.read(path), json());
        return new Entry(id, code, name);
    }

    /** Lecturers with one lecture each on this day, for pages that must not draw all of them. */
    public void crowd(int size, LocalDate day) {
        String branch = code();
        api.create(
                base + "/branches",
                json().put("code", branch)
                        .put("name", "Square " + branch)
                        .put("kind", "village")
                        .put("parallel", true));
        StringBuilder lecturers = new StringBuilder("code,name,tier,topics\n");
        StringBuilder lectures = new StringBuilder("lecturer,topic,branch,format,start,end,joinLink\n");
        for (int i = 1; i <= size; i++) {
            String code = "%s-C%03d".formatted(mark, i);
            lecturers.append("%s,Person %03d,municipal,%s\n".formatted(code, i, topic.code()));
            lectures.append("%s,%s,%s,broadcast,%s,%s,https://live.example.org/%d\n"
                    .formatted(code, topic.code(), branch, at(day, "10:00"), at(day, "11:30"), i));
        }
        api.importCsv(base + "/lecturers/import?dryRun=false", lecturers.toString());
        api.importCsv(base + "/bookings/import?dryRun=false", lectures.toString());
    }

    public Client api() {
        return api;
    }

    public String base() {
        return base;
    }
}
