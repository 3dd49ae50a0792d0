package org.lectern.scheduler.booking.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lectern.scheduler.support.Lectures.at;
import static org.lectern.scheduler.support.Lectures.book;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Lectures.key;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.schedule.AvailabilityApi;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.City.Cast;

/** A lecturer is ill: 40 lectures go to 6 substitutes, fairly, in four calls. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class OrganizersMorningTest {

    private static final String BULK = "/api/v1/bookings/bulk";
    private static final int LECTURES = 40;

    @Inject
    City city;

    private int calls;

    private RequestSpecification call() {
        calls++;
        return organizer();
    }

    private static LocalDate monday() {
        return AvailabilityApi.next(java.time.DayOfWeek.MONDAY, day(21));
    }

    /** Four lectures a day on ten working days of two weeks, each at a branch and in a hall of its own. */
    private List<String> lecturesOf(Cast ill) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < LECTURES; i++) {
            UUID branch = city.branch(null, "Asia/Shanghai", false);
            var there = new Cast(ill.lecturer(), ill.topic(), branch, "B-" + branch, city.venue());
            int workday = i / 4;
            ids.add(book(there, monday().plusDays(workday + (workday >= 5 ? 2 : 0)), 8 + 3 * (i % 4)));
        }
        return ids;
    }

    private static Map<String, Object> blackout(LocalDate first, LocalDate last) {
        return Map.of(
                "blackouts", List.of(Map.of("firstDay", first.toString(), "lastDay", last.toString(), "reason", "病假")));
    }

    private static Map<String, Object> selection(Cast ill, Map<String, Object> action) {
        return Map.of(
                "selection",
                Map.of(
                        "lecturerId", ill.lecturer(),
                        "from", at(monday(), 0, 0),
                        "to", at(monday().plusDays(14), 0, 0)),
                "action",
                action);
    }

    private static Map<String, Integer> count(JsonPath changed) {
        Map<String, Integer> count = new HashMap<>();
        changed.<String>getList("changed.lecturer.id").forEach(id -> count.merge(id, 1, Integer::sum));
        return count;
    }

    @Test
    void illLecturer_isReplacedFairlyInFourCalls() {
        Cast ill = city.cast();
        List<String> ids = lecturesOf(ill);
        List<UUID> substitutes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            substitutes.add(city.lecturer(ill.topic()));
        }
        UUID onLeave = city.lecturer(ill.topic());
        AvailabilityApi.availability(onLeave, blackout(monday(), monday().plusDays(13)));
        UUID awayInTheFirstWeek = substitutes.get(0);
        AvailabilityApi.availability(awayInTheFirstWeek, blackout(monday(), monday().plusDays(6)));
        UUID oneADay = substitutes.get(1);
        AvailabilityApi.availability(oneADay, Map.of("limits", Map.of("lecturesPerDay", 1)));
        UUID busyOnMonday = substitutes.get(2);
        UUID elsewhere = city.branch(null, "Asia/Shanghai", false);
        book(new Cast(busyOnMonday, ill.topic(), elsewhere, "", city.venue()), monday(), 8);

        // 1, 2: the lecturer is ill
        String availability = "/api/v1/lecturers/" + ill.lecturer() + "/availability";
        String etag = call().get(availability).then().statusCode(200).extract().header("ETag");
        JsonPath written = call().header("If-Match", etag)
                .body(blackout(monday(), monday().plusDays(13)))
                .put(availability)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        // 3: who could take over
        JsonPath preview = call().body(selection(ill, Map.of("type", "substitute")))
                .post(BULK + "/preview")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        // 4: done
        JsonPath done = call().header("Idempotency-Key", key())
                .body(Map.of("previewToken", preview.getString("previewToken"), "reason", "讲师因病请假"))
                .post(BULK)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(calls).isEqualTo(4);
        assertThat(written.getInt("consequences.count")).isEqualTo(LECTURES);
        assertThat(written.getList("consequences.bookings.id")).isEqualTo(ids);
        assertThat(written.getString("consequences.rules[0].code")).isEqualTo("blackout");
        assertThat(preview.getBoolean("possible")).isTrue();
        assertThat(preview.getInt("changing")).isEqualTo(LECTURES);
        assertThat(preview.getList("unplaced")).isEmpty();
        assertThat(done.getList("changed.id")).isEqualTo(ids);
        Map<String, Integer> count = count(done);
        assertThat(count.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        substitutes.stream().map(UUID::toString).toList());
        int most = count.values().stream().max(Integer::compare).orElseThrow();
        int least = count.values().stream().min(Integer::compare).orElseThrow();
        assertThat(most - least).as("spread %s", count).isLessThanOrEqualTo(1);
        organizer()
                .queryParam("nonconforming", "any")
                .queryParam("lecturerId", awayInTheFirstWeek)
                .get("/api/v1/bookings")
                .then()
                .statusCode(200)
                .body("items", org.hamcrest.Matchers.empty());
    }

    @Test
    void proposal_canBeEdited() {
        Cast ill = city.cast();
        UUID one = city.lecturer(ill.topic());
        UUID other = city.lecturer(ill.topic());
        String first = book(ill, monday(), 9);
        String second = book(ill, monday().plusDays(1), 9);
        String third = book(ill, monday().plusDays(2), 9);
        JsonPath preview = organizer()
                .body(selection(ill, Map.of("type", "substitute", "lecturerIds", Set.of(one))))
                .post(BULK + "/preview")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(preview.<String>getList("items.change.after.lecturer.id")).containsOnly(one.toString());

        Map<String, Object> request = new LinkedHashMap<>();
        request.put("previewToken", preview.getString("previewToken"));
        request.put("reason", "讲师因病请假");
        request.put(
                "choices",
                List.of(
                        Map.of("bookingId", second, "action", Map.of("type", "reassign", "lecturerId", other)),
                        Map.of("bookingId", third, "action", Map.of("type", "leave"))));
        JsonPath done = organizer()
                .header("Idempotency-Key", key())
                .body(request)
                .post(BULK)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(done.getList("changed.id")).isEqualTo(List.of(first, second));
        assertThat(done.getList("changed.lecturer.id")).isEqualTo(List.of(one.toString(), other.toString()));
        assertThat(done.getList("unchanged")).isEqualTo(List.of(third));
    }

    @Test
    void lectureWithoutSubstitute_staysAndIsListed() {
        Cast ill = city.cast();
        UUID only = city.lecturer(ill.topic());
        AvailabilityApi.availability(only, blackout(monday(), monday()));
        String unplaced = book(ill, monday(), 9);
        String placed = book(ill, monday().plusDays(1), 9);

        JsonPath preview = organizer()
                .body(selection(ill, Map.of("type", "substitute")))
                .post(BULK + "/preview")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(preview.getList("unplaced")).isEqualTo(List.of(unplaced));
        assertThat(preview.getList("skipped")).isEqualTo(List.of(unplaced));
        assertThat(preview.getList("items.change.before.id")).isEqualTo(List.of(placed));
        assertThat(preview.getList("shares.bookings")).isEqualTo(List.of(1));
    }

    @Test
    void lecturesAtTheSameTime_goToDifferentPeople() {
        Cast one = city.cast();
        UUID second = city.lecturer(one.topic());
        UUID taker = city.lecturer(one.topic());
        UUID other = city.lecturer(one.topic());
        UUID branch = city.branch(null, "Asia/Shanghai", false);
        String first = book(one, monday(), 9);
        String parallel = book(new Cast(second, one.topic(), branch, "", city.venue()), monday(), 9);
        Map<String, Object> body = Map.of(
                "selection",
                Map.of("bookingIds", List.of(first, parallel)),
                "action",
                Map.of("type", "substitute", "lecturerIds", Set.of(taker, other)));

        JsonPath preview = organizer()
                .body(body)
                .post(BULK + "/preview")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(preview.getBoolean("possible")).isTrue();
        assertThat(new HashSet<>(preview.<String>getList("items.change.after.lecturer.id")))
                .containsExactlyInAnyOrder(taker.toString(), other.toString());
    }

    @Test
    void leaveForAll_changesOnlyWhatIsChosen() {
        Cast ill = city.cast();
        UUID taker = city.lecturer(ill.topic());
        String first = book(ill, monday(), 9);
        String second = book(ill, monday().plusDays(1), 9);
        Map<String, Object> body = new LinkedHashMap<>(selection(ill, Map.of("type", "leave")));
        body.put(
                "choices",
                List.of(Map.of("bookingId", second, "action", Map.of("type", "reassign", "lecturerId", taker))));

        JsonPath preview = organizer()
                .body(body)
                .post(BULK + "/preview")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(preview.getInt("changing")).isEqualTo(1);
        assertThat(preview.getList("skipped")).isEqualTo(List.of(first));
    }

    @Test
    void blackedOutPeople_areNeverNamedAsFree() {
        Cast ill = city.cast();
        UUID away = city.lecturer(ill.topic());
        UUID free = city.lecturer(ill.topic());
        AvailabilityApi.availability(away, blackout(monday(), monday().plusDays(6)));
        book(ill, monday(), 9);

        JsonPath preview = organizer()
                .body(selection(ill, Map.of("type", "cancel")))
                .post(BULK + "/preview")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(preview.getList("items[0].freeLecturers.id")).isEqualTo(List.of(free.toString()));
    }

    @Test
    void preview_isReadPageByPage() {
        Cast ill = city.cast();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(book(ill, monday().plusDays(i), 9));
        }
        List<String> read = new ArrayList<>();
        String cursor = null;
        do {
            RequestSpecification request =
                    organizer().queryParam("limit", 2).body(selection(ill, Map.of("type", "cancel")));
            Response page = (cursor == null ? request : request.queryParam("cursor", cursor)).post(BULK + "/preview");
            JsonPath json = page.then().statusCode(200).extract().jsonPath();
            assertThat(json.getInt("bookings")).isEqualTo(5);
            read.addAll(json.getList("items.change.before.id"));
            cursor = json.getString("nextCursor");
        } while (cursor != null);

        assertThat(read).isEqualTo(ids);
    }
}
