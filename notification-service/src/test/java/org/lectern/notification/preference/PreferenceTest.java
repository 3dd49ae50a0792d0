package org.lectern.notification.preference;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.Mails;
import org.lectern.notification.support.ParsedMail;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** Branches choose the time of messages: quiet hours, digests, and unsubscribing from digests. */
@ServiceTest
class PreferenceTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    @Inject
    Sql sql;

    private String code;
    private UUID branch;
    private String address;
    private String path;

    @BeforeEach
    void aBranchThatIsReached() {
        MailServer.up();
        code = "PRF-" + UUID.randomUUID();
        branch = Scheduler.branch(code, null, "en");
        address = UUID.randomUUID() + "@example.org";
        path = "/api/v1/branches/" + branch + "/preferences";
        await().atMost(LONG)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.branch(code))
                        .get(path)
                        .then()
                        .statusCode(200));
        endpoint();
    }

    @Test
    void preferences_areChangedByVersion() {
        given().auth()
                .oauth2(Tokens.auditor())
                .get(path)
                .then()
                .header("ETag", "\"1\"")
                .body("zone", equalTo("Asia/Shanghai"))
                .body("quietHours", nullValue())
                .body("digest", nullValue())
                .body("reminders", equalTo(true))
                .body("updatedAt", nullValue());
        String wanted =
                "{\"quietHours\":{\"from\":\"22:00\",\"until\":\"07:00\"},\"digest\":{\"at\":\"08:30\"},\"reminders\":false}";
        put("\"1\"", wanted)
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("quietHours.from", equalTo("22:00"))
                .body("quietHours.until", equalTo("07:00"))
                .body("digest.at", equalTo("08:30"))
                .body("reminders", equalTo(false))
                .body("updatedAt", notNullValue());
        put("\"1\"", wanted).statusCode(412).body("currentVersion", equalTo(2));
        given().auth()
                .oauth2(Tokens.branch(code))
                .contentType(ContentType.JSON)
                .body(wanted)
                .put(path)
                .then()
                .statusCode(428);
        put("\"2\"", "{\"reminders\":true}")
                .statusCode(200)
                .header("ETag", "\"3\"")
                .body("quietHours", nullValue())
                .body("digest", nullValue());
    }

    @Test
    void invalidPreferences_areRefusedAtOnce() {
        put("\"1\"", "{\"quietHours\":{\"from\":\"24:00\"},\"digest\":{\"at\":\"8:00\"}}")
                .statusCode(400)
                .body("errors.pointer", contains("/quietHours/from", "/quietHours/until", "/digest/at", "/reminders"));
        put("\"1\"", "{\"quietHours\":{\"from\":\"07:00\",\"until\":\"07:00\"},\"reminders\":true}")
                .statusCode(400)
                .body("errors.pointer", hasItems("/quietHours/until"));
        put("\"1\"", "{\"reminders\":\"yes\"}").statusCode(400);
        put("\"1\"", "{\"reminders\":true,\"sms\":true}").statusCode(400);
    }

    @Test
    void quietHours_sendUrgentNoticesOnly() {
        put("\"1\"", "{\"quietHours\":{\"from\":\"" + at(-90) + "\",\"until\":\"" + at(90) + "\"},\"reminders\":true}")
                .statusCode(200);
        UUID booking = UUID.randomUUID();
        Scheduler.send(Scheduler.version("confirmed", booking, 1, branch, 96));
        Scheduler.send(Scheduler.confirmed(branch, 5));
        await().atMost(LONG)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.operator())
                        .queryParam("bookingId", booking.toString())
                        .get("/api/v1/deliveries")
                        .then()
                        .body("items[0].state", equalTo("READY"))
                        .body("items[0].waitsFor", equalTo("quiet-hours"))
                        .body("items[0].attemptCount", equalTo(0)));
        Instant due = sql.one(
                        "SELECT next_attempt_at FROM delivery WHERE subject_id = ?",
                        row -> row.time("next_attempt_at"),
                        booking)
                .orElseThrow();
        assertThat(due)
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(85)),
                        Instant.now().plus(Duration.ofMinutes(91)));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(MailServer.received(address)).hasSize(1));

        // an urgent change does not wait behind the waiting notice
        Scheduler.send(Scheduler.version("rescheduled", booking, 2, branch, 6));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(MailServer.received(address)).hasSize(2));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(states(booking)).containsExactly("SUPERSEDED", "DELIVERED"));
    }

    @Test
    void removedQuietHours_releaseWaitingMessages() {
        put("\"1\"", "{\"quietHours\":{\"from\":\"" + at(-90) + "\",\"until\":\"" + at(90) + "\"},\"reminders\":true}")
                .statusCode(200);
        var message = Scheduler.confirmed(branch, 96);
        Scheduler.send(message);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(waitsFor(message.subject())).containsExactly("quiet-hours"));
        put("\"2\"", "{\"reminders\":true}").statusCode(200);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(MailServer.received(address)).hasSize(1));
    }

    @Test
    void digestIsOneMailADayWithAllThatWaited_andNoInvitation() throws Exception {
        put("\"1\"", "{\"digest\":{\"at\":\"" + at(60) + "\"},\"reminders\":true}")
                .statusCode(200);
        List<UUID> bookings = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            var message = Scheduler.confirmed(branch, 96 + i);
            bookings.add(message.subject());
            Scheduler.send(message);
        }
        for (UUID booking : bookings) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(waitsFor(booking)).containsExactly("digest"));
        }
        // urgent, or so near that it would be urgent by then: sent separately and at once
        Scheduler.send(Scheduler.confirmed(branch, 3));
        Scheduler.send(Scheduler.confirmed(branch, 24));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(MailServer.received(address)).hasSize(2));

        aDayPasses();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(MailServer.received(address)).hasSize(3));

        MimeMessage digest = MailServer.received(address).get(2);
        assertThat(digest.getSubject()).isEqualTo("5 notices about lectures");
        ParsedMail read = new ParsedMail(MailServer.mails(address).get(2).octets());
        assertThat(read.structure()).isEqualTo("alternative(text/plain text/html)");
        assertThat(read.text()).contains("subscribe to the calendar of your branch");
        assertThat(Mails.texts(digest))
                .hasSize(2)
                .allSatisfy(text -> assertThat(Pattern.compile("http://localhost:\\d+/a/[\\w-]{64}")
                                .matcher(text)
                                .results()
                                .map(MatchResult::group)
                                .distinct())
                        .as("each has its own link")
                        .hasSize(5));
        for (UUID booking : bookings) {
            await().atMost(LONG).untilAsserted(() -> assertThat(states(booking)).containsExactly("DELIVERED"));
        }
        assertThat(digest.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        assertThat(digest.getHeader("List-Unsubscribe")[0].replaceAll("\\s", ""))
                .matches("<http://.*/u/[\\w-]{43}>");
        assertThat(MailServer.received(address).getFirst().getHeader("List-Unsubscribe"))
                .as("what is urgent cannot be unsubscribed from")
                .isNull();
    }

    @Test
    void unsubscribePage_endsDigestsWithOneClick() throws Exception {
        put("\"1\"", "{\"digest\":{\"at\":\"" + at(60) + "\"},\"reminders\":true}")
                .statusCode(200);
        var first = Scheduler.confirmed(branch, 96);
        Scheduler.send(first);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(waitsFor(first.subject())).containsExactly("digest"));
        aDayPasses();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(MailServer.received(address)).hasSize(1));
        String header = MailServer.received(address)
                .getFirst()
                .getHeader("List-Unsubscribe")[0]
                .replaceAll("\\s", "");
        String link = URI.create(header.substring(1, header.length() - 1)).getPath();

        given().get(link)
                .then()
                .statusCode(200)
                .contentType(ContentType.HTML)
                .header("Cache-Control", "no-store")
                .body(containsString("<form method=\"post\""));
        given().head(link).then().statusCode(200);
        assertThat(unsubscribed()).isFalse();
        String forged = link.substring(0, link.length() - 1) + (link.endsWith("A") ? "E" : "A");
        given().contentType("application/x-www-form-urlencoded")
                .body("List-Unsubscribe=One-Click")
                .post(forged)
                .then()
                .statusCode(404);
        assertThat(unsubscribed()).isFalse();

        for (int i = 0; i < 2; i++) {
            given().contentType("application/x-www-form-urlencoded")
                    .body("List-Unsubscribe=One-Click")
                    .post(link)
                    .then()
                    .statusCode(200);
        }
        assertThat(unsubscribed()).isTrue();
        var ordinary = Scheduler.confirmed(branch, 96);
        Scheduler.send(ordinary);
        var urgent = Scheduler.confirmed(branch, 5);
        Scheduler.send(urgent);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(states(urgent.subject())).containsExactly("DELIVERED"));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(states(ordinary.subject())).containsExactly("DEAD"));
        given().auth()
                .oauth2(Tokens.organizer())
                .get("/api/v1/bookings/" + ordinary.subject() + "/unreached")
                .then()
                .body("items.branchId", contains(branch.toString()))
                .body("items[0].failureReasons", contains("unsubscribed"));

        String endpoints = "/api/v1/branches/" + branch + "/endpoints";
        String endpoint =
                given().auth().oauth2(Tokens.branch(code)).get(endpoints).path("items[0].id");
        String tag = given().auth()
                .oauth2(Tokens.branch(code))
                .get(endpoints + "/" + endpoint)
                .then()
                .body("unsubscribedAt", notNullValue())
                .extract()
                .header("ETag");
        given().auth()
                .oauth2(Tokens.branch(code))
                .contentType(ContentType.JSON)
                .header("If-Match", tag)
                .body("{\"address\":\"" + address + "\",\"enabled\":true}")
                .put(endpoints + "/" + endpoint)
                .then()
                .statusCode(200)
                .body("unsubscribedAt", nullValue());
    }

    private ValidatableResponse put(String tag, String wanted) {
        return given().auth()
                .oauth2(Tokens.branch(code))
                .contentType(ContentType.JSON)
                .header("If-Match", tag)
                .body(wanted)
                .put(path)
                .then();
    }

    /** Makes everything written so far two days old and due, without escalations. */
    private void aDayPasses() {
        sql.update(
                "UPDATE notice SET created_at = created_at - interval '2 days', silent = true WHERE branch_id = ?",
                branch);
        sql.update("UPDATE delivery SET next_attempt_at = now() WHERE branch_id = ? AND state = 'READY'", branch);
    }

    private boolean unsubscribed() {
        return sql.one(
                        "SELECT unsubscribed_at IS NOT NULL AS done FROM endpoint WHERE branch_id = ?",
                        row -> row.flag("done"),
                        branch)
                .orElseThrow();
    }

    private List<String> states(UUID booking) {
        return sql.list(
                "SELECT state FROM delivery WHERE subject_id = ? ORDER BY sequence", row -> row.text("state"), booking);
    }

    private List<String> waitsFor(UUID booking) {
        return sql.list(
                "SELECT waits_for FROM delivery WHERE subject_id = ? AND waits_for IS NOT NULL",
                row -> row.text("waits_for"),
                booking);
    }

    /** The branch's time of day, this number of minutes from now. */
    private static String at(long minutes) {
        return DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT)
                .format(Instant.now().plus(Duration.ofMinutes(minutes)).atZone(ZoneId.of("Asia/Shanghai")));
    }

    private void endpoint() {
        given().auth()
                .oauth2(Tokens.organizer())
                .contentType(ContentType.JSON)
                .body("{\"channel\":\"email\",\"address\":\"" + address + "\",\"vouchedFor\":\"a test\"}")
                .post("/api/v1/branches/" + branch + "/endpoints")
                .then()
                .statusCode(201);
    }
}
