package org.lectern.notification.inbound;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import biweekly.Biweekly;
import biweekly.component.VEvent;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.inbound.message.Samples;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.ParsedMail;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** Calendar replies arrive in the mailbox and apply to the invitation they answer. */
@ServiceTest
@TestProfile(InboundMail.On.class)
class InboundAnswerTest {

    @Inject
    InboundRounds rounds;

    @Inject
    ReplyAddresses addresses;

    @Inject
    Lectures lectures;

    @Inject
    Sql sql;

    private static final Duration LONG = Duration.ofMinutes(2);

    private final String code = "ANS-" + UUID.randomUUID();
    private final String mailbox = UUID.randomUUID() + "@example.net";
    private final UUID booking = UUID.randomUUID();
    private InboundMail inbound;
    private UUID branch;
    private UUID notice;

    @BeforeEach
    void aBranchIsToldByMail() {
        MailServer.up();
        inbound = new InboundMail();
        branch = lectures.branch(code, null, "zh-CN");
        lectures.mailbox(branch, mailbox, true, false);
        notice = lectures.told(version("confirmed", 1), branch);
    }

    @AfterEach
    void end() {
        inbound.close();
    }

    @Test
    void accepted_acknowledgesTheNotice() {
        read(reply("ACCEPTED", 0));

        assertThat(acknowledgements()).containsExactly("1 calendar");
        assertThat(sql.list(
                        "SELECT data FROM outbox WHERE subject = ? AND type = 'lectern.notice.acknowledged.v1'",
                        row -> row.text("data"),
                        booking))
                .singleElement()
                .satisfies(data -> assertThat(data).contains("\"calendar\"").doesNotContain(mailbox));
        answers().body("items.kind", contains("accepted")).body("items.open", contains(false));
        assertThat(inbound.processed()).isEqualTo(1);
        assertThat(inbound.inbox()).isZero();
    }

    @Test
    void mailThatWasSent_isAnsweredAtTheOrganizerItNames() throws Exception {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(MailServer.mails(mailbox)).hasSize(1));
        VEvent invitation = Biweekly.parse(
                        new ParsedMail(MailServer.mails(mailbox).getFirst().octets())
                                .parts("text/calendar")
                                .getFirst()
                                .text())
                .first()
                .getEvents()
                .getFirst();

        read(Samples.text("thunderbird-accepted")
                .replace(Samples.ENTRY, invitation.getOrganizer().getEmail())
                .replace(Samples.UID, invitation.getUid().getValue())
                .replace("SEQUENCE:1", "SEQUENCE:" + invitation.getSequence().getValue()));

        assertThat(acknowledgements()).containsExactly("1 calendar");
    }

    @Test
    void acceptedOfAnOutdatedVersion_doesNotAcknowledge() {
        lectures.told(version("rescheduled", 2), branch);

        read(reply("ACCEPTED", 0));

        assertThat(acknowledgements()).isEmpty();
        answers().body("items.outdated", contains(true)).body("items.version", contains(1));
        read(reply("ACCEPTED", 1));
        assertThat(acknowledgements()).containsExactly("2 calendar");
    }

    @Test
    void acceptedAfterTheLecture_doesNotAcknowledge() {
        lectures.pass(booking, Duration.ofDays(40));

        read(reply("ACCEPTED", 0));

        assertThat(acknowledgements()).isEmpty();
        answers().body("items.outdated", contains(true));
    }

    @Test
    void declined_isShownAndSentToTheOrganizers() {
        UUID organizers = lectures.branch("ORGANIZERS", null, "zh-CN");

        read(reply("DECLINED", 0).replace("SEQUENCE:", "COMMENT:村里停电\\, 改天\r\nSEQUENCE:"));

        answers()
                .body("items.kind", contains("declined"))
                .body("items.open", contains(true))
                .body("items.comment", contains("村里停电, 改天"))
                .body("items.notifiedBranchId", contains(organizers.toString()));
        assertThat(lectures.kinds(organizers, booking)).containsExactly("BRANCH_DECLINED");
        assertThat(text(organizers)).startsWith("青石村不能参加：乡村振兴政策解读").contains("留言：村里停电, 改天", "请与该单位另行商定时间");
        assertThat(acknowledgements()).isEmpty();
    }

    @Test
    void counterProposal_isShownWithItsTime() {
        UUID organizers = lectures.branch("ORGANIZERS", null, "en");
        String counter = Samples.text("outlook-counter")
                .replace(Samples.ENTRY, addresses.ofEntry(booking, mailbox).orElseThrow());
        String calendar =
                decoded(counter).replace(Samples.UID, booking + "@lectern").replace("SEQUENCE:2", "SEQUENCE:0");

        read("To: " + addresses.ofEntry(booking, mailbox).orElseThrow()
                + "\r\nContent-Type: text/calendar; charset=utf-8; method=COUNTER\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                + calendar);

        answers()
                .body("items.kind", contains("counter"))
                .body("items.proposedStart", contains("2026-12-02T01:00:00Z"))
                .body("items.proposedEnd", contains("2026-12-02T03:00:00Z"));
        assertThat(text(organizers))
                .startsWith("青石村 proposes another time: 乡村振兴政策解读")
                .contains("Proposed time: Wed 2 Dec 2026, 09:00–11:00 (Asia/Shanghai)", "Please move the lecture");
    }

    @Test
    void tentative_isShownAndLeavesEverythingOpen() {
        UUID organizers = lectures.branch("ORGANIZERS", null, "en");

        read(reply("TENTATIVE", 0));

        answers().body("items.kind", contains("tentative")).body("items.sentNoticeId", contains(nullValue()));
        assertThat(lectures.kinds(organizers, booking)).isEmpty();
        assertThat(acknowledgements()).isEmpty();
    }

    @Test
    void sameMessageTwice_countsOnce() {
        UUID organizers = lectures.branch("ORGANIZERS", null, "en");
        String declined = reply("DECLINED", 0);

        read(declined);
        read(declined);

        answers().body("items", hasSize(1));
        assertThat(lectures.kinds(organizers, booking)).containsExactly("BRANCH_DECLINED");
        assertThat(inbound.processed()).isEqualTo(2);
    }

    @Test
    void sameAnswerInAnotherMessage_isNoNewsToTheOrganizers() {
        UUID organizers = lectures.branch("ORGANIZERS", null, "en");

        read(reply("DECLINED", 0));
        read("X-Copy: 2\r\n" + reply("DECLINED", 0));

        answers().body("items", hasSize(2)).body("items.open", contains(true, false));
        assertThat(lectures.kinds(organizers, booking)).containsExactly("BRANCH_DECLINED");
    }

    @Test
    void sharedMailbox_answersForEachOfItsBranches() {
        UUID guest = lectures.branch("ANS-" + UUID.randomUUID(), null, "en");
        lectures.mailbox(guest, mailbox, true, false);
        lectures.told(
                version("guests-changed", 2)
                        .with("guests", branches(guest))
                        .with("joined", branches(guest))
                        .with("left", branches()),
                guest);

        read(reply("ACCEPTED", 1));

        assertThat(acknowledgements()).containsExactlyInAnyOrder("1 calendar", "2 calendar");
    }

    @Test
    void answerToAnotherEntryOrRevision_isSetAside() {
        String other = UUID.randomUUID() + "@lectern";

        read(reply("ACCEPTED", 0).replace(booking + "@lectern", other));
        read(reply("ACCEPTED", 7));
        read(reply("ACCEPTED", 0).replace(booking + "@lectern", "no-uuid@lectern"));

        assertThat(inbound.setAside()).isEqualTo(3);
        nothingFollowed();
    }

    @Test
    void forgedOrMissingToken_isSetAside() {
        String real = addresses.ofEntry(booking, mailbox).orElseThrow();
        String elsewhere = addresses.ofEntry(booking, "somebody@example.net").orElseThrow();
        String forged = "lectern+" + "a".repeat(26) + "@example.org";

        read(reply("ACCEPTED", 0).replace(real, elsewhere));
        read(reply("ACCEPTED", 0).replace(real, forged));
        read(reply("ACCEPTED", 0).replace(real, "lectern@example.org"));

        assertThat(inbound.setAside()).isEqualTo(3);
        nothingFollowed();
    }

    @Test
    void senderIsNotAskedFor() {
        read(reply("ACCEPTED", 0).replace("office@branch.example", "deputy@elsewhere.example"));

        assertThat(acknowledgements()).containsExactly("1 calendar");
    }

    @Test
    void replyToTheMailsOwnAddress_countsToo() {
        UUID delivery = sql.one("SELECT id FROM delivery WHERE notice_id = ?", row -> row.id("id"), notice)
                .orElseThrow();
        String real = addresses.ofEntry(booking, mailbox).orElseThrow();

        read(reply("ACCEPTED", 0)
                .replace(real, addresses.of(delivery).orElseThrow())
                .replace("SEQUENCE:0\r\n", ""));

        assertThat(acknowledgements()).containsExactly("1 calendar");
    }

    @Test
    void branchSeesItsOwnAnswersOnly() {
        read(reply("TENTATIVE", 0));
        String path = "/api/v1/branches/" + branch + "/calendar-answers";

        given().auth()
                .oauth2(Tokens.branch(code))
                .get(path)
                .then()
                .statusCode(200)
                .body("items", hasSize(1));
        given().auth().oauth2(Tokens.branch("ANS-other")).get(path).then().statusCode(404);
        given().auth()
                .oauth2(Tokens.branch(code))
                .get("/api/v1/calendar-answers")
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(Tokens.auditor())
                .queryParam("bookingId", booking.toString())
                .queryParam("open", "true")
                .queryParam("limit", 1)
                .get("/api/v1/calendar-answers")
                .then()
                .statusCode(200)
                .body("items.recipientCode", contains(code))
                .body("nextCursor", nullValue());
        given().auth()
                .oauth2(Tokens.organizer())
                .queryParam("cursor", "x")
                .get("/api/v1/calendar-answers")
                .then()
                .statusCode(400)
                .body("code", notNullValue());
    }

    private void nothingFollowed() {
        assertThat(acknowledgements()).isEmpty();
        answers().body("items", empty());
    }

    private void read(String message) {
        inbound.arrives(message);
        rounds.round();
        assertThat(inbound.inbox()).isZero();
    }

    private String reply(String answer, int sequence) {
        return Samples.text("thunderbird-accepted")
                .replace(Samples.ENTRY, addresses.ofEntry(booking, mailbox).orElseThrow())
                .replace(Samples.UID, booking + "@lectern")
                .replace("PARTSTAT=ACCEPTED", "PARTSTAT=" + answer)
                .replace("SEQUENCE:1", "SEQUENCE:" + sequence);
    }

    private static String decoded(String message) {
        String base64 = message.substring(message.indexOf("method=COUNTER"));
        base64 = base64.substring(base64.indexOf("\r\n\r\n") + 4, base64.lastIndexOf("\r\n\r\n--"));
        return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private List<String> acknowledgements() {
        return sql.list(
                "SELECT version || ' ' || channel AS given FROM acknowledgement WHERE booking_id = ? ORDER BY version",
                row -> row.text("given"),
                booking);
    }

    private ValidatableResponse answers() {
        return given().auth()
                .oauth2(Tokens.organizer())
                .queryParam("bookingId", booking.toString())
                .get("/api/v1/calendar-answers")
                .then()
                .statusCode(200);
    }

    private String text(UUID reader) {
        return sql.one(
                        "SELECT title || chr(10) || body AS text FROM notice WHERE branch_id = ? AND booking_id = ?",
                        row -> row.text("text"),
                        reader,
                        booking)
                .orElseThrow();
    }

    private Scheduler.Message version(String type, int version) {
        return Scheduler.version(type, booking, version, branch, 720);
    }

    private static ArrayNode branches(UUID... ids) {
        ArrayNode branches = new ObjectMapper().createArrayNode();
        for (UUID id : ids) {
            branches.addObject().put("id", id.toString()).put("code", "ANS").put("name", "白溪村");
        }
        return branches;
    }
}
