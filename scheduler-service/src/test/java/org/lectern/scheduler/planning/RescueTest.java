package org.lectern.scheduler.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.lectern.scheduler.planning.PlanApi.act;
import static org.lectern.scheduler.planning.PlanApi.ended;
import static org.lectern.scheduler.planning.PlanApi.items;
import static org.lectern.scheduler.planning.PlanApi.plan;
import static org.lectern.scheduler.planning.PlanApi.planned;
import static org.lectern.scheduler.planning.PlanApi.request;
import static org.lectern.scheduler.support.Lectures.at;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Lectures.lecture;
import static org.lectern.scheduler.support.Lectures.post;
import static org.lectern.scheduler.support.Lectures.with;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.campaign.Drive;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.City.Cast;

/** A rescue changes the concerned bookings, and others only where they make room. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class RescueTest {

    private static final LocalDate DAY = day(20);

    @Inject
    City city;

    private final Map<UUID, UUID> rooms = new HashMap<>();
    private Drive drive;
    private UUID ill;
    private UUID well;

    @BeforeEach
    void campaign() {
        drive = new Drive(city, 1, 2);
        ill = drive.lecturer("municipal");
        well = drive.lecturer("municipal");
        // in the far north, where no other test has a hall
        double south = 70 + 15 * Math.random();
        double west = -170 + 340 * Math.random();
        drive.villages.forEach(village -> city.place("branch", village, south, west));
    }

    /** The hours of a village's room on each day of the week; outside of them nothing can be there. */
    private void room(int village, int... hours) {
        UUID room = city.venue();
        rooms.put(drive.villages.get(village), room);
        city.run(
                "UPDATE venue SET kind = 'branch-room', branch_id = ? WHERE id = ?", drive.villages.get(village), room);
        StringBuilder weekly = new StringBuilder();
        for (int weekday = 0; weekday < 7; weekday++) {
            for (int hour : hours) {
                int from = weekday * 24 * 60 + hour * 60;
                weekly.append(weekly.isEmpty() ? "" : ",")
                        .append('[')
                        .append(from)
                        .append(',')
                        .append(from + 60)
                        .append(')');
            }
        }
        city.run(
                "INSERT INTO venue_hours (venue_id, version, zone, weekly, updated_at)"
                        + " VALUES (?, 2, 'Asia/Shanghai', cast(? AS int4multirange), now())",
                room,
                "{" + weekly + "}");
    }

    private void active() {
        Map<String, Object> body = drive.body();
        body.put("from", DAY.toString());
        body.put("until", DAY.toString());
        drive.active(body);
    }

    private String book(UUID lecturer, int village, int hour) {
        UUID branch = drive.villages.get(village);
        Cast cast = new Cast(lecturer, drive.topics.getFirst(), branch, "", rooms.get(branch));
        Map<String, Object> body = with(lecture(cast, at(DAY, hour, 0), at(DAY, hour + 1, 0)), "campaignId", drive.id);
        return post("/api/v1/bookings", body).then().statusCode(201).extract().path("id");
    }

    private String rescue() {
        Map<String, Object> rescue = request(UUID.fromString(drive.id), 5);
        rescue.put("purpose", "RESCUE");
        rescue.put("name", "讲师生病");
        rescue.put("from", DAY.toString());
        rescue.put("gone", List.of(Map.of("lecturerId", ill, "from", DAY.toString(), "until", DAY.toString())));
        return planned(rescue);
    }

    private static List<?> before(List<Map<String, Object>> items, String member) {
        return items.stream()
                .map(item -> ((Map<?, ?>) item.get("before")).get(member))
                .toList();
    }

    private long version(String booking) {
        return city.count("SELECT version FROM booking WHERE id = cast(? AS uuid)", booking);
    }

    private void assertBooked(String booking, UUID lecturer, int hour) {
        assertThat(city.count(
                        "SELECT count(*) FROM booking WHERE id = cast(? AS uuid) AND lecturer_id = ?"
                                + " AND starts_at = cast(? AS timestamptz)",
                        booking,
                        lecturer,
                        at(DAY, hour, 0)))
                .as(booking)
                .isEqualTo(1);
    }

    @Test
    void otherBooking_movesWhereItAloneMakesRoom() {
        room(0, 9);
        room(1, 9, 14);
        room(2, 9, 10, 16);
        active();
        String lost = book(ill, 0, 9);
        String inTheWay = book(well, 1, 9);
        String apart = book(well, 2, 16);
        String id = rescue();
        List<Map<String, Object>> items = items(id, "");
        assertThat(before(items, "bookingId")).isEqualTo(List.of(lost, inTheWay));
        assertThat(before(items, "makesRoom")).isEqualTo(List.of(false, true));
        organizer()
                .post("/api/v1/plans/" + id + "/check")
                .then()
                .statusCode(200)
                .body("refusals", empty());
        act(id, "publish", Map.of()).then().statusCode(200);
        assertThat(ended(id).getString("state")).isEqualTo("PUBLISHED");
        assertBooked(lost, well, 9);
        assertBooked(inTheWay, well, 14);
        assertThat(version(lost)).as("one change, one notice").isEqualTo(2);
        assertThat(version(inTheWay)).isEqualTo(2);
        assertThat(version(apart)).isEqualTo(1);
    }

    @Test
    void otherBooking_staysWhileTheLostOneFindsRoom() {
        room(0, 9, 11);
        room(1, 9, 14);
        active();
        String lost = book(ill, 0, 9);
        String other = book(well, 1, 9);
        String id = rescue();
        assertThat(items(id, "")).hasSize(1);
        act(id, "publish", Map.of()).then().statusCode(200);
        assertThat(ended(id).getString("state")).isEqualTo("PUBLISHED");
        assertBooked(lost, well, 11);
        assertThat(version(other)).isEqualTo(1);
    }

    @Test
    void excludedOtherBooking_staysAndTheLostOneIsLeftOut() {
        room(0, 9);
        room(1, 9, 14);
        active();
        String lost = book(ill, 0, 9);
        String other = book(well, 1, 9);
        String id = rescue();
        assertThat(items(id, "")).hasSize(2);
        act(id, "edit", Map.of("changes", List.of(Map.of("number", 1, "action", "EXCLUDE"))))
                .then()
                .statusCode(200);
        act(id, "replan", Map.of("seconds", 5)).then().statusCode(200);
        ended(id);
        assertThat(items(id, "&state=LEFT_OUT")).hasSize(1);
        assertThat(items(id, "&state=EXCLUDED")).hasSize(1);
        assertThat(plan(id).getInt("coverage.changed")).isZero();
        assertThat(version(lost)).isEqualTo(1);
        assertThat(version(other)).isEqualTo(1);
    }

    @Test
    void pinnedReplacement_isKeptByANewSearch() {
        room(0, 9, 11, 15);
        room(1, 14);
        active();
        book(ill, 0, 9);
        book(well, 1, 14);
        String id = rescue();
        act(id, "edit", Map.of("changes", List.of(Map.of("number", 0, "action", "MOVE", "start", at(DAY, 11, 0)))))
                .then()
                .statusCode(200);
        act(id, "replan", Map.of("seconds", 5)).then().statusCode(200);
        ended(id);
        Map<String, Object> item = items(id, "").getFirst();
        assertThat(item).containsEntry("pinned", true).containsEntry("start", at(DAY, 11, 0));
    }

    @Test
    void lecturerAndVenueInOneEntry_areRefusedWithAWayOut() {
        room(0, 9);
        active();
        Map<String, Object> rescue = request(UUID.fromString(drive.id), 1);
        rescue.put("purpose", "RESCUE");
        rescue.put(
                "gone",
                List.of(Map.of(
                        "lecturerId", ill,
                        "venueId", rooms.get(drive.villages.getFirst()),
                        "from", DAY.toString(),
                        "until", DAY.toString())));
        post("/api/v1/plans", rescue)
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/gone/0/venueId"))
                .body("status", equalTo(400));
    }
}
