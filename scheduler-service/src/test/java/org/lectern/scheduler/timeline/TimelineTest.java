package org.lectern.scheduler.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.lectern.scheduler.support.Lectures.at;
import static org.lectern.scheduler.support.Lectures.book;
import static org.lectern.scheduler.support.Lectures.change;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Lectures.lecture;
import static org.lectern.scheduler.support.Lectures.post;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;

/** The timeline is complete, compact, and misses no change. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class TimelineTest {

    private static final LocalDate DAY = day(20);

    @Inject
    City city;

    @Inject
    DataSource database;

    private static Response timeline(City.Cast cast, String... more) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("from", at(DAY, 0, 0));
        parameters.put("to", at(DAY.plusDays(7), 0, 0));
        parameters.put("lecturers", cast.lecturer().toString());
        for (int i = 0; i < more.length; i += 2) {
            parameters.put(more[i], more[i + 1]);
        }
        return organizer().queryParams(parameters).get("/api/v1/timeline");
    }

    private static JsonPath read(City.Cast cast, String... more) {
        return timeline(cast, more).then().statusCode(200).extract().jsonPath();
    }

    @Test
    void range_showsItemsAndNamesOnce() {
        City.Cast cast = city.cast();
        UUID guest = city.branch(null, "Asia/Shanghai", false);
        city.place("branch", cast.branch(), 30.1, 120.2);
        Map<String, Object> joint = lecture(cast, at(DAY, 9, 0), at(DAY, 10, 0));
        joint.put("guests", List.of(Map.of("branchId", guest)));
        String first =
                post("/api/v1/bookings", joint).then().statusCode(201).extract().path("id");
        String second = book(cast, DAY.plusDays(1), 9);
        book(cast, DAY.plusDays(7), 0);

        timeline(cast)
                .then()
                .statusCode(200)
                .body(
                        "complete",
                        equalTo(true),
                        "items.id",
                        contains(first, second),
                        "items[0].version",
                        equalTo(1),
                        "items[0].status",
                        equalTo("CONFIRMED"),
                        "items[0].start",
                        equalTo(at(DAY, 9, 0)),
                        "items[0].guestIds",
                        contains(guest.toString()),
                        "items[0].branchCount",
                        equalTo(2),
                        "items[0].reachedCount",
                        equalTo(0),
                        "items[0].acknowledgedCount",
                        equalTo(0),
                        "items[0].holdExpiresAt",
                        equalTo(null),
                        "lecturers.'" + cast.lecturer() + "'.name",
                        equalTo("林晓岚"),
                        "topics.'" + cast.topic() + "'.title",
                        notNullValue(),
                        "venues.'" + cast.venue() + "'.name",
                        equalTo("文化礼堂"),
                        "branches.'" + cast.branch() + "'.latitude",
                        equalTo(30.1f),
                        "branches.'" + guest + "'.code",
                        equalTo("B-" + guest));
    }

    @Test
    void filters_byBranchesAndTheirSubtrees() {
        City.Cast cast = city.cast();
        UUID county = city.branch(null, "Asia/Shanghai", false);
        UUID village = city.branch(county, "Asia/Shanghai", false);
        var inside = new City.Cast(cast.lecturer(), cast.topic(), village, "", cast.venue());
        String there = book(inside, DAY, 9);
        book(cast, DAY, 14);

        assertThat(read(cast, "branches", county.toString()).getList("items.id"))
                .containsExactly(there);
        assertThat(read(cast, "branches", UUID.randomUUID().toString()).getList("items.id"))
                .isEmpty();
    }

    @Test
    void changes_haveWhatIsNewAndWhatIsGone() {
        City.Cast cast = city.cast();
        String stays = book(cast, DAY, 8);
        String cancelled = book(cast, DAY, 10);
        String moved = book(cast, DAY, 12);
        String cursor = read(cast).getString("cursor");

        change("/api/v1/bookings/" + cancelled + "/cancel", 1, Map.of("reason", "取消"))
                .then()
                .statusCode(200);
        change(
                        "/api/v1/bookings/" + moved + "/change",
                        1,
                        Map.of(
                                "start", at(DAY.plusDays(9), 12, 0),
                                "end", at(DAY.plusDays(9), 13, 0),
                                "reason", "改期"))
                .then()
                .statusCode(200);
        String added = book(cast, DAY, 16);
        JsonPath changes = read(cast, "changedSince", cursor);

        assertThat(changes.getBoolean("complete")).isFalse();
        assertThat(changes.getList("items.id")).containsExactly(added);
        assertThat(changes.getList("removed", String.class))
                .contains(cancelled, moved)
                .doesNotContain(stays);
        JsonPath later = read(cast, "changedSince", changes.getString("cursor"));
        assertThat(later.getList("items.id")).isEmpty();
        assertThat(later.getList("removed", String.class)).doesNotContain(cancelled, moved, stays, added);
        assertThat(read(cast, "cancelled", "true").getList("items.id")).containsExactly(stays, cancelled, added);
    }

    @Test
    void transactionOpenWhileReading_isNotMissed() throws SQLException {
        City.Cast cast = city.cast();
        String id = book(cast, DAY, 9);
        String cursor;
        try (Connection slow = database.getConnection()) {
            slow.setAutoCommit(false);
            try (var statement = slow.prepareStatement("""
                    INSERT INTO acknowledgement (booking_id, branch_id, version, at, channel, event_id)
                    VALUES (cast(? AS uuid), ?, 1, now(), 'in-app', uuidv7())""")) {
                statement.setString(1, id);
                statement.setObject(2, cast.branch());
                statement.executeUpdate();
            }
            book(cast, DAY, 14); // a later transaction commits first
            JsonPath seen = read(cast);
            cursor = seen.getString("cursor");
            assertThat(seen.getInt("items[0].acknowledgedCount")).isZero();
            slow.commit();
        }

        JsonPath changes = read(cast, "changedSince", cursor);

        assertThat(changes.getList("items.id")).containsExactly(id);
        assertThat(changes.getInt("items[0].acknowledgedCount")).isEqualTo(1);
    }

    @Test
    void deliveryAndAcknowledgement_areChanges() {
        City.Cast cast = city.cast();
        String id = book(cast, DAY, 9);
        String cursor = read(cast).getString("cursor");
        city.run(
                "INSERT INTO notice_delivered (booking_id, branch_id, version, at, channel, event_id)"
                        + " VALUES (cast(? AS uuid), ?, 1, now(), 'email', uuidv7())",
                id,
                cast.branch());

        JsonPath told = read(cast, "changedSince", cursor);
        assertThat(told.getList("items.id")).containsExactly(id);
        assertThat(told.getInt("items[0].reachedCount")).isEqualTo(1);

        city.run(
                "UPDATE notice_delivered SET withdrawn_at = now(), written_in = pg_current_xact_id()"
                        + " WHERE booking_id = cast(? AS uuid)",
                id);

        timeline(cast, "changedSince", told.getString("cursor"))
                .then()
                .body("items.id", contains(id), "items[0].reachedCount", equalTo(0));
    }

    @Test
    void otherRecords_areNamedByKind() {
        City.Cast cast = city.cast();
        String cursor = read(cast).getString("cursor");
        organizer()
                .header("If-Match", "\"1\"")
                .body(Map.of("blackouts", List.of(Map.of("firstDay", DAY.toString(), "lastDay", DAY.toString()))))
                .put("/api/v1/lecturers/" + cast.lecturer() + "/availability")
                .then()
                .statusCode(200);

        timeline(cast, "changedSince", cursor).then().body("alsoChanged", hasItem("AVAILABILITY"), "items", empty());
    }

    @Test
    void overriddenRules_areShown() {
        City.Cast cast = city.cast();
        organizer()
                .header("If-Match", "\"1\"")
                .body(Map.of("blackouts", List.of(Map.of("firstDay", DAY.toString(), "lastDay", DAY.toString()))))
                .put("/api/v1/lecturers/" + cast.lecturer() + "/availability")
                .then()
                .statusCode(200);
        Map<String, Object> body = lecture(cast, at(DAY, 9, 0), at(DAY, 10, 0));
        body.put("override", Map.of("reason", "讲师同意"));
        post("/api/v1/bookings", body).then().statusCode(201);

        timeline(cast).then().body("items[0].overridden", contains("blackout"));
    }

    @Test
    void cursorOfOtherCriteria_isRefused() {
        City.Cast cast = city.cast();
        String cursor = read(cast).getString("cursor");

        timeline(city.cast(), "changedSince", cursor)
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("?changedSince"));
        timeline(cast, "changedSince", "bm9uc2Vuc2U").then().statusCode(400);
        timeline(cast, "to", at(DAY.plusDays(63), 0, 0)).then().statusCode(400);
        timeline(cast, "to", at(DAY.minusDays(1), 0, 0)).then().statusCode(400);
        timeline(cast, "venues", "x,y").then().statusCode(400).body("errors[0].pointer", equalTo("?venues"));
    }

    @Test
    void cursorFromBeforeARestore_readsEverything() {
        City.Cast cast = city.cast();
        String id = book(cast, DAY, 9);
        String cursor = read(cast).getString("cursor");
        UUID before =
                UUID.fromString(new String(java.util.Base64.getUrlDecoder().decode(cursor)).substring(0, 36));
        String foreign = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(new String(java.util.Base64.getUrlDecoder().decode(cursor))
                        .replace(before.toString(), UUID.randomUUID().toString())
                        .getBytes());

        timeline(cast, "changedSince", foreign)
                .then()
                .statusCode(200)
                .body("complete", equalTo(true), "items.id", contains(id));
    }
}
