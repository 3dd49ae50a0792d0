package org.lectern.notification.inbound;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.local.smtp.ReceivedMail;
import org.lectern.notification.inbound.message.Samples;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.ParsedMail;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** Mails that bounce after a mail server had accepted them. */
@ServiceTest
@TestProfile(InboundMail.On.class)
class InboundReportTest {

    @Inject
    InboundRounds rounds;

    @Inject
    ReplyAddresses addresses;

    @Inject
    Lectures lectures;

    @Inject
    Sql sql;

    private final String code = "BCE-" + UUID.randomUUID();
    private final String mailbox = UUID.randomUUID() + "@example.net";
    private InboundMail inbound;
    private UUID branch;
    private UUID endpoint;
    private UUID delivery;

    @BeforeEach
    void aMailIsTakenOver() {
        MailServer.up();
        inbound = new InboundMail();
        branch = lectures.branch(code, null, "en");
        endpoint = lectures.mailbox(branch, mailbox, true, false);
        delivery = told();
    }

    @AfterEach
    void end() {
        inbound.close();
    }

    @Test
    void unknownMailbox_disablesTheEndpoint() {
        read(bounce("postfix-bounce"));

        assertThat(states()).containsExactly("PARKED");
        endpoint().body("enabled", equalTo(false)).body("disabledReason", equalTo("bounced-5.1.1"));
        assertThat(inbound.processed()).isEqualTo(1);
        assertThat(sql.list("SELECT reason FROM bounced_address", row -> row.text("reason")))
                .contains("bounced-5.1.1");
    }

    @Test
    void mailThatWasSent_bouncesToItsEnvelopeSender() {
        ReceivedMail sent = MailServer.mails(mailbox).getFirst();

        read(bounce("postfix-bounce").replace(addresses.of(delivery).orElseThrow(), sent.from()));

        assertThat(sent.from()).startsWith("lectern+");
        assertThat(new ParsedMail(sent.octets()).header("Reply-To")).hasValue(sent.from());
        endpoint().body("enabled", equalTo(false)).body("disabledReason", equalTo("bounced-5.1.1"));
    }

    @Test
    void secondMailToThatMailbox_isParkedByItsOwnBounce() {
        UUID second = told();
        read(bounce("postfix-bounce"));

        read(bounce("postfix-bounce")
                .replace(
                        addresses.of(delivery).orElseThrow(),
                        addresses.of(second).orElseThrow()));

        assertThat(states()).containsExactly("PARKED", "PARKED");
    }

    @Test
    void bounceOfADigest_countsForEachOfItsNotices() {
        UUID second = told();
        sql.update("UPDATE delivery SET message = ? WHERE id IN (?, ?)", UUID.randomUUID(), delivery, second);
        UUID alone = told();

        read(bounce("exchange-undeliverable"));

        assertThat(states()).containsExactly("DEAD bounced-5.2.2", "DEAD bounced-5.2.2", "DELIVERED");
        assertThat(alone).isNotEqualTo(second);
    }

    @Test
    void otherBounce_usesTheFallback() {
        lectures.mailbox(branch, "deputy-" + mailbox, true, true);

        read(bounce("exchange-undeliverable"));

        assertThat(states()).contains("DEAD bounced-5.2.2");
        endpoint().body("enabled", equalTo(true));
        await().untilAsserted(() -> assertThat(sql.list(
                        "SELECT state FROM delivery WHERE fallback_for = ?", row -> row.text("state"), delivery))
                .containsExactly("DELIVERED"));
    }

    @Test
    void bounce_withdrawsTheReceiptOnce() {
        assertThat(receipts()).containsExactly("lectern.notice.delivered.v1");

        read(bounce("exchange-undeliverable"));
        read(bounce("exchange-undeliverable").replace("Date: ", "Date:  "));

        assertThat(receipts()).containsExactly("lectern.notice.delivered.v1", "lectern.notice.undelivered.v1");
        assertThat(sql.one("""
                        SELECT d.id::text = u.data::jsonb ->> 'delivered' AND u.data::jsonb ->> 'reason' = 'bounced-5.2.2'
                               AND u.subject = d.subject AND u.version = d.version AND u.data NOT LIKE '%@%' AS fits
                        FROM outbox d JOIN outbox u ON u.subject = d.subject AND u.type = 'lectern.notice.undelivered.v1'
                        WHERE d.type = 'lectern.notice.delivered.v1' AND d.data::jsonb ->> 'branchId' = ?""", row -> row.flag("fits"), branch.toString())).hasValue(true);
    }

    @Test
    void branchReachedByAnotherMessage_staysReached() {
        UUID other = lectures.mailbox(branch, "other-" + mailbox, true, false);
        delivery = told();
        await().untilAsserted(() -> assertThat(
                        sql.list("SELECT state FROM delivery WHERE endpoint_id = ?", row -> row.text("state"), other))
                .containsExactly("DELIVERED"));

        read(bounce("postfix-bounce"));

        assertThat(receipts()).containsOnly("lectern.notice.delivered.v1");
    }

    @Test
    void fallbackAfterABounce_reachesTheBranchAgain() {
        lectures.mailbox(branch, "deputy-" + mailbox, true, true);

        read(bounce("exchange-undeliverable"));

        await().untilAsserted(() -> assertThat(receipts())
                .containsExactly(
                        "lectern.notice.delivered.v1", "lectern.notice.undelivered.v1", "lectern.notice.delivered.v1"));
    }

    @Test
    void bounceOfADigest_withdrawsEachOfItsReceipts() {
        UUID second = told();
        sql.update("UPDATE delivery SET message = ? WHERE id IN (?, ?)", UUID.randomUUID(), delivery, second);

        read(bounce("exchange-undeliverable"));

        assertThat(receipts().stream().filter("lectern.notice.undelivered.v1"::equals))
                .hasSize(2);
    }

    /** The events about what reached the branch, in the order in which they were written. */
    private List<String> receipts() {
        return sql.list(
                "SELECT type FROM outbox WHERE data::jsonb ->> 'branchId' = ? ORDER BY id",
                row -> row.text("type"),
                branch.toString());
    }

    @Test
    void delayed_isVisibleAndChangesNothing() {
        read(bounce("postfix-delayed"));

        assertThat(states()).containsExactly("DELIVERED");
        given().auth()
                .oauth2(Tokens.operator())
                .get("/api/v1/deliveries/" + delivery)
                .then()
                .statusCode(200)
                .body("reports.action", contains("delayed"))
                .body("reports.status", contains("4.4.1"));
    }

    @Test
    void bounceInWords_countsByItsAddress() {
        read(bounce("qq-bounce"));

        endpoint().body("disabledReason", equalTo("bounced-5.1.1"));
    }

    @Test
    void addressChangedSince_newAddressStaysInUse() {
        given().auth()
                .oauth2(Tokens.organizer())
                .contentType("application/json")
                .header("If-Match", "\"1\"")
                .body("{\"address\":\"new-" + mailbox + "\",\"enabled\":true,\"vouchedFor\":\"a test\"}")
                .put("/api/v1/branches/" + branch + "/endpoints/" + endpoint)
                .then()
                .statusCode(200);

        read(bounce("postfix-bounce"));

        endpoint().body("enabled", equalTo(true));
        assertThat(states()).containsExactly("DEAD bounced-5.1.1");
    }

    @Test
    void sameReportTwice_countsOnce() {
        read(bounce("exchange-undeliverable"));
        resend();

        read(bounce("exchange-undeliverable"));

        assertThat(states()).containsExactly("DELIVERED");
        assertThat(inbound.processed()).isEqualTo(2);
    }

    @Test
    void bounceWithoutAValidToken_changesNothing() {
        String real = addresses.of(delivery).orElseThrow();
        String entry = addresses.ofEntry(delivery, mailbox).orElseThrow();
        char first = real.charAt(8);

        read(bounce("postfix-bounce").replace(real, real.replaceFirst("\\+.", "+" + (first == 'b' ? 'c' : 'b'))));
        read(bounce("postfix-bounce").replace(real, entry));
        read(bounce("postfix-bounce").replace(real, "lectern@example.org"));

        assertThat(states()).containsExactly("DELIVERED");
        assertThat(inbound.setAside()).isEqualTo(3);
    }

    @Test
    void automaticReply_isCountedAndPutAway() {
        read(bounce("out-of-office"));

        assertThat(states()).containsExactly("DELIVERED");
        assertThat(inbound.processed()).isEqualTo(1);
    }

    @Test
    void unreadableMessage_doesNotStopTheNext() {
        inbound.arrives("To: lectern@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                + "--b\r\n\r\nx\r\n".repeat(500));
        inbound.arrives("To: lectern@example.org\r\n\r\n" + "x".repeat(300_000));
        inbound.arrives(bounce("person"));

        read(bounce("postfix-bounce"));

        assertThat(states()).containsExactly("PARKED");
        assertThat(inbound.setAside()).isEqualTo(3);
    }

    @Test
    void anotherReplicaHasTheTurn_nothingIsRead() {
        rounds.round();
        sql.update("UPDATE inbound_turn SET holder = ?, until = now() + interval '1 hour'", UUID.randomUUID());
        inbound.arrives(bounce("postfix-bounce"));
        rounds.round();
        assertThat(inbound.inbox()).isEqualTo(1);

        sql.update("UPDATE inbound_turn SET until = now() - interval '1 second'");
        rounds.round();
        assertThat(inbound.inbox()).isZero();
    }

    @Test
    void serverAway_messagesWaitForTheNextRound() {
        inbound.close();
        rounds.round();

        inbound = new InboundMail();
        read(bounce("postfix-bounce"));

        assertThat(states()).containsExactly("PARKED");
    }

    private UUID told() {
        var confirmed = Scheduler.confirmed(branch, 720);
        UUID notice = lectures.told(confirmed, branch);
        return await().until(
                        () -> sql.one(
                                "SELECT id FROM delivery WHERE notice_id = ? AND endpoint_id = ? AND state = 'DELIVERED'",
                                row -> row.id("id"),
                                notice,
                                endpoint),
                        found -> found.isPresent())
                .orElseThrow();
    }

    private String bounce(String sample) {
        return Samples.text(sample)
                .replace(Samples.DELIVERY, addresses.of(delivery).orElseThrow());
    }

    private void read(String message) {
        inbound.arrives(message);
        rounds.round();
        assertThat(inbound.inbox()).isZero();
    }

    private void resend() {
        given().auth()
                .oauth2(Tokens.operator())
                .contentType("application/json")
                .body("{\"reason\":\"The mailbox has room again\"}")
                .post("/api/v1/deliveries/" + delivery + "/resend")
                .then()
                .statusCode(200);
        await().untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));
    }

    private List<String> states() {
        return sql.list(
                "SELECT state || coalesce(' ' || reason, '') AS state FROM delivery WHERE endpoint_id = ? ORDER BY created_at",
                row -> row.text("state"),
                endpoint);
    }

    private ValidatableResponse endpoint() {
        return given().auth()
                .oauth2(Tokens.organizer())
                .get("/api/v1/branches/" + branch + "/endpoints/" + endpoint)
                .then()
                .statusCode(200);
    }
}
