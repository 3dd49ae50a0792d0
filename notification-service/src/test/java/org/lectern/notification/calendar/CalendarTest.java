package org.lectern.notification.calendar;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.property.Status;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.time.Uuid7;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** Calendars follow the lecture, in mails and in subscribed feeds. */
@ServiceTest
class CalendarTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Inject
    Sql sql;

    @Inject
    Lectures lectures;

    @BeforeEach
    void mailIsUp() {
        MailServer.up();
    }

    @Test
    void mailsOfOneLecture_reviseOneCalendarEvent() throws Exception {
        UUID branch = branch("CAL");
        String address = address();
        endpoint(branch, address);
        UUID booking = UUID.randomUUID();
        var confirmed = Scheduler.version("confirmed", booking, 1, branch, 72);
        var moved = Scheduler.version("rescheduled", booking, 2, branch, 96);
        Scheduler.send(confirmed);
        Scheduler.send(moved);
        Scheduler.send(Scheduler.version("cancelled", booking, 3, branch, 96));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(MailServer.received(address)).hasSize(3));

        List<ICalendar> calendars = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (MimeMessage mail : MailServer.received(address)) {
            BodyPart part = calendarPart((MimeMultipart) mail.getContent());
            types.add(part.getContentType().replaceAll("\\s+", " "));
            calendars.add(Biweekly.parse(part.getInputStream()).first());
        }
        assertThat(types.get(0)).startsWith("text/calendar; charset=UTF-8; method=REQUEST");
        assertThat(types.get(2)).startsWith("text/calendar; charset=UTF-8; method=CANCEL");
        assertThat(calendars)
                .extracting(each -> each.getMethod().getValue())
                .containsExactly("REQUEST", "REQUEST", "CANCEL");
        List<VEvent> events =
                calendars.stream().map(each -> each.getEvents().getFirst()).toList();
        assertThat(events).extracting(event -> event.getUid().getValue()).containsOnly(booking + "@lectern");
        assertThat(events).extracting(event -> event.getSequence().getValue()).containsExactly(0, 1, 2);
        assertThat(events)
                .extracting(event -> event.getStatus().getValue())
                .containsExactly("CONFIRMED", "CONFIRMED", "CANCELLED");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.getOrganizer().getEmail()).isEqualTo("lectern@lectern.localhost");
            assertThat(event.getAttendees())
                    .singleElement()
                    .satisfies(attendee -> assertThat(attendee.getEmail()).isEqualTo(address));
        });
        assertThat(start(events.get(0)))
                .isEqualTo(Instant.parse(confirmed.data().get("start").textValue()));
        assertThat(start(events.get(1)))
                .isEqualTo(Instant.parse(moved.data().get("start").textValue()));
        assertThat(events)
                .extracting(event -> event.getDateTimeStamp().getValue())
                .isSorted();
    }

    @Test
    void guestLeaves_eventIsCancelledForTheGuestOnly() throws Exception {
        UUID host = branch("CAL");
        UUID guest = branch("CAL");
        String address = address();
        endpoint(guest, address);
        UUID booking = UUID.randomUUID();
        Scheduler.send(Scheduler.version("confirmed", booking, 1, host, 72).with("guests", branches(guest)));
        Scheduler.send(Scheduler.version("guests-changed", booking, 2, host, 72)
                .with("guests", branches())
                .with("joined", branches())
                .with("left", branches(guest)));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(MailServer.received(address)).hasSize(2));

        BodyPart part =
                calendarPart((MimeMultipart) MailServer.received(address).get(1).getContent());
        ICalendar calendar = Biweekly.parse(part.getInputStream()).first();
        assertThat(calendar.getMethod().getValue()).isEqualTo("CANCEL");
        assertThat(calendar.getEvents().getFirst().getSequence().getValue()).isEqualTo(1);
        assertThat(statuses(feedOf(guest))).containsExactly("CANCELLED");
        assertThat(statuses(feedOf(host))).containsExactly("CONFIRMED");
    }

    @Test
    void subscribedCalendar_showsTheNewestState() {
        UUID branch = branch("CAL");
        UUID booking = UUID.randomUUID();
        Scheduler.send(Scheduler.version("confirmed", booking, 1, branch, 72));
        var moved = Scheduler.version("rescheduled", booking, 2, branch, 96);
        Scheduler.send(moved);
        UUID other = UUID.randomUUID();
        Scheduler.send(Scheduler.version("confirmed", other, 1, branch, 24));
        demandRevisions(branch, 3);
        String feed = newFeed(branch).path("path");

        Response answer = given().get(feed);
        answer.then()
                .statusCode(200)
                .contentType(startsWith("text/calendar"))
                .header("Cache-Control", "private, no-cache")
                .header("X-Content-Type-Options", "nosniff");
        String tag = answer.header("ETag");
        List<VEvent> events = Biweekly.parse(answer.asString()).first().getEvents();
        assertThat(events)
                .extracting(event -> event.getUid().getValue())
                .containsExactly(other + "@lectern", booking + "@lectern");
        assertThat(start(events.get(1)))
                .isEqualTo(Instant.parse(moved.data().get("start").textValue()));
        assertThat(events.get(1).getSequence().getValue()).isEqualTo(1);

        given().header("If-None-Match", "\"other\", W/" + tag)
                .get(feed)
                .then()
                .statusCode(304)
                .header("ETag", tag);
        // the date comes once its second is over
        String date =
                await().atMost(PATIENCE).until(() -> given().get(feed).header("Last-Modified"), found -> found != null);
        given().header("If-Modified-Since", date).get(feed).then().statusCode(304);
        Scheduler.send(Scheduler.version("cancelled", booking, 3, branch, 96));
        demandRevisions(branch, 4);
        given().header("If-Modified-Since", date).get(feed).then().statusCode(200);
        Response later = given().header("If-None-Match", tag).get(feed);
        later.then().statusCode(200);
        VEvent cancelled = Biweekly.parse(later.asString()).first().getEvents().get(1);
        assertThat(cancelled.getStatus().getValue())
                .isEqualTo(Status.cancelled().getValue());
        assertThat(cancelled.getSummary().getValue()).startsWith("[Cancelled] ");
    }

    @Test
    void oldLectures_areNoLongerShown() {
        UUID branch = branch("CAL");
        for (int i = 0; i < 2; i++) {
            UUID booking = UUID.randomUUID();
            Scheduler.send(Scheduler.version("confirmed", booking, 1, branch, 72));
            Scheduler.send(Scheduler.version("cancelled", booking, 2, branch, 72));
        }
        demandRevisions(branch, 4);
        String feed = newFeed(branch).path("path");
        assertThat(Biweekly.parse(given().get(feed).asString()).first().getEvents())
                .hasSize(2);
        sql.update("""
                UPDATE calendar_revision SET revised_at = now() - interval '31 days'
                WHERE branch_id = ? AND booking_id = (SELECT min(booking_id::text)::uuid FROM calendar_revision WHERE branch_id = ?)""", branch, branch);
        assertThat(Biweekly.parse(given().get(feed).asString()).first().getEvents())
                .hasSize(1);
        sql.update(
                "UPDATE calendar_revision SET starts_at = now() - interval '92 days', ends_at = now() - interval '91 days' WHERE branch_id = ?",
                branch);
        assertThat(Biweekly.parse(given().get(feed).asString()).first().getEvents())
                .isEmpty();
    }

    @Test
    void feedToken_isHashedAndRevocable() {
        String code = "CAL-" + UUID.randomUUID();
        UUID branch = Scheduler.branch(code, null, "en");
        String feeds = "/api/v1/branches/" + branch + "/calendar-feeds";
        String own = Tokens.branch(code);
        demandKnown(branch);
        var made = given().auth()
                .oauth2(own)
                .contentType(ContentType.JSON)
                .body("{\"label\":\"Office wall\"}")
                .post(feeds)
                .then()
                .statusCode(201)
                .body("label", equalTo("Office wall"))
                .extract();
        String token = made.path("token");
        String path = made.path("path");
        assertThat(token).hasSize(43);
        assertThat(sql.list("SELECT row_to_json(f)::text AS row FROM calendar_feed f", row -> row.text("row")))
                .noneMatch(row -> row.contains(token));
        given().get(path).then().statusCode(200);
        given().auth()
                .oauth2(Tokens.auditor())
                .get(feeds)
                .then()
                .body("items", hasSize(1))
                .body("items[0].token", nullValue())
                .body("items[0].path", nullValue())
                .body("items[0].readAt", notNullValue());

        given().auth().oauth2(own).delete(feeds + "/" + made.path("id")).then().statusCode(204);
        given().get(path).then().statusCode(404).body("code", equalTo("not-found"));
        given().auth().oauth2(own).delete(feeds + "/" + made.path("id")).then().statusCode(404);
        given().auth().oauth2(own).get(feeds).then().body("items", hasSize(0));
        assertThat(sql.one(
                        "SELECT revoked_by FROM calendar_feed WHERE id = ?",
                        row -> row.text("revoked_by"),
                        UUID.fromString(made.path("id"))))
                .hasValue("branch:" + code);
    }

    @Test
    void unknownFeedToken_isNotFound() {
        for (String token : List.of("A".repeat(43), "A".repeat(42), "A".repeat(44), "..%2f..", "*", "%00")) {
            given().urlEncodingEnabled(false)
                    .get("/feeds/" + token + ".ics")
                    .then()
                    .statusCode(404);
        }
    }

    @Test
    void addressesOfACalendar_areLimited() {
        UUID branch = branch("CAL");
        demandKnown(branch);
        for (int i = 0; i < 20; i++) {
            newFeed(branch).then().statusCode(201);
        }
        newFeed(branch).then().statusCode(409).body("code", equalTo("too-many-feeds"));
    }

    @Test
    void lecturersCalendar_showsReassignedLecturesAsCancelled() {
        UUID branch = branch("CAL");
        UUID guest = branch("CAL");
        String code = "L-" + UUID.randomUUID();
        UUID lecturer = lectures.lecturer(code, "en");
        UUID kept = UUID.randomUUID();
        UUID lost = UUID.randomUUID();
        Scheduler.send(
                Scheduler.version("confirmed", kept, 1, branch, 24).by(lecturer).with("guests", branches(guest)));
        Scheduler.send(Scheduler.version("confirmed", lost, 1, branch, 72).by(lecturer));
        Scheduler.send(Scheduler.version("reassigned", lost, 2, branch, 72).before(lecturer));
        demandRevisions(branch, 3);
        demandRevisions(guest, 1);
        demandRevisions(lecturer, 3);
        String feeds = "/api/v1/lecturers/" + lecturer + "/calendar-feeds";
        given().auth()
                .oauth2(Tokens.branch("CAL"))
                .contentType(ContentType.JSON)
                .body("{}")
                .post(feeds)
                .then()
                .statusCode(404);
        String path = given().auth()
                .oauth2(Tokens.lecturer(code))
                .contentType(ContentType.JSON)
                .body("{}")
                .post(feeds)
                .then()
                .statusCode(201)
                .extract()
                .path("path");

        List<VEvent> events =
                Biweekly.parse(given().get(path).asString()).first().getEvents();

        assertThat(events)
                .extracting(event -> event.getUid().getValue())
                .containsExactly(kept + "@lectern", lost + "@lectern");
        assertThat(events).extracting(event -> event.getStatus().getValue()).containsExactly("CONFIRMED", "CANCELLED");
        assertThat(events).extracting(event -> event.getSequence().getValue()).containsExactly(0, 1);
    }

    @Test
    void sequence_keepsRisingAfterARestore() {
        UUID branch = branch("CAL");
        UUID booking = UUID.randomUUID();
        Scheduler.send(Scheduler.version("confirmed", booking, 1, branch, 72));
        Scheduler.send(Scheduler.version("rescheduled", booking, 2, branch, 96));
        Scheduler.send(Scheduler.version("rescheduled", booking, 3, branch, 97));
        demandRevisions(branch, 3);
        Scheduler.send(Scheduler.version("cancelled", booking, 2, branch, 72)
                .header("ce_incarnation", Uuid7.next().toString()));
        demandRevisions(branch, 4);

        assertThat(sql.list(
                        "SELECT sequence FROM calendar_revision WHERE branch_id = ? ORDER BY revised_at, sequence",
                        row -> row.number("sequence"),
                        branch))
                .containsExactly(0, 1, 2, 3);
        assertThat(statuses(feedOf(branch))).containsExactly("CANCELLED");
    }

    private static Instant start(VEvent event) {
        return event.getDateStart().getValue().toInstant();
    }

    private static List<String> statuses(ICalendar calendar) {
        return calendar.getEvents().stream()
                .map(event -> event.getStatus().getValue())
                .toList();
    }

    private static ICalendar feedOf(UUID branch) {
        return Biweekly.parse(given().get(newFeed(branch).<String>path("path")).asString())
                .first();
    }

    private static Response newFeed(UUID branch) {
        return given().auth()
                .oauth2(Tokens.organizer())
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/branches/" + branch + "/calendar-feeds");
    }

    /** The last alternative, which a mail client offers to import. */
    private static BodyPart calendarPart(MimeMultipart message) throws Exception {
        MimeMultipart alternatives = (MimeMultipart) message.getBodyPart(0).getContent();
        BodyPart last = alternatives.getBodyPart(alternatives.getCount() - 1);
        assertThat(last.isMimeType("text/calendar")).isTrue();
        assertThat(message.getBodyPart(1).getInputStream()).hasSameContentAs(last.getInputStream());
        return last;
    }

    private static ArrayNode branches(UUID... ids) {
        ArrayNode branches = new ObjectMapper().createArrayNode();
        for (UUID id : ids) {
            branches.addObject().put("id", id.toString()).put("code", "CAL").put("name", "白溪村");
        }
        return branches;
    }

    private void demandRevisions(UUID branch, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sql.one(
                                "SELECT count(*) AS count FROM calendar_revision WHERE branch_id = ?",
                                row -> row.number("count"),
                                branch))
                        .hasValue(count));
    }

    private void demandKnown(UUID branch) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(sql.list("SELECT id FROM recipient WHERE id = ?", row -> row.id("id"), branch))
                                .hasSize(1));
    }

    private UUID branch(String prefix) {
        UUID branch = Scheduler.branch(prefix + "-" + UUID.randomUUID(), null, "en");
        demandKnown(branch);
        return branch;
    }

    private static String address() {
        return UUID.randomUUID() + "@example.org";
    }

    private static void endpoint(UUID branch, String address) {
        given().auth()
                .oauth2(Tokens.organizer())
                .contentType(ContentType.JSON)
                .body("{\"channel\":\"email\",\"address\":\"" + address + "\",\"vouchedFor\":\"a test\"}")
                .post("/api/v1/branches/" + branch + "/endpoints")
                .then()
                .statusCode(201);
    }
}
