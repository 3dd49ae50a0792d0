package org.lectern.notification.confirmation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.lectern.notification.confirmation.AskingBranch.anAddress;
import static org.lectern.notification.confirmation.AskingBranch.confirm;
import static org.lectern.notification.confirmation.AskingBranch.link;
import static org.lectern.notification.confirmation.AskingBranch.view;

import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.Mails;
import org.lectern.notification.support.RefusingMailServer;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** The confirmation mail to an owner: its content and its delivery. */
@ServiceTest
class ConfirmationMailTest {

    @Inject
    Sql sql;

    private String address;

    @BeforeEach
    void anAddressNobodyKnows() {
        MailServer.up();
        address = anAddress();
    }

    @AfterEach
    void mailIsUp() {
        MailServer.up();
    }

    @Test
    void chineseBranch_asksInChinese() throws Exception {
        AskingBranch county = AskingBranch.of("云山县", "zh-CN", null);
        AskingBranch branch = AskingBranch.of("青石村", "zh-CN", county.id());
        branch.added(address);
        link(address);

        MimeMessage mail = MailServer.received(address).getFirst();
        assertThat(mail.getSubject()).isEqualTo("请确认：是否用此邮箱接收青石村（云山县）的宣讲通知");
        assertThat(Mails.texts(mail))
                .hasSize(2)
                .allSatisfy(text -> assertThat(text.replaceAll("<[^>]+>", ""))
                        .contains("青石村（云山县）申请将宣讲通知发送至此邮箱：" + address, "宣讲安排、变更、取消", "与我无关", "前答复")
                        .doesNotContain(branch.code(), "Please"));
    }

    @Test
    void englishBranch_asksInEnglish() throws Exception {
        AskingBranch county = AskingBranch.of("Yunshan County", "en", null);
        AskingBranch branch = AskingBranch.of("Qingshi Village", "en", county.id());
        branch.added(address);
        link(address);

        MimeMessage mail = MailServer.received(address).getFirst();
        assertThat(mail.getSubject())
                .isEqualTo("Please confirm this address: notices about lectures for Qingshi Village (Yunshan County)");
        assertThat(Mails.texts(mail))
                .hasSize(2)
                .allSatisfy(text -> assertThat(text.replaceAll("<[^>]+>", ""))
                        .contains(
                                "Qingshi Village (Yunshan County) asks to send notices about lectures to this address: "
                                        + address,
                                "booked, changed or cancelled",
                                "to confirm or to refuse",
                                "You can answer until")
                        .doesNotContain(branch.code()));
    }

    @Test
    void requester_isNotNamedInTheMail() throws Exception {
        AskingBranch branch = AskingBranch.speaking("en");
        branch.added(address);
        link(address);
        String requester = sql.one(
                        "SELECT c.requested_by FROM confirmation c JOIN endpoint e ON e.id = c.endpoint_id WHERE e.branch_id = ?",
                        row -> row.text("requested_by"),
                        branch.id())
                .orElseThrow();
        assertThat(requester).isNotEmpty();
        assertThat(Mails.texts(MailServer.received(address).getFirst())).noneMatch(text -> text.contains(requester));
    }

    @Test
    void token_isKeptAsHashOnly() throws Exception {
        AskingBranch branch = AskingBranch.speaking("en");
        branch.added(address);
        String token = link(address).substring("/c/".length());
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
        assertThat(sql.list("""
                        SELECT encode(a.token_hash, 'hex') AS hash FROM confirmation_attempt a
                        JOIN confirmation c ON c.id = a.confirmation_id
                        JOIN endpoint e ON e.id = c.endpoint_id WHERE e.branch_id = ?""", row -> row.text("hash"), branch.id())).containsExactly(hash);
        assertThat(sql.list(
                        "SELECT c::text || a::text AS row FROM confirmation c, confirmation_attempt a",
                        row -> row.text("row")))
                .noneMatch(row -> row.contains(token) || row.contains(address));
    }

    @Test
    void mailServerAway_sendsTheQuestionLater() {
        AskingBranch branch = AskingBranch.speaking("en");
        MailServer.down();
        String endpoint = branch.added(address);
        await().untilAsserted(() -> view(endpoint).body("confirmation.answer", notNullValue()));
        view(endpoint).body("confirmation.sentAt", nullValue()).body("status", equalTo("pending"));
        branch.asksAgain(endpoint).statusCode(200);

        MailServer.up();

        confirm(link(address));
        view(endpoint).body("status", equalTo("active"));
        assertThat(MailServer.received(address)).hasSize(1);
    }

    @Test
    void missingMailbox_isSwitchedOff() throws IOException {
        AskingBranch branch = AskingBranch.speaking("en");
        MailServer.down();
        try (var refusing = new RefusingMailServer(MailServer.port(), "550 5.1.1 no such mailbox")) {
            String endpoint = branch.added(address);
            await().untilAsserted(() -> view(endpoint)
                    .body("enabled", equalTo(false))
                    .body("disabledReason", equalTo("smtp-550-5.1.1"))
                    .body("confirmation.answer", equalTo("smtp-550-5.1.1")));
            assertThat(refusing.dialogues()).isPositive();
            branch.change(branch.token(), endpoint, address, true)
                    .statusCode(409)
                    .body("code", equalTo("address-bounced"));
        }
    }

    @Test
    void endpointRemovedBeforeSending_getsNoMessage() {
        AskingBranch branch = AskingBranch.speaking("en");
        MailServer.down();
        String endpoint = branch.added(address);
        io.restassured.RestAssured.given()
                .auth()
                .oauth2(Tokens.organizer())
                .header("If-Match", "\"1\"")
                .delete(endpoint)
                .then()
                .statusCode(204);
        MailServer.up();
        UUID id = UUID.fromString(endpoint.substring(endpoint.lastIndexOf('/') + 1));
        await().untilAsserted(() -> assertThat(outcomes(id)).containsExactly("WITHDRAWN"));
        assertThat(MailServer.received(address)).isEmpty();
    }

    private List<String> outcomes(UUID endpoint) {
        return sql.list(
                "SELECT coalesce(outcome, '') AS outcome FROM confirmation WHERE endpoint_id = ?",
                row -> row.text("outcome"),
                endpoint);
    }
}
