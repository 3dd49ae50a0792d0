package org.lectern.scheduler.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lectern.scheduler.support.Lectures.at;
import static org.lectern.scheduler.support.Lectures.change;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Lectures.key;
import static org.lectern.scheduler.support.Lectures.post;
import static org.lectern.scheduler.support.Lectures.with;
import static org.lectern.scheduler.support.Registries.organizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.scheduler.campaign.coverage.CoverageUpdater;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;

/**
 * Simulates whole campaigns and computes coverage after every step in two ways: from the service, and independently
 * from the audit alone.
 */
@Tag("proof")
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class WholeCampaignTest {

    private static final int STEPS = 60;

    @Inject
    City city;

    @Inject
    DataSource database;

    @Inject
    CoverageUpdater keeper;

    private final ObjectMapper json = new ObjectMapper();

    private record Item(String branch, String topic) {}

    /** The test's own figures for one item. */
    private static final class Count {
        int held;
        int booked;
        int acknowledged;
        int told;
        int missed;
        long heads;
        String tier = "";

        String state(int required) {
            return held >= required
                    ? "HELD"
                    : held + acknowledged >= required
                            ? "ACKNOWLEDGED"
                            : held + told >= required
                                    ? "NOTIFIED"
                                    : held + booked >= required ? "BOOKED" : missed > 0 ? "MISSED" : "NOT_PLANNED";
        }
    }

    @ParameterizedTest(name = "seed {0}, {1} lectures per branch")
    @CsvSource({"1, 1", "20260707, 1", "77, 2"})
    void coverageIsWhatTheHistoryOfItsBookingsSaysAfterEveryStep(long seed, int required) throws Exception {
        Random random = new Random(seed);
        Drive drive = new Drive(city, 2, 3);
        Map<String, Object> body = drive.body();
        UUID spared = drive.villages.getLast();
        body.put("lecturesPerBranch", required);
        body.put(
                "targets",
                Map.of(
                        "subtreeOf",
                        List.of(drive.county),
                        "kinds",
                        List.of("village", "township"),
                        "exclusions",
                        List.of(Map.of("branchId", spared, "reason", "整村搬迁"))));
        drive.active(body);
        List<UUID> lecturers =
                List.of(drive.lecturer("provincial"), drive.lecturer("municipal"), drive.lecturer("county"));
        List<UUID> branches = new ArrayList<>(drive.villages);
        branches.addAll(drive.townships);
        int done = 0;
        Map<String, Integer> kinds = new TreeMap<>();
        for (int step = 0; step < STEPS; step++) {
            String what = step(random, drive, lecturers, branches);
            done += what.isEmpty() ? 0 : 1;
            kinds.merge(what, 1, Integer::sum);
            if (random.nextInt(3) == 0) {
                keeper.keep();
            }
            compare(drive, required, spared, branches, "seed " + seed + ", step " + step + " " + what);
        }
        assertThat(done).as("steps that changed something: %s", kinds).isGreaterThan(STEPS / 3);
    }

    /** Attempts one change; returns its name, or empty if it was refused. */
    private String step(Random random, Drive drive, List<UUID> lecturers, List<UUID> branches) throws Exception {
        List<JsonNode> all = bookings(drive);
        int dice = random.nextInt(100);
        if (all.isEmpty() || dice < 35) {
            UUID host = branches.get(random.nextInt(branches.size()));
            Map<String, Object> body = drive.body(
                    lecturers.get(random.nextInt(lecturers.size())),
                    drive.topics.get(random.nextInt(2)),
                    host,
                    random.nextInt(40) - 20,
                    8 + random.nextInt(10));
            if (random.nextInt(4) == 0) {
                UUID guest = branches.get(random.nextInt(branches.size()));
                body.put("guests", List.of(Map.of("branchId", guest)));
            }
            return outcome("book", post("/api/v1/bookings", body), 201);
        }
        JsonNode booking = all.get(random.nextInt(all.size()));
        String path = "/api/v1/bookings/" + booking.path("id").asText();
        int version = booking.path("version").asInt();
        if (dice < 46) {
            boolean only = random.nextBoolean();
            if (only && random.nextInt(3) == 0) {
                bounce(
                        booking.path("id").asText(),
                        booking.path("branch").path("id").asText());
                return "bounce";
            }
            hear(
                    only ? "notice_delivered" : "acknowledgement",
                    booking.path("id").asText(),
                    booking.path("branch").path("id").asText(),
                    version);
            return only ? "tell" : "acknowledge";
        }
        if (dice < 62) {
            boolean held = booking.path("status").asText().equals("COMPLETED");
            Map<String, Object> record = Map.of("headCount", random.nextInt(200));
            return held
                    ? outcome("correct", change(path + "/correct", version, with(record, "reason", "重复统计")), 200)
                    : outcome("complete", change(path + "/complete", version, record), 200);
        }
        if (dice < 72) {
            Map<String, Object> move = Map.of(
                    "start",
                    at(day(random.nextInt(40) - 20), 8 + random.nextInt(10), 30),
                    "reason",
                    "改期",
                    "override",
                    Map.of("reason", "按活动安排"));
            return outcome("reschedule", change(path + "/change", version, move), 200);
        }
        if (dice < 80) {
            return outcome("cancel", change(path + "/cancel", version, Map.of("reason", "台风")), 200);
        }
        if (dice < 86) {
            Map<String, Object> to = Map.of(
                    "lecturerId",
                    lecturers.get(random.nextInt(lecturers.size())),
                    "reason",
                    "换人",
                    "override",
                    Map.of("reason", "按活动安排"));
            return outcome("reassign", change(path + "/change", version, to), 200);
        }
        if (dice < 94 || booking.path("guests").isEmpty()) {
            UUID guest = branches.get(random.nextInt(branches.size()));
            return outcome("join", change(path + "/guests", version, Map.of("branchId", guest)), 200);
        }
        String guest = booking.path("guests").get(0).path("id").asText();
        Response left = organizer()
                .header("Idempotency-Key", key())
                .header("If-Match", "\"" + version + "\"")
                .delete(path + "/guests/" + guest);
        return outcome("leave", left, 200);
    }

    private static String outcome(String what, Response answer, int expected) {
        int status = answer.statusCode();
        assertThat(status).as("%s: %s", what, answer.asString()).isIn(expected, 400, 409);
        return status == expected ? what : "";
    }

    /** The campaign's bookings, from the newest audit entry of each. */
    private List<JsonNode> bookings(Drive drive) throws SQLException, IOException {
        List<JsonNode> states = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("""
                        SELECT DISTINCT ON (subject) cast(state AS text) FROM audit_entry
                        WHERE kind = 'BOOKING' AND state ->> 'campaignId' = ? ORDER BY subject, version DESC""")) {
            query.setString(1, drive.id);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    states.add(json.readTree(row.getString(1)));
                }
            }
        }
        return states;
    }

    /** Records that the host was notified, or acknowledged its version, as the consumer of these events does. */
    private void hear(String table, String booking, String branch, int version) {
        city.run(
                "INSERT INTO " + table + " (booking_id, branch_id, version, at, channel, event_id)"
                        + " VALUES (cast(? AS uuid), cast(? AS uuid), ?, now(), 'inapp', uuidv7()) ON CONFLICT DO NOTHING",
                booking,
                branch,
                version);
    }

    /** Every message that has reached the branch so far bounces. */
    private void bounce(String booking, String branch) {
        city.run(
                "UPDATE notice_delivered SET withdrawn_at = now()"
                        + " WHERE booking_id = cast(? AS uuid) AND branch_id = cast(? AS uuid)",
                booking,
                branch);
    }

    /** True if the last version that the branch must know is recorded, judged by the actions in the history. */
    private boolean heard(String table, String booking, String branch) {
        return city.count("""
                        SELECT count(*) FROM %s a WHERE a.booking_id = cast(? AS uuid)
                        AND a.branch_id = cast(? AS uuid) AND NOT EXISTS (
                            SELECT FROM audit_entry e WHERE e.kind = 'BOOKING' AND e.subject = cast(a.booking_id AS text)
                            AND e.version > a.version AND e.action IN ('CONFIRMED', 'CHANGED', 'CANCELLED'))""".formatted(table), booking, branch) > 0;
    }

    private void compare(Drive drive, int required, UUID spared, List<UUID> branches, String when) throws Exception {
        Map<Item, Count> expected = new HashMap<>();
        for (UUID branch : branches) {
            for (UUID topic : drive.topics) {
                expected.put(new Item(branch.toString(), topic.toString()), new Count());
            }
        }
        for (JsonNode booking : bookings(drive)) {
            List<String> there =
                    new ArrayList<>(List.of(booking.path("branch").path("id").asText()));
            booking.path("guests").forEach(guest -> there.add(guest.path("id").asText()));
            for (String branch : there) {
                Count count = expected.get(
                        new Item(branch, booking.path("topic").path("id").asText()));
                String id = booking.path("id").asText();
                boolean knows = heard("acknowledgement", id, branch);
                boolean told =
                        knows || heard("(SELECT * FROM notice_delivered WHERE withdrawn_at IS NULL)", id, branch);
                count(booking, branch.equals(there.getFirst()), knows, told, count);
            }
        }
        JsonNode coverage = json.readTree(drive.get("/coverage").asString());
        Map<String, Map<String, Integer>> ofTopic = new HashMap<>();
        Map<String, Map<String, Integer>> ofTier = new HashMap<>();
        Map<String, Integer> all = new HashMap<>();
        Map<Item, String> states = new HashMap<>();
        long heads = 0;
        for (var each : expected.entrySet()) {
            boolean excluded = each.getKey().branch().equals(spared.toString());
            String state = excluded ? "EXCLUDED" : each.getValue().state(required);
            states.put(each.getKey(), state);
            all.merge(state, 1, Integer::sum);
            ofTopic.computeIfAbsent(each.getKey().topic(), topic -> new HashMap<>())
                    .merge(state, 1, Integer::sum);
            String tier = excluded || each.getValue().tier.isEmpty()
                    ? ""
                    : each.getValue().tier.substring(1);
            ofTier.computeIfAbsent(tier, key -> new HashMap<>()).merge(state, 1, Integer::sum);
            heads += excluded ? 0 : each.getValue().heads;
        }
        assertThat(states(coverage.path("totals"))).as(when).isEqualTo(all);
        assertThat(coverage.path("totals").path("headCount").asLong()).as(when).isEqualTo(heads);
        for (JsonNode topic : coverage.path("topics")) {
            assertThat(states(topic.path("totals")))
                    .as(when)
                    .isEqualTo(ofTopic.get(topic.path("topic").path("id").asText()));
        }
        assertThat(coverage.path("tiers")).as(when).hasSameSizeAs(ofTier.keySet());
        for (JsonNode tier : coverage.path("tiers")) {
            assertThat(states(tier.path("totals")))
                    .as(when)
                    .isEqualTo(ofTier.get(tier.path("tier").asText("")));
        }
        for (String part : List.of("districts", "kinds", "topics", "tiers")) {
            assertThat(sum(coverage.path(part))).as(when + " " + part).isEqualTo(numbers(coverage.path("totals")));
        }
        int held = 0;
        for (JsonNode day : coverage.path("trend")) {
            held += day.path("held").asInt();
            assertThat(day.path("heldSoFar").asInt()).as(when).isEqualTo(held);
        }
        assertThat(held).as(when).isEqualTo(coverage.path("totals").path("held").asInt());
        for (JsonNode district : coverage.path("districts")) {
            String id = district.path("branch").path("id").asText();
            JsonNode below = json.readTree(drive.get("/coverage?under=" + id).asString());
            assertThat(numbers(below.path("totals"))).as(when).isEqualTo(numbers(district.path("totals")));
            assertThat(sum(below.path("districts"))).as(when).isEqualTo(numbers(district.path("totals")));
        }
        Map<Item, String> listed = new HashMap<>();
        for (JsonNode item :
                json.readTree(drive.get("/coverage/items?limit=200").asString()).path("items")) {
            listed.put(
                    new Item(
                            item.path("branch").path("id").asText(),
                            item.path("topic").path("id").asText()),
                    item.path("state").asText());
        }
        assertThat(listed).as(when).isEqualTo(states);
    }

    private static void count(JsonNode booking, boolean host, boolean knows, boolean told, Count count) {
        Instant end = OffsetDateTime.parse(booking.path("end").asText()).toInstant();
        String rank = "";
        switch (booking.path("status").asText()) {
            case "COMPLETED" -> {
                count.held++;
                count.heads +=
                        host ? booking.path("completion").path("headCount").asLong() : 0;
                rank = "3";
            }
            case "CONFIRMED" -> {
                boolean ahead = end.isAfter(Instant.now());
                count.booked += ahead ? 1 : 0;
                count.acknowledged += ahead && knows ? 1 : 0;
                count.told += ahead && told ? 1 : 0;
                count.missed += ahead ? 0 : 1;
                rank = ahead ? "2" : "1";
            }
            default -> {
                // not an active booking
            }
        }
        String tier = rank + booking.path("lecturer").path("tier").asText();
        if (!rank.isEmpty() && tier.compareTo(count.tier) > 0) {
            count.tier = tier;
        }
    }

    private static final Map<String, String> NAMES = Map.of(
            "notPlanned", "NOT_PLANNED",
            "requested", "REQUESTED",
            "booked", "BOOKED",
            "notified", "NOTIFIED",
            "acknowledged", "ACKNOWLEDGED",
            "held", "HELD",
            "missed", "MISSED",
            "excluded", "EXCLUDED");

    /** The states that occur. */
    private static Map<String, Integer> states(JsonNode totals) {
        Map<String, Integer> states = new HashMap<>();
        NAMES.forEach((field, state) -> {
            if (totals.path(field).asInt() > 0) {
                states.put(state, totals.path(field).asInt());
            }
        });
        return states;
    }

    private static Map<String, Long> numbers(JsonNode totals) {
        Map<String, Long> numbers = new TreeMap<>();
        NAMES.keySet().forEach(field -> numbers.put(field, totals.path(field).asLong()));
        numbers.put("items", totals.path("items").asLong());
        numbers.put("headCount", totals.path("headCount").asLong());
        return numbers;
    }

    private static Map<String, Long> sum(JsonNode parts) {
        Map<String, Long> sum = new TreeMap<>();
        for (JsonNode part : parts) {
            numbers(part.path("totals")).forEach((field, number) -> sum.merge(field, number, Long::sum));
        }
        return sum;
    }
}
