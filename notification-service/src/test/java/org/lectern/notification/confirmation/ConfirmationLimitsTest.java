package org.lectern.notification.confirmation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.lectern.notification.confirmation.AskingBranch.anAddress;
import static org.lectern.notification.confirmation.AskingBranch.links;

import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.time.Uuid7;
import org.lectern.notification.directory.EmailAddress;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.ServiceTest;

/** No caller can send many messages to mailboxes that did not ask for them. */
@ServiceTest
class ConfirmationLimitsTest {

    /** From the tests' settings; the other two are defaults. */
    private static final int PER_CALLER = 1000;

    @Inject
    Sql sql;

    private AskingBranch branch;
    private String address;

    @BeforeEach
    void aBranch() {
        MailServer.up();
        branch = AskingBranch.speaking("en");
        address = anAddress();
    }

    @Test
    void oneEndpoint_isAskedThreeTimesAnHour() {
        String endpoint = branch.added(address);
        for (int mails = 1; mails <= 2; mails++) {
            links(address, mails);
            untilNothingWaits(endpoint);
            branch.asksAgain(endpoint).statusCode(200).body("answer", equalTo("confirmation-requested"));
        }
        links(address, 3);
        untilNothingWaits(endpoint);

        long seconds =
                Long.parseLong(tooMany(branch.asksAgain(endpoint)).extract().header("Retry-After"));
        assertThat(seconds).isBetween(1L, 3601L);

        older(endpoint, "1 hour");
        branch.asksAgain(endpoint).statusCode(200);
        links(address, 4);
    }

    @Test
    void oneAddress_isAskedTenTimesADay() {
        String endpoint = branch.added(address);
        asked(endpoint, address, "somebody", 9);
        older(endpoint, "2 hours");

        tooMany(AskingBranch.speaking("en").adds(address)).body("detail", containsString("vouch"));
        tooMany(branch.asksAgain(endpoint));

        older(endpoint, "22 hours");
        AskingBranch.speaking("en").adds(address).statusCode(201);
    }

    @Test
    void oneCaller_causesFewMessagesAnHour() {
        String endpoint = branch.added(address);
        String caller = sql.one(
                        "SELECT requested_by FROM confirmation WHERE endpoint_id = ?",
                        row -> row.text("requested_by"),
                        id(endpoint))
                .orElseThrow();
        asked(endpoint, anAddress(), caller, PER_CALLER);

        String other = anAddress();
        tooMany(branch.adds(other));

        assertThat(sql.one("SELECT 1 FROM endpoint WHERE address = ?", row -> true, other))
                .isEmpty();
        branch.vouched(other);
    }

    private static ValidatableResponse tooMany(ValidatableResponse response) {
        return response.statusCode(429).body("code", equalTo("too-many-confirmations"));
    }

    /** Stores messages that were just sent. */
    private void asked(String endpoint, String to, String caller, int times) {
        for (int i = 0; i < times; i++) {
            sql.update("""
                    INSERT INTO confirmation (id, endpoint_id, address_hash, requested_by, requested_at, expires_at,
                                              next_attempt_at, outcome, ended_at)
                    VALUES (?, ?, ?, ?, now(), now() + interval '7 days', now(), 'SENT', now())""", Uuid7.next(), id(endpoint), EmailAddress.fingerprint(to), caller);
        }
    }

    private void older(String endpoint, String by) {
        sql.update(
                "UPDATE confirmation SET requested_at = requested_at - cast(? AS interval) WHERE endpoint_id = ?",
                by,
                id(endpoint));
    }

    /** A mail is received before it is recorded as sent; while one waits, no other is created. */
    private void untilNothingWaits(String endpoint) {
        await().until(() -> sql.one(
                        "SELECT 1 FROM confirmation WHERE endpoint_id = ? AND outcome IS NULL",
                        row -> true,
                        id(endpoint))
                .isEmpty());
    }

    private static UUID id(String endpoint) {
        return UUID.fromString(endpoint.substring(endpoint.lastIndexOf('/') + 1));
    }
}
