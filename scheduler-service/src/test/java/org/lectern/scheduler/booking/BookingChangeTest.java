package org.lectern.scheduler.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.lectern.scheduler.booking.BookingApi.at;
import static org.lectern.scheduler.booking.BookingApi.book;
import static org.lectern.scheduler.booking.BookingApi.change;
import static org.lectern.scheduler.booking.BookingApi.key;
import static org.lectern.scheduler.booking.BookingApi.lecture;
import static org.lectern.scheduler.booking.BookingApi.organizer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.Contract;
import org.lectern.scheduler.support.Topic;

/** One change of several values, the patch of details, and the rehearsal of both. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class BookingChangeTest {

    @Inject
    City city;

    @Inject
    ObjectMapper json;

    private static String booked(Map<String, Object> body) {
        return book(body).then().statusCode(201).extract().path("id");
    }

    private static Map<String, Object> with(Map<String, Object> body, String member, Object value) {
        body.put(member, value);
        return body;
    }

    private static Response patch(String id, int version, String body) {
        return organizer()
                .contentType("application/merge-patch+json; charset=utf-8")
                .header("Idempotency-Key", key())
                .header("If-Match", "\"" + version + "\"")
                .body(body)
                .patch("/api/v1/bookings/{id}", id);
    }

    private static Response dryRun(String id, String action, int version, Object body) {
        return organizer()
                .header("If-Match", "\"" + version + "\"")
                .queryParam("dryRun", true)
                .body(body)
                .post("/api/v1/bookings/{id}/{action}", id, action);
    }

    private static String start(City.Cast cast, int day, int hour) {
        return lecture(cast, at(day, hour), at(day, hour + 2)).get("start").toString();
    }

    @Test
    void timeLecturerAndVenue_changeAtOnce() {
        City.Cast cast = city.cast();
        String id = booked(lecture(cast, at(30, 9), at(30, 11)));
        UUID lecturer = city.lecturer(cast.topic());
        UUID venue = city.venue();
        String moved = start(cast, 31, 14);

        change(id, "change", 1, Map.of("start", moved, "lecturerId", lecturer, "venueId", venue, "reason", "调整"))
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("version", equalTo(2), "start", equalTo(moved), "reason", equalTo("调整"))
                .body("lecturer.id", equalTo(lecturer.toString()), "venue.id", equalTo(venue.toString()));

        organizer()
                .get("/api/v1/bookings/{id}/history", id)
                .then()
                .body("items.action", contains("CONFIRMED", "CHANGED"));
        var event = Topic.read("lectern.bookings", id, 2).get(1);
        assertThat(Topic.header(event, "ce_type")).isEqualTo("lectern.booking.changed.v1");
        Contract.validate("lectern.booking.changed.v1", event.value());
        assertThat(event.value()).contains("\"changed\":[\"time\",\"lecturer\",\"venue\"]");
    }

    @Test
    void anotherHost_takesTheTimeOfTheFormerOne() {
        City.Cast cast = city.cast();
        UUID other = city.branch(null, "Asia/Shanghai", false);
        String id = booked(lecture(cast, at(30, 9), at(30, 11)));

        change(id, "change", 1, Map.of("branchId", other, "reason", "合并"))
                .then()
                .statusCode(200)
                .body("branch.id", equalTo(other.toString()));

        City.Cast another = city.cast();
        book(with(lecture(another, at(30, 9), at(30, 11)), "branchId", other))
                .then()
                .statusCode(409)
                .body("code", equalTo("branch-occupied"));
        book(with(lecture(another, at(30, 9), at(30, 11)), "branchId", cast.branch()))
                .then()
                .statusCode(201);
        var event = Topic.read("lectern.bookings", id, 2).get(1);
        Contract.validate("lectern.booking.changed.v1", event.value());
        assertThat(event.value()).contains("\"before\":{\"branch\":{\"id\":\"" + cast.branch());
    }

    @Test
    void guestThatBecomesTheHost_isNoGuestAnyMore() {
        City.Cast cast = city.cast();
        UUID guest = city.branch(null, "Asia/Shanghai", false);
        String id = booked(with(
                with(lecture(cast, at(30, 9), at(30, 11)), "expectedHeadCount", 80),
                "guests",
                List.of(Map.of("branchId", guest, "expectedHeadCount", 20))));

        change(id, "change", 1, Map.of("branchId", guest, "reason", "合并"))
                .then()
                .statusCode(200)
                .body("branch.id", equalTo(guest.toString()), "guests", nullValue())
                .body("expectedHeadCount", equalTo(20));
        Contract.validate(
                "lectern.booking.changed.v1",
                Topic.read("lectern.bookings", id, 2).get(1).value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"reason\": \"x\"}", "{\"branchId\": null, \"start\": null, \"reason\": \"x\"}"})
    void changeOfNothing_isRefused(String body) {
        String id = booked(lecture(city.cast(), at(30, 9), at(30, 11)));
        change(id, "change", 1, body).then().statusCode(400).body("errors.pointer", contains(""));
    }

    @Test
    void alternative_carriesTheBodyToSendInstead() throws Exception {
        City.Cast cast = city.cast();
        booked(lecture(cast, at(30, 9), at(30, 11)));
        String id = booked(lecture(cast, at(31, 9), at(31, 11)));

        Map<String, Object> instead = change(id, "change", 1, Map.of("start", start(cast, 30, 10), "reason", "改期"))
                .then()
                .statusCode(409)
                .body("code", equalTo("lecturer-occupied"), "alternatives.size()", greaterThan(0))
                .body("alternatives[0].request.reason", equalTo("改期"))
                .extract()
                .path("alternatives[0].request");

        change(id, "change", 1, json.writeValueAsString(instead))
                .then()
                .statusCode(200)
                .body("version", equalTo(2));
    }

    @Test
    void alternativeToABooking_isAWholeBooking() throws Exception {
        City.Cast cast = city.cast();
        booked(lecture(cast, at(30, 9), at(30, 11)));

        Map<String, Object> instead = book(with(lecture(cast, at(30, 10), at(30, 12)), "note", "投影仪"))
                .then()
                .statusCode(409)
                .extract()
                .path("alternatives[0].request");

        assertThat(instead).containsEntry("note", "投影仪");
        book(json.writeValueAsString(instead)).then().statusCode(201);
    }

    @Test
    void patch_changesWhatItNamesAndRemovesNull() {
        String id =
                booked(with(with(lecture(city.cast(), at(30, 9), at(30, 11)), "expectedHeadCount", 80), "note", "投影仪"));

        patch(id, 1, "{\"expectedHeadCount\": 90}")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("expectedHeadCount", equalTo(90), "note", equalTo("投影仪"), "version", equalTo(2));
        patch(id, 2, "{\"note\": null}").then().statusCode(200).body("note", nullValue());
        patch(id, 3, "{\"note\": null, \"expectedHeadCount\": 90}")
                .then()
                .statusCode(200)
                .body("version", equalTo(3));

        organizer()
                .get("/api/v1/bookings/{id}/history", id)
                .then()
                .body("items.action", contains("CONFIRMED", "AMENDED", "AMENDED"));
        var events = Topic.read("lectern.bookings", id, 3);
        events.subList(1, 3).forEach(event -> Contract.validate("lectern.booking.changed.v1", event.value()));
        assertThat(events.get(2).value()).contains("\"changed\":[\"note\"]").doesNotContain("投影仪");
    }

    @Test
    void patchOfTopicAndFormat_isAnnounced() {
        City.Cast cast = city.cast();
        UUID topic = city.topic(60);
        UUID lecturer = city.lecturer(cast.topic(), topic);
        String id = booked(with(lecture(cast, at(30, 9), at(30, 11)), "lecturerId", lecturer));

        patch(id, 1, "{\"topicId\": \"" + topic + "\", \"format\": \"panel\", \"reason\": \"改题\"}")
                .then()
                .statusCode(200)
                .body("topic.id", equalTo(topic.toString()), "format", equalTo("panel"));
        organizer().get("/api/v1/bookings/{id}/history", id).then().body("items[1].action", equalTo("CHANGED"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"topicId\": null}|/topicId",
                "{\"format\": null}|/format",
                "{\"format\": \"unheard-of\"}|/format",
                "{\"format\": \"broadcast\"}|/format",
                "{\"expectedHeadCount\": -1}|/expectedHeadCount",
                "{\"topicId\": \"019a1b6e-5a10-7c3e-8f01-2a6b6c1d0001\"}|/topicId",
                "{\"start\": \"2030-01-01T00:00:00Z\"}|/start",
            })
    void impossiblePatch_namesTheMember(String body, String pointer) {
        String id = booked(lecture(city.cast(), at(30, 9), at(30, 11)));
        patch(id, 1, body).then().statusCode(400).body("errors.pointer", hasItem(pointer));
        organizer().get("/api/v1/bookings/{id}", id).then().body("version", equalTo(1));
    }

    @Test
    void headCountOverCapacity_needsAnOverride() {
        City.Cast cast = city.cast();
        city.run("UPDATE venue SET capacity = 50 WHERE id = ?", cast.venue());
        String id = booked(lecture(cast, at(30, 9), at(30, 11)));

        patch(id, 1, "{\"expectedHeadCount\": 60}")
                .then()
                .statusCode(409)
                .body("code", equalTo("over-capacity"), "errors.pointer", contains("/expectedHeadCount"));
        patch(id, 1, "{\"expectedHeadCount\": 60, \"override\": {\"reason\": \"加座\"}}")
                .then()
                .statusCode(200);
        patch(id, 2, "{\"note\": \"x\"}").then().statusCode(200);
    }

    @Test
    void rehearsal_listsNotifiedBranchesAndStoresNothing() {
        City.Cast cast = city.cast();
        UUID guest = city.branch(null, "Asia/Shanghai", false);
        Map<String, Object> body =
                with(lecture(cast, at(30, 9), at(30, 11)), "guests", List.of(Map.of("branchId", guest)));

        organizer()
                .queryParam("dryRun", true)
                .body(body)
                .post("/api/v1/bookings")
                .then()
                .statusCode(200)
                .body("possible", equalTo(true), "refusal", nullValue(), "rules", empty())
                .body("booking.status", equalTo("CONFIRMED"), "notified.count", equalTo(2))
                .body("notified.branches.role", contains("HOST", "GUEST"))
                .body("notified.branches.news", contains("BOOKED", "BOOKED"))
                .body("notified.branches[1].branch.id", equalTo(guest.toString()));

        booked(body);
    }

    @Test
    void rehearsedChange_answersWhatTheChangeWould() {
        City.Cast cast = city.cast();
        UUID other = city.branch(null, "Asia/Shanghai", false);
        String id = booked(lecture(cast, at(30, 9), at(30, 11)));

        dryRun(id, "change", 1, Map.of("branchId", other, "reason", "合并"))
                .then()
                .statusCode(200)
                .body("possible", equalTo(true), "booking.version", equalTo(2))
                .body("notified.branches.news", contains("BOOKED", "CANCELLED"))
                .body(
                        "notified.branches.branch.id",
                        contains(other.toString(), cast.branch().toString()));
        dryRun(id, "cancel", 1, Map.of("reason", "台风"))
                .then()
                .statusCode(200)
                .body("booking.status", equalTo("CANCELLED"), "notified.branches.news", contains("CANCELLED"));
        dryRun(id, "complete", 1, Map.of("headCount", 3))
                .then()
                .statusCode(200)
                .body("possible", equalTo(false), "refusal.code", equalTo("lecture-not-started"))
                .body("overridable", equalTo(false), "notified.count", equalTo(0));
        organizer()
                .header("If-Match", "\"1\"")
                .queryParam("dryRun", true)
                .body("{\"note\": \"x\"}")
                .patch("/api/v1/bookings/{id}", id)
                .then()
                .statusCode(200)
                .body("possible", equalTo(true), "booking.note", equalTo("x"), "notified.count", equalTo(0));

        organizer().get("/api/v1/bookings/{id}/history", id).then().body("items", hasSize(1));
        Topic.read("lectern.bookings", id, 1);
    }

    @Test
    void rehearsedConflict_hasTheRefusalOfTheChange() {
        City.Cast cast = city.cast();
        booked(lecture(cast, at(30, 9), at(30, 11)));
        String id = booked(lecture(cast, at(31, 9), at(31, 11)));
        var to = Map.of("start", start(cast, 30, 10), "reason", "改期");

        String detail =
                change(id, "change", 1, to).then().statusCode(409).extract().path("detail");

        dryRun(id, "change", 1, to)
                .then()
                .statusCode(200)
                .body("possible", equalTo(false), "overridable", equalTo(false))
                .body("refusal.code", equalTo("lecturer-occupied"), "refusal.detail", equalTo(detail))
                .body("refusal.conflicts", not(empty()), "refusal.alternatives[0].request.reason", equalTo("改期"))
                .body("notified.branches.news", contains("CHANGED"));
    }

    @Test
    void rehearsedRule_saysThatAnOverrideIsMissing() {
        City.Cast cast = city.cast();
        city.run("UPDATE venue SET capacity = 50 WHERE id = ?", cast.venue());
        Map<String, Object> body = with(lecture(cast, at(30, 9), at(30, 11)), "expectedHeadCount", 60);

        organizer()
                .queryParam("dryRun", true)
                .body(body)
                .post("/api/v1/bookings")
                .then()
                .statusCode(200)
                .body("possible", equalTo(false), "overridable", equalTo(true))
                .body("rules.code", contains("over-capacity"), "refusal.code", equalTo("over-capacity"))
                .body("booking.expectedHeadCount", equalTo(60), "notified.count", equalTo(1));
        organizer()
                .queryParam("dryRun", true)
                .body(with(body, "override", Map.of("reason", "加座")))
                .post("/api/v1/bookings")
                .then()
                .body("possible", equalTo(true), "rules.code", contains("over-capacity"));
    }

    @Test
    void rehearsalOfAnInvalidOrStaleRequest_isRefusedAsEver() {
        String id = booked(lecture(city.cast(), at(30, 9), at(30, 11)));
        dryRun(id, "change", 1, Map.of("reason", "x")).then().statusCode(400);
        dryRun(id, "cancel", 2, Map.of("reason", "x")).then().statusCode(412);
        dryRun(UUID.randomUUID().toString(), "cancel", 1, Map.of("reason", "x"))
                .then()
                .statusCode(404);
        organizer()
                .queryParam("dryRun", true)
                .body(Map.of("reason", "x"))
                .post("/api/v1/bookings/{id}/cancel", id)
                .then()
                .statusCode(428);
    }
}
