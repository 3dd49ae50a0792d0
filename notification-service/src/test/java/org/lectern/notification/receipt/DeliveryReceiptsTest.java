package org.lectern.notification.receipt;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.Contract;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** The scheduler is notified once per version that a branch was notified of. */
@ServiceTest
class DeliveryReceiptsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Inject
    Sql sql;

    @Inject
    DeliveryReceipts receipts;

    @BeforeEach
    void mailIsUp() {
        MailServer.up();
    }

    @Test
    void firstDelivery_isPublishedOnce() {
        UUID branch = branch();
        endpoint(branch);
        endpoint(branch);
        var confirmed = Scheduler.confirmed(branch, 72);
        Scheduler.send(confirmed);
        delivered(branch, 2);
        List<String> events = events(confirmed.subject());
        assertThat(events).hasSize(1);
        assertThat(Contract.breaches("notice.delivered.v1", events.getFirst())).isEmpty();
        assertThat(events.getFirst())
                .contains(branch.toString(), confirmed.subject().toString(), "\"version\":1", "\"channel\":\"email\"")
                .doesNotContain("@");

        Scheduler.send(Scheduler.version("cancelled", confirmed.subject(), 2, branch, 72));
        delivered(branch, 4);
        assertThat(events(confirmed.subject())).hasSize(2);
        assertThat(events(confirmed.subject()).getLast()).contains("\"version\":2");
    }

    @Test
    void inboxAlone_isNoDelivery() {
        UUID branch = branch();
        var confirmed = Scheduler.confirmed(branch, 72);
        Scheduler.send(confirmed);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                sql.list("SELECT id FROM notice WHERE branch_id = ?", row -> row.id("id"), branch))
                        .hasSize(1));
        assertThat(events(confirmed.subject())).isEmpty();
    }

    @Test
    void theExampleOfTheContractFitsItsSchema() {
        String example = Contract.example("notice.delivered.v1");
        assertThat(Contract.breaches("notice.delivered.v1", example)).isEmpty();
        assertThat(Contract.breaches("notice.delivered.v1", example.replace("branchId", "branch")))
                .isNotEmpty();
    }

    @Test
    void withdrawal_fitsItsSchema() {
        UUID branch = branch();
        endpoint(branch);
        var confirmed = Scheduler.confirmed(branch, 72);
        Scheduler.send(confirmed);
        delivered(branch, 1);
        UUID delivery = sql.one("SELECT id FROM delivery WHERE branch_id = ?", row -> row.id("id"), branch)
                .orElseThrow();

        QuarkusTransaction.requiringNew().run(() -> {
            sql.update("UPDATE delivery SET state = 'DEAD', reason = 'bounced-5.1.1' WHERE id = ?", delivery);
            receipts.withdraw(List.of(delivery), "bounced-5.1.1");
        });
        String withdrawal = sql.one(
                        "SELECT data FROM outbox WHERE subject = ? AND type = 'lectern.notice.undelivered.v1'",
                        row -> row.text("data"),
                        confirmed.subject())
                .orElseThrow();

        for (String data : List.of(withdrawal, Contract.example("notice.undelivered.v1"))) {
            assertThat(Contract.breaches("notice.undelivered.v1", data)).isEmpty();
            assertThat(Contract.breaches("notice.undelivered.v1", data.replace("\"delivered\"", "\"event\"")))
                    .isNotEmpty();
        }
    }

    private List<String> events(UUID booking) {
        return sql.list(
                "SELECT data FROM outbox WHERE subject = ? AND type = 'lectern.notice.delivered.v1' ORDER BY version",
                row -> row.text("data"),
                booking);
    }

    private void delivered(UUID branch, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sql.list(
                                "SELECT id FROM delivery WHERE branch_id = ? AND state = 'DELIVERED'",
                                row -> row.id("id"),
                                branch))
                        .hasSize(count));
    }

    private static UUID branch() {
        UUID branch = Scheduler.branch("TLD-" + UUID.randomUUID(), null, "en");
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.operator())
                        .get("/api/v1/branches/" + branch + "/endpoints")
                        .then()
                        .statusCode(200));
        return branch;
    }

    private static void endpoint(UUID branch) {
        given().auth()
                .oauth2(Tokens.organizer())
                .contentType(ContentType.JSON)
                .body("{\"channel\":\"email\",\"address\":\"" + UUID.randomUUID()
                        + "@example.org\",\"vouchedFor\":\"a test\"}")
                .post("/api/v1/branches/" + branch + "/endpoints")
                .then()
                .statusCode(201);
    }
}
