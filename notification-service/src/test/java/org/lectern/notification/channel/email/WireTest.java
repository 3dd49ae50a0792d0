package org.lectern.notification.channel.email;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.chassis.database.Sql;
import org.lectern.local.smtp.ReceivedMail;
import org.lectern.notification.calendar.Calendars;
import org.lectern.notification.calendar.Invitation;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.ParsedMail;
import org.lectern.notification.support.RareTexts;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** Every kind of mail that the service sends conforms to the wire rules and contains the exact text of its notice. */
@ServiceTest
class WireTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration DAY = Duration.ofMinutes(24 * 60 + 1);

    private static final List<String> TEXTS = List.of(
            "Rural policy",
            "乡村振兴政策解读第二季度联合宣讲活动".repeat(8),
            RareTexts.RARE,
            RareTexts.RIGHT_TO_LEFT.getFirst() + " =?UTF-8?B?aGFja2Vk?=",
            "Topic\r\nBcc: all@example.org\r\n\r\n.\r\nMAIL FROM:<forged@example.org> <b>&amp;</b> "
                    + "x".repeat(1200));

    @Inject
    Lectures lectures;

    @Inject
    Calendars calendars;

    @Inject
    Sql sql;

    @BeforeEach
    void mailIsUp() {
        MailServer.up();
    }

    /**
     * A town, its village and a guest of the village, each with a mailbox; all texts that people could write are the
     * same.
     */
    private final class Place {

        private final String text;
        private final String locale;
        private final String code = "WIRE-" + UUID.randomUUID();
        private final String domain = UUID.randomUUID() + ".example.org";
        private final UUID town;
        private final UUID village;
        private final UUID guest;
        private final Set<String> kinds = new TreeSet<>();
        private final Set<ReceivedMail> judged = new HashSet<>();

        Place(String text, String locale) {
            this.text = text;
            this.locale = locale;
            town = lectures.branch("WIRE-" + UUID.randomUUID(), null, locale);
            village = lectures.branch(code, town, locale);
            guest = lectures.branch("WIRE-" + UUID.randomUUID(), null, locale);
            for (UUID branch : List.of(town, village, guest)) {
                given().auth()
                        .oauth2(Tokens.organizer())
                        .contentType(ContentType.JSON)
                        .body(Map.of("channel", "email", "address", address(branch), "vouchedFor", "a test"))
                        .post("/api/v1/branches/{id}/endpoints", branch)
                        .then()
                        .statusCode(201);
            }
        }

        String address(UUID branch) {
            return branch + "@" + domain;
        }

        /** Sends an event that uses our text everywhere, and waits for the mail. */
        void told(Scheduler.Message message, UUID branch, String kind) {
            write(message.data());
            int before = delivered(branch, kind);
            Scheduler.send(message);
            await().atMost(LONG).until(() -> delivered(branch, kind) > before);
            judge();
        }

        /** Judges new mails at once, before the test changes the age of their notices. */
        void judge() {
            for (UUID branch : List.of(town, village, guest)) {
                for (ReceivedMail mail : MailServer.mails(address(branch))) {
                    if (judged.add(mail)) {
                        kinds.add(judged(mail, locale));
                    }
                }
            }
        }

        private void write(JsonNode node) {
            for (var member : node.properties()) {
                boolean aText = Set.of("title", "name", "address", "reason").contains(member.getKey());
                if (aText && member.getValue().isTextual()) {
                    ((ObjectNode) node).put(member.getKey(), text);
                } else {
                    write(member.getValue());
                }
            }
        }

        void bookings() {
            UUID booking = UUID.randomUUID();
            told(Scheduler.version("confirmed", booking, 1, village, 720), village, "CONFIRMED");
            told(Scheduler.version("rescheduled", booking, 2, village, 730), village, "RESCHEDULED");
            told(Scheduler.version("reassigned", booking, 3, village, 730), village, "REASSIGNED");
            told(Scheduler.version("cancelled", booking, 4, village, 730), village, "CANCELLED");
            // urgent, with a guest that joins and leaves
            UUID near = UUID.randomUUID();
            told(Scheduler.version("confirmed", near, 1, village, 5), village, "CONFIRMED");
            told(guests(near, 2, guest, true), guest, "CONFIRMED");
            told(guests(near, 3, guest, false), guest, "CANCELLED");
        }

        private Scheduler.Message guests(UUID booking, int version, UUID guest, boolean joins) {
            return Scheduler.version("guests-changed", booking, version, village, 5)
                    .with("guests", joins ? branches(guest) : branches())
                    .with("joined", joins ? branches(guest) : branches())
                    .with("left", joins ? branches() : branches(guest));
        }

        void requests() {
            Map.of(
                            "offered", "REQUEST_OFFERED",
                            "offer-expired", "OFFER_ENDED",
                            "offer-withdrawn", "OFFER_ENDED",
                            "refused", "REQUEST_REFUSED",
                            "reopened", "REQUEST_REOPENED",
                            "lapsed", "REQUEST_LAPSED")
                    .forEach((change, kind) -> {
                        Scheduler.Message request = Scheduler.request(change, UUID.randomUUID(), 1, village);
                        request.data().put("reason", text);
                        told(request, village, kind);
                    });
        }

        /** No acknowledgement arrives: the village gets a reminder and a repeat, then the town is notified. */
        void repeats() {
            UUID booking = UUID.randomUUID();
            told(Scheduler.version("confirmed", booking, 1, village, 240), village, "CONFIRMED");
            lectures.pass(booking, DAY.multipliedBy(3));
            await().atMost(LONG)
                    .until(() ->
                            delivered(village, "REMINDER") > 0 && delivered(village, "ACKNOWLEDGEMENT_OVERDUE") > 0);
            lectures.pass(booking, DAY);
            await().atMost(LONG).until(() -> delivered(town, "ESCALATED") > 0);
        }

        void trial() {
            String endpoints = "/api/v1/branches/" + town + "/endpoints";
            String endpoint =
                    given().auth().oauth2(Tokens.organizer()).get(endpoints).path("items[0].id");
            given().auth()
                    .oauth2(Tokens.organizer())
                    .post(endpoints + "/" + endpoint + "/test")
                    .then()
                    .statusCode(200);
        }

        /** Three notices that wait for one mail. */
        void digest() {
            String at = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT)
                    .format(Instant.now().plus(Duration.ofHours(1)).atZone(ZoneId.of("Asia/Shanghai")));
            given().auth()
                    .oauth2(Tokens.branch(code))
                    .contentType(ContentType.JSON)
                    .header("If-Match", "\"1\"")
                    .body("{\"digest\":{\"at\":\"" + at + "\"},\"reminders\":true}")
                    .put("/api/v1/branches/" + village + "/preferences")
                    .then()
                    .statusCode(200);
            int before = delivered(village, "CONFIRMED");
            for (int i = 0; i < 3; i++) {
                Scheduler.Message message = Scheduler.confirmed(village, 900 + i);
                write(message.data());
                Scheduler.send(message);
                await().atMost(LONG)
                        .until(() -> !sql.list(
                                        "SELECT id FROM delivery WHERE subject_id = ? AND waits_for = 'digest'",
                                        row -> row.id("id"),
                                        message.subject())
                                .isEmpty());
            }
            sql.update(
                    "UPDATE notice SET created_at = created_at - interval '2 days', silent = true WHERE branch_id = ?",
                    village);
            sql.update("UPDATE delivery SET next_attempt_at = now() WHERE branch_id = ? AND state = 'READY'", village);
            await().atMost(LONG).until(() -> delivered(village, "CONFIRMED") == before + 3);
        }
    }

    private int delivered(UUID branch, String kind) {
        return sql.one("""
                        SELECT count(*) AS count FROM delivery d JOIN notice n ON n.id = d.notice_id
                        WHERE n.branch_id = ? AND n.kind = ? AND d.channel = 'email' AND d.state = 'DELIVERED'""", row -> row.number("count"), branch, kind).orElse(0);
    }

    private static ArrayNode branches(UUID... ids) {
        ArrayNode branches = new ObjectMapper().createArrayNode();
        for (UUID id : ids) {
            branches.addObject().put("id", id.toString()).put("code", "WIRE").put("name", "白溪村");
        }
        return branches;
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh-CN"})
    void everyKindOfMail_isTakenByAStrictServerAndReadExactly(String locale) {
        for (String text : TEXTS) {
            Place place = new Place(text, locale);
            place.bookings();
            place.requests();
            place.repeats();
            place.trial();
            place.digest();

            assertThat(MailServer.refused().stream()
                            .filter(mail -> mail.to().getFirst().endsWith(place.domain)))
                    .as("what a strict server refuses")
                    .isEmpty();
            place.judge();
            assertThat(place.kinds)
                    .containsExactlyInAnyOrder(
                            "ACKNOWLEDGEMENT_OVERDUE",
                            "CANCELLED",
                            "CONFIRMED",
                            "DIGEST",
                            "OFFER_ENDED",
                            "REASSIGNED",
                            "REMINDER",
                            "REQUEST_LAPSED",
                            "REQUEST_OFFERED",
                            "REQUEST_REFUSED",
                            "REQUEST_REOPENED",
                            "RESCHEDULED",
                            "TRIAL",
                            "ESCALATED");
        }
    }

    private record SentNotice(UUID notice, String kind, String title, String body, boolean urgent) {}

    /** Compares a mail with its notice in the database; returns the kind of mail. */
    private String judged(ReceivedMail mail, String locale) {
        assertThat(mail.violations()).isEmpty();
        ParsedMail read = new ParsedMail(mail.octets());
        assertThat(read.to()).isEqualTo(mail.to());
        assertThat(read.header("Content-Language")).hasValue(locale);
        assertThat(read.headers()).doesNotHaveDuplicates().doesNotContain("Bcc", "Cc");
        if (read.header("List-Unsubscribe").isPresent()) {
            return judgedDigest(read, mail, locale);
        }
        UUID delivery = UUID.fromString(read.header("Message-ID").orElseThrow().substring(1, 37));
        List<SentNotice> told = sql.list(
                """
                SELECT n.id, n.kind, n.title, n.body, n.urgent FROM delivery d JOIN notice n ON n.id = d.notice_id
                WHERE d.id = ?""",
                row -> new SentNotice(
                        row.id("id"), row.text("kind"), row.text("title"), row.text("body"), row.flag("urgent")),
                delivery);
        if (told.isEmpty()) {
            assertThat(read.structure()).isEqualTo("alternative(text/plain text/html)");
            return "TRIAL";
        }
        SentNotice notice = told.getFirst();
        String words = crlf(notice.title() + "\n\n" + notice.body());
        String urgent = locale.equals("en") ? "[Urgent] " : "【紧急】";
        assertThat(read.subject()).isEqualTo((notice.urgent() ? urgent : "") + subject(notice));
        assertThat(read.text()).startsWith(words);
        assertThat(unescaped(read.html().replaceAll("(?s)<style>.*?</style>", "")))
                .contains(notice.title())
                .contains(notice.body()
                        .lines()
                        .map(WireTest::values)
                        .flatMap(List::stream)
                        .toList());
        byte[] expected = calendars
                .invitation(
                        notice.notice(),
                        locale,
                        "lectern@lectern.localhost",
                        mail.to().getFirst(),
                        null)
                .map(Invitation::content)
                .orElse(null);
        if (expected == null) {
            assertThat(read.structure()).isEqualTo("alternative(text/plain text/html)");
        } else {
            assertThat(read.structure())
                    .isEqualTo("mixed(alternative(text/plain text/html text/calendar) application/ics)");
            assertThat(read.parts("text/calendar").getFirst().content()).isEqualTo(expected);
            assertThat(read.parts("application/ics").getFirst().content()).isEqualTo(expected);
        }
        return notice.kind();
    }

    private String judgedDigest(ParsedMail read, ReceivedMail mail, String locale) {
        List<String> told = sql.list(
                """
                SELECT n.title, n.body FROM delivery d
                JOIN notice n ON n.id = d.notice_id JOIN endpoint e ON e.id = d.endpoint_id
                WHERE e.address = ? AND d.message IS NOT NULL""",
                row -> crlf("## " + row.text("title") + "\n" + row.text("body")),
                mail.to().getFirst());
        assertThat(read.structure()).isEqualTo("alternative(text/plain text/html)");
        assertThat(read.subject()).isEqualTo(locale.equals("en") ? "3 notices about lectures" : "3 条宣讲通知");
        assertThat(told).hasSize(3);
        assertThat(read.text()).contains(told);
        return "DIGEST";
    }

    /** The title, at most 40 characters of it, and the time of the lecture. */
    private static String subject(SentNotice notice) {
        var time = Pattern.compile("(?m)^(New time|Time|新时间|时间)(: |：)(.*)$").matcher(notice.body());
        if (!time.find()) {
            return notice.title();
        }
        int[] title = notice.title().codePoints().toArray();
        String shortTitle = title.length <= 40 ? notice.title() : new String(title, 0, 39).strip() + "…";
        return shortTitle + " · " + time.group(3);
    }

    /** The content of a line without its label; two values for a change. */
    private static List<String> values(String line) {
        String value = line.replaceFirst("^[^:：]{1,24}(: |：)", "");
        var changed = Pattern.compile("^(.*)(?: \\(before: |（原：)(.*)[)）]$").matcher(value);
        return changed.matches() ? List.of(changed.group(1), changed.group(2)) : List.of(value);
    }

    private static String crlf(String text) {
        return text.replace("\n", "\r\n");
    }

    private static String unescaped(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
