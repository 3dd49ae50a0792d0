package org.lectern.scheduler.campaign.suggestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.lectern.scheduler.support.Lectures.book;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Lectures.post;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.campaign.Drive;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.City.Cast;

/** Suggestions for the next bookings, and booking them in one call. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class SuggestionTest {

    @Inject
    City city;

    /** A campaign with a room in every village and no lectures yet. */
    private Drive drive(Map<String, Object> more) {
        Drive drive = new Drive(city, 1, 2);
        drive.villages.forEach(village -> city.run(
                "INSERT INTO venue (id, version, code, name, kind, branch_id, capacity, created_at, updated_at)"
                        + " VALUES (uuidv7(), 1, ?, '村文化室', 'branch-room', ?, 80, now(), now())",
                "R-" + village,
                village));
        Map<String, Object> body = drive.body();
        body.putAll(more);
        return drive.active(body);
    }

    private static List<Map<String, Object>> suggested(Drive drive, int limit) {
        List<Map<String, Map<String, Object>>> items = drive.get("/suggestions?limit=" + limit)
                .then()
                .statusCode(200)
                .extract()
                .path("items");
        List<Map<String, Object>> chosen = new ArrayList<>();
        for (Map<String, Map<String, Object>> item : items) {
            Map<String, Object> body = new HashMap<>();
            body.put("branchId", item.get("branch").get("id"));
            body.put("topicId", item.get("topic").get("id"));
            body.put("lecturerId", item.get("lecturer").get("id"));
            body.put("venueId", item.get("venue").get("id"));
            for (String same : List.of("format", "start", "end")) {
                body.put(same, ((Map<?, ?>) item).get(same));
            }
            chosen.add(body);
        }
        return chosen;
    }

    @Test
    void uncoveredItems_areSuggestedByPriority() {
        Drive drive = drive(Map.of());
        Map<String, Object> targets =
                new HashMap<>(Map.of("subtreeOf", List.of(drive.county), "kinds", List.of("village")));
        targets.put("priorityBranchIds", List.of(drive.villages.getLast()));
        Map<String, Object> body = drive.body();
        body.put("targets", targets);
        drive.active(body);
        UUID one = drive.lecturer("municipal");
        UUID other = drive.lecturer("municipal");
        drive.book(one, drive.topics.getFirst(), drive.villages.getFirst(), 3, 9);

        drive.get("/suggestions?limit=5")
                .then()
                .statusCode(200)
                .body("items", hasSize(3))
                .body("items[0].branch.id", equalTo(drive.villages.getLast().toString()))
                .body("items[0].reasons.reason", hasItems("priority", "uncovered", "fair-share"))
                .body("items[0].lecturer.id", equalTo(other.toString()));
        List<Map<String, Object>> chosen = suggested(drive, 5);
        String path = "/api/v1/campaigns/" + drive.id + "/suggestions/book";
        organizer()
                .queryParam("dryRun", true)
                .body(Map.of("items", chosen))
                .post(path)
                .then()
                .statusCode(200)
                .body("dryRun", equalTo(true), "booked", equalTo(3));
        drive.get("/coverage").then().body("totals.booked", equalTo(1));

        post(path, Map.of("items", chosen))
                .then()
                .statusCode(200)
                .body("dryRun", equalTo(false), "booked", equalTo(3))
                .body("items[0].campaignId", equalTo(drive.id));

        drive.get("/coverage").then().body("totals.booked", equalTo(4), "totals.notPlanned", equalTo(0));
        drive.get("/suggestions").then().body("items", hasSize(0), "withoutLecturer", hasSize(0));
    }

    @Test
    void oneImpossibleSuggestion_booksNone() {
        Drive drive = drive(Map.of());
        drive.lecturer("municipal");
        drive.lecturer("municipal");
        List<Map<String, Object>> chosen = suggested(drive, 2);
        assertThat(chosen).hasSize(2);
        Map<String, Object> thief = new HashMap<>(chosen.get(1));
        thief.put("branchId", city.branch(null, "Asia/Shanghai", false));
        thief.put("venueId", city.venue());
        post("/api/v1/bookings", thief).then().statusCode(201);

        post("/api/v1/campaigns/" + drive.id + "/suggestions/book", Map.of("items", chosen))
                .then()
                .statusCode(409)
                .body("code", equalTo("suggestions-refused"))
                .body("errors.pointer", contains("/items/1"))
                .body("refused.index", contains(1), "refused[0].conflicts[0].resource", equalTo("lecturer"));

        drive.get("/coverage").then().body("totals.booked", equalTo(0));
    }

    @Test
    void suggestions_keepTiersAndListUnavailableItems() {
        Drive drive = drive(Map.of("tiers", List.of("provincial")));
        drive.lecturer("municipal");

        drive.get("/suggestions?limit=2")
                .then()
                .statusCode(200)
                .body("items", hasSize(0), "withoutLecturer", hasSize(4));
        UUID right = drive.lecturer("provincial");
        drive.get("/suggestions?limit=2")
                .then()
                .body("items", hasSize(2))
                .body("items[0].lecturer.id", equalTo(right.toString()));
        drive.get("/suggestions?format=nonsense").then().statusCode(400);
    }

    @Test
    void theIntervalIsKeptAlsoBetweenSuggestions() {
        Drive drive = drive(Map.of("lecturesPerBranch", 2, "minIntervalDays", 5));
        UUID lecturer = drive.lecturer("municipal");
        drive.book(lecturer, drive.topics.getFirst(), drive.villages.getFirst(), 4, 9);

        List<Map<String, Object>> chosen = suggested(drive, 5);

        Set<String> near = new HashSet<>();
        for (int i = 0; i <= 8; i++) {
            near.add(day(i).toString());
        }
        assertThat(chosen)
                .filteredOn(each ->
                        each.get("branchId").equals(drive.villages.getFirst().toString()))
                .allSatisfy(each -> assertThat(near)
                        .doesNotContain(each.get("start").toString().substring(0, 10)));
        post("/api/v1/campaigns/" + drive.id + "/suggestions/book", Map.of("items", chosen))
                .then()
                .statusCode(200);
    }

    private void limits(UUID lecturer, Integer perDay, Integer perWeek, String zone) {
        city.run(
                "INSERT INTO lecturer_availability (lecturer_id, version, zone, weekly, lectures_per_day,"
                        + " lectures_per_week, notice_hours, updated_at)"
                        + " VALUES (?, 2, ?, '{}', cast(? AS integer), cast(? AS integer), 0, now())",
                lecturer,
                zone,
                perDay,
                perWeek);
    }

    @Test
    void weeklyLimit_isKeptByAWholeBatch() {
        Drive drive = drive(Map.of("lecturesPerBranch", 2));
        // in one of the zones the weeks begin and end on other days than those of the campaign
        limits(drive.lecturer("municipal"), null, 1, "Asia/Shanghai");
        limits(drive.lecturer("municipal"), 1, 1, "America/Los_Angeles");
        for (int batch = 1; batch <= 2; batch++) {
            List<Map<String, Object>> chosen = suggested(drive, 8);
            assertThat(chosen).as("batch %d", batch).hasSizeGreaterThan(1);
            post("/api/v1/campaigns/" + drive.id + "/suggestions/book", Map.of("items", chosen))
                    .then()
                    .statusCode(200)
                    .body("booked", equalTo(chosen.size()));
        }
    }

    @Test
    void longWay_isKeptByAWholeBatch() {
        Drive drive = drive(Map.of());
        drive.lecturer("municipal");
        // from one village to another takes longer than a night
        for (int i = 0; i < drive.villages.size(); i++) {
            city.place("branch", drive.villages.get(i), 20.0 + 12 * i, 100.0 + 12 * i);
        }

        List<Map<String, Object>> chosen = suggested(drive, 4);

        assertThat(chosen).hasSizeGreaterThan(1);
        post("/api/v1/campaigns/" + drive.id + "/suggestions/book", Map.of("items", chosen))
                .then()
                .statusCode(200)
                .body("booked", equalTo(chosen.size()));
    }

    @Test
    void lecturerWithoutLimit_isSuggestedForFourLecturesADay() {
        Drive drive = drive(Map.of("from", day(5).toString(), "until", day(5).toString()));
        UUID lecturer = drive.lecturer("municipal");
        for (int hour : List.of(9, 11, 13)) {
            elsewhere(lecturer, drive.topics.getFirst(), hour);
        }
        assertThat(suggested(drive, 1)).hasSize(1);
        elsewhere(lecturer, drive.topics.getFirst(), 15);
        assertThat(suggested(drive, 1)).isEmpty();
        limits(lecturer, 5, null, "Asia/Shanghai");
        assertThat(suggested(drive, 1)).hasSize(1);
    }

    private void elsewhere(UUID lecturer, UUID topic, int hour) {
        Cast cast = new Cast(lecturer, topic, city.branch(null, "Asia/Shanghai", false), "", city.venue());
        book(cast, day(5), hour);
    }
}
