package org.lectern.scheduler.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.lectern.scheduler.planning.PlanApi.act;
import static org.lectern.scheduler.planning.PlanApi.ended;
import static org.lectern.scheduler.planning.PlanApi.items;
import static org.lectern.scheduler.planning.PlanApi.plan;
import static org.lectern.scheduler.planning.PlanApi.planned;
import static org.lectern.scheduler.planning.PlanApi.request;
import static org.lectern.scheduler.support.Lectures.post;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;

/** Publishing holds every slot, then confirms; a refusal leaves nothing behind. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class PublicationTest {

    @Inject
    City city;

    private long bookings(UUID campaign, String condition) {
        return city.count("SELECT count(*) FROM booking WHERE campaign_id = ? AND " + condition, campaign);
    }

    @SuppressWarnings("unchecked")
    private static String id(Map<String, Object> item, String member) {
        return (String) ((Map<String, Object>) item.get(member)).get("id");
    }

    @Test
    void quietDatabase_refusesNothing() {
        for (long seed = 201; seed <= 204; seed++) {
            RandomTown town = new RandomTown(city, seed, 14, 5, 7);
            UUID campaign = town.campaign(seed % 2 == 0 ? 3 : 0, List.of());
            Map<String, Object> request = request(campaign, 1);
            request.put("headCounts", seed % 2 == 0);
            request.put("format", seed % 2 == 0 ? "field-class" : "lecture");
            if (seed == 203) {
                request.put("guests", Map.of("most", 2, "minutes", 60));
            }
            String id = planned(request);
            int placed = plan(id).getInt("coverage.placed");
            int guests = plan(id).getInt("coverage.guests");
            assertThat(placed).isGreaterThan(5);
            organizer()
                    .post("/api/v1/plans/" + id + "/check")
                    .then()
                    .statusCode(200)
                    .body("refusals", empty())
                    .body("lectures", equalTo(placed - guests));
            assertThat(bookings(campaign, "true")).isZero();
            act(id, "publish", Map.of()).then().statusCode(200).body("state", equalTo("PUBLISHING"));
            JsonPath published = ended(id);
            assertThat(published.getString("state")).isEqualTo("PUBLISHED");
            assertThat(published.getString("publication.outcome")).isEqualTo("PUBLISHED");
            assertThat(published.getInt("coverage.refused")).isZero();
            assertThat(bookings(campaign, "status = 'CONFIRMED'")).isEqualTo(placed - guests);
            assertThat(bookings(campaign, "status <> 'CONFIRMED'")).isZero();
            for (Map<String, Object> item : items(id, "&state=PLACED")) {
                assertThat(city.count(
                                """
                                SELECT count(*) FROM booking b JOIN booking_branch p ON p.booking_id = b.id
                                WHERE b.id = cast(? AS uuid) AND b.lecturer_id = cast(? AS uuid)
                                  AND p.branch_id = cast(? AS uuid) AND b.starts_at = cast(? AS timestamptz)""",
                                item.get("bookingId"),
                                id(item, "lecturer"),
                                id(item, "branch"),
                                item.get("start")))
                        .isEqualTo(1);
            }
            // no branch is notified before every slot is held
            assertThat(city.count("""
                            SELECT count(*) FROM audit_entry held, audit_entry confirmed, booking one, booking other
                            WHERE one.campaign_id = ? AND other.campaign_id = ?
                              AND held.kind = 'BOOKING' AND held.subject = cast(one.id AS text) AND held.version = 1
                              AND confirmed.kind = 'BOOKING' AND confirmed.subject = cast(other.id AS text)
                              AND confirmed.action = 'CONFIRMED' AND confirmed.at < held.at""", campaign, campaign)).isZero();
            act(id, "edit", Map.of("changes", List.of(Map.of("number", 0, "action", "REMOVE"))))
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("plan-published"));
        }
    }

    /** Another organizer books the slot of an item, as a lecture of no campaign. */
    private void rival(Map<String, Object> item) {
        Map<String, Object> lecture = new HashMap<>();
        lecture.put("lecturerId", id(item, "lecturer"));
        lecture.put("topicId", id(item, "topic"));
        lecture.put("branchId", id(item, "branch"));
        lecture.put("venueId", id(item, "venue"));
        lecture.put("format", "lecture");
        lecture.put("start", item.get("start"));
        lecture.put("end", item.get("end"));
        post("/api/v1/bookings", lecture).then().statusCode(201);
    }

    @Test
    void rivalBooking_isNamedAndNothingIsBooked() {
        RandomTown town = new RandomTown(city, 211, 14, 5, 7);
        UUID campaign = town.campaign(0, List.of());
        String id = planned(request(campaign, 1));
        Map<String, Object> taken = items(id, "&state=PLACED").get(2);
        rival(taken);
        List<Map<String, Object>> stale = items(id, "&check=true").stream()
                .filter(item -> item.get("stale") instanceof List<?> list && !list.isEmpty())
                .toList();
        assertThat(stale).extracting(item -> item.get("number")).contains(taken.get("number"));
        act(id, "publish", Map.of("onRefusal", "NOTHING")).then().statusCode(200);
        JsonPath after = ended(id);
        assertThat(after.getString("state")).isEqualTo("DRAFT");
        assertThat(after.getString("publication.outcome")).isEqualTo("REFUSED");
        assertThat(bookings(campaign, "occupies(status)")).isZero();
        assertThat(bookings(campaign, "is_announced(status)")).isZero();
        List<Map<String, Object>> refused = items(id, "&state=REFUSED");
        assertThat(refused).extracting(item -> item.get("number")).contains(taken.get("number"));
        assertThat(refused).allSatisfy(item -> assertThat(item.get("refusal")).isNotNull());
        // the same plan without what is taken
        act(id, "replan", Map.of("seconds", 1)).then().statusCode(200);
        assertThat(ended(id).getInt("coverage.refused")).isZero();
        act(id, "publish", Map.of()).then().statusCode(200);
        assertThat(ended(id).getString("state")).isEqualTo("PUBLISHED");
    }

    @Test
    void restOfARefusedPlan_isBookedOnRequest() {
        RandomTown town = new RandomTown(city, 212, 14, 5, 7);
        UUID campaign = town.campaign(0, List.of());
        String id = planned(request(campaign, 1));
        rival(items(id, "&state=PLACED").getFirst());
        act(id, "publish", Map.of("onRefusal", "BOOK_THE_REST")).then().statusCode(200);
        JsonPath after = ended(id);
        assertThat(after.getString("state")).isEqualTo("PUBLISHED");
        assertThat(after.getString("publication.outcome")).isEqualTo("PARTLY");
        int refused = after.getInt("publication.refused");
        assertThat(refused).isPositive();
        assertThat(bookings(campaign, "status = 'CONFIRMED'")).isEqualTo(after.getInt("coverage.placed") - refused);
        assertThat(bookings(campaign, "status = 'HELD'")).isZero();
    }

    @Test
    void coveredItem_isNotBookedTwice() {
        RandomTown town = new RandomTown(city, 213, 14, 5, 7);
        UUID campaign = town.campaign(0, List.of());
        String one = planned(request(campaign, 1));
        String other = planned(request(campaign, 1));
        act(one, "publish", Map.of()).then().statusCode(200);
        assertThat(ended(one).getString("state")).isEqualTo("PUBLISHED");
        long booked = bookings(campaign, "status = 'CONFIRMED'");
        act(other, "publish", Map.of("onRefusal", "BOOK_THE_REST")).then().statusCode(200);
        ended(other);
        assertThat(bookings(campaign, "status = 'CONFIRMED'")).isEqualTo(booked);
        assertThat(items(other, "&state=REFUSED"))
                .allSatisfy(item -> assertThat((Map<String, Object>) item.get("refusal"))
                        .containsEntry("code", "plan-item-covered"));
    }

    @Test
    void droppedLecturer_isReplacedInOneChange() {
        RandomTown town = new RandomTown(city, 214, 14, 5, 9);
        UUID campaign = town.campaign(0, List.of());
        String id = planned(request(campaign, 1));
        act(id, "publish", Map.of()).then().statusCode(200);
        ended(id);
        List<Map<String, Object>> booked = items(id, "&state=PLACED");
        String lecturer = id(booked.getFirst(), "lecturer");
        long lost = booked.stream()
                .filter(item -> id(item, "lecturer").equals(lecturer))
                .count();
        Map<String, Object> rescue = request(campaign, 1);
        rescue.put("purpose", "RESCUE");
        rescue.put("name", "讲师生病");
        rescue.put(
                "gone",
                List.of(Map.of("lecturerId", lecturer, "from", town.from.toString(), "until", town.until.toString())));
        String repair = planned(rescue);
        JsonPath draft = plan(repair);
        assertThat(draft.getInt("coverage.items")).isEqualTo((int) lost);
        int changed = draft.getInt("coverage.changed");
        assertThat(changed).isPositive();
        assertThat(items(repair, ""))
                .allSatisfy(item -> assertThat(item.get("before")).isNotNull());
        organizer()
                .post("/api/v1/plans/" + repair + "/check")
                .then()
                .statusCode(200)
                .body("refusals", empty())
                .body("notices.size()", equalTo(changed));
        act(repair, "publish", Map.of()).then().statusCode(200);
        JsonPath applied = ended(repair);
        assertThat(applied.getString("state")).isEqualTo("PUBLISHED");
        assertThat(bookings(campaign, "status = 'CONFIRMED' AND lecturer_id = '" + lecturer + "'"))
                .isEqualTo(lost - changed);
        // each changed booking has one further version: one notice for its branch
        assertThat(bookings(campaign, "version = 3")).isEqualTo(changed);
        assertThat(bookings(campaign, "version > 3")).isZero();
    }
}
