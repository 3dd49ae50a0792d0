package org.lectern.notification.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.RefusingMailServer;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** The outcome of deliveries when receivers are slow, away, or refuse. */
@ServiceTest
class DeliveryTest {

    @Inject
    Sql sql;

    @Inject
    SlowReceiver slow;

    @Inject
    DeliveryQueue queue;

    @BeforeEach
    void mailIsUp() {
        MailServer.up();
    }

    @AfterEach
    void releaseWaiting() {
        CountDownLatch latch = slow.first;
        slow.first = null;
        if (latch != null) {
            latch.countDown();
        }
    }

    @Test
    void mailServerAway_delaysTheMail() {
        UUID branch = branch("DWN");
        String address = UUID.randomUUID() + "@example.org";
        endpoint(branch, address);
        MailServer.down();
        Scheduler.send(Scheduler.confirmed(branch, 30));
        await().untilAsserted(() -> assertThat(answers(branch)).contains("no-connection"));
        MailServer.up();
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(states(branch)).containsExactly("DELIVERED"));
        assertThat(MailServer.received(address)).hasSize(1);
        assertThat(answers(branch)).endsWith("smtp-250");
    }

    @Test
    void refusedMail_failsWithoutTheServersText() throws Exception {
        UUID branch = branch("REF");
        MailServer.down();
        try (var refusing = new RefusingMailServer(MailServer.port(), "550 5.7.1 we do not like")) {
            endpoint(branch, UUID.randomUUID() + "@example.org");
            Scheduler.send(Scheduler.confirmed(branch, 30));
            await().untilAsserted(() -> assertThat(states(branch)).containsExactly("DEAD"));
            assertThat(refusing.dialogues()).isPositive();
        }
        assertThat(answers(branch)).containsExactly("smtp-550");
    }

    @Test
    void expiredLease_cannotRecordTheOutcome() {
        slow.first = new CountDownLatch(1);
        UUID branch = branch("ZOM");
        sql.update("""
                INSERT INTO endpoint (id, branch_id, channel, address, enabled, version, created_at, updated_at)
                VALUES (uuidv7(), ?, 'slow', 'receiver', true, 1, now(), now())""", branch);
        Scheduler.send(Scheduler.confirmed(branch, 30));
        await().untilAsserted(() -> assertThat(states(branch)).containsExactly("LEASED"));
        sql.update("UPDATE delivery SET lease_until = now() - interval '1 second' WHERE branch_id = ?", branch);
        await().untilAsserted(() -> assertThat(states(branch)).containsExactly("DELIVERED"));
        CountDownLatch zombie = slow.first;
        assertThat(zombie).isNotNull();
        zombie.countDown();
        await().untilAsserted(() -> assertThat(answers(branch)).containsExactly("refused", "served"));
        assertThat(states(branch)).containsExactly("DELIVERED");
    }

    @Test
    void disabledEndpoint_parksItsDeliveriesInOrder() {
        UUID branch = branch("PRK");
        String address = UUID.randomUUID() + "@example.org";
        String endpoint = endpoint(branch, address);
        change(branch, endpoint, "\"1\"", address, false);
        var confirmed = Scheduler.confirmed(branch, 30);
        Scheduler.send(confirmed);
        Scheduler.send(Scheduler.version("cancelled", confirmed.subject(), 2, branch, 30));
        await().untilAsserted(() -> assertThat(states(branch)).containsExactly("PARKED", "PARKED"));
        change(branch, endpoint, "\"2\"", address, true);
        await().untilAsserted(() -> assertThat(states(branch)).containsExactly("DELIVERED", "DELIVERED"));
        List<Instant> finished = sql.list(
                "SELECT finished_at FROM delivery WHERE branch_id = ? ORDER BY sequence",
                row -> row.time("finished_at"),
                branch);
        assertThat(finished).isSorted();
    }

    @Test
    void aRemovedEndpointEndsItsDeliveriesAndForgetsItsAddress() {
        UUID branch = branch("REM");
        String address = UUID.randomUUID() + "@example.org";
        String endpoint = endpoint(branch, address);
        change(branch, endpoint, "\"1\"", address, false);
        Scheduler.send(Scheduler.confirmed(branch, 30));
        await().untilAsserted(() -> assertThat(states(branch)).containsExactly("PARKED"));
        given().auth()
                .oauth2(Tokens.operator())
                .header("If-Match", "\"2\"")
                .delete("/api/v1/branches/" + branch + "/endpoints/" + endpoint)
                .then()
                .statusCode(204);
        assertThat(states(branch)).containsExactly("DEAD");
        assertThat(sql.list("SELECT 1 AS one FROM endpoint WHERE address = ?", row -> row.number("one"), address))
                .isEmpty();
    }

    @Test
    void aLectureThatIsOverIsRecordedAndNotAnnounced() {
        UUID branch = branch("PST");
        endpoint(branch, UUID.randomUUID() + "@example.org");
        var past = Scheduler.confirmed(branch, -50);
        Scheduler.send(past);
        Scheduler.send(Scheduler.version("cancelled", past.subject(), 2, branch, 30));
        await().untilAsserted(() -> assertThat(states(branch)).hasSize(1));
        assertThat(sql.list("SELECT kind FROM notice WHERE branch_id = ?", row -> row.text("kind"), branch))
                .containsExactlyInAnyOrder("CONFIRMED", "CANCELLED");
    }

    @Test
    void outdatedDelivery_expires() {
        UUID branch = branch("EXP");
        String address = UUID.randomUUID() + "@example.org";
        String endpoint = endpoint(branch, address);
        change(branch, endpoint, "\"1\"", address, false);
        Scheduler.send(Scheduler.confirmed(branch, 30));
        await().untilAsserted(() -> assertThat(states(branch)).containsExactly("PARKED"));
        sql.update("UPDATE delivery SET expires_at = now() - interval '1 second' WHERE branch_id = ?", branch);
        await().untilAsserted(() -> assertThat(sql.list(
                        "SELECT reason FROM delivery WHERE branch_id = ?", row -> row.textOrNull("reason"), branch))
                .containsExactly("expired"));
    }

    @Test
    void oneEndpoint_doesNotUseAllWorkers() {
        UUID branch = branch("FAI");
        String address = UUID.randomUUID() + "@example.org";
        String endpoint = endpoint(branch, address);
        change(branch, endpoint, "\"1\"", address, false);
        for (int i = 0; i < 5; i++) {
            Scheduler.send(Scheduler.confirmed(branch, 30));
        }
        await().untilAsserted(() -> assertThat(states(branch)).hasSize(5));
        // claimed in one transaction, so that the worker of this process cannot claim them in between
        List<Lease> claimed = QuarkusTransaction.requiringNew().call(() -> {
            sql.update("UPDATE endpoint SET enabled = true WHERE id = ?", UUID.fromString(endpoint));
            sql.update("UPDATE delivery SET state = 'READY' WHERE branch_id = ?", branch);
            return queue.claimWithin(100).leases().stream()
                    .filter(lease -> lease.letter().address().equals(address))
                    .toList();
        });
        assertThat(claimed).hasSize(2);
        claimed.forEach(lease -> queue.complete(List.of(lease), new DeliveryOutcome.Delivered("test")));
        await().untilAsserted(() -> assertThat(states(branch)).containsOnly("DELIVERED"));
    }

    private static UUID branch(String prefix) {
        UUID branch = Scheduler.branch(prefix + "-" + UUID.randomUUID(), null, "en");
        await().untilAsserted(() -> given().auth()
                .oauth2(Tokens.operator())
                .get("/api/v1/branches/" + branch + "/endpoints")
                .then()
                .statusCode(200));
        return branch;
    }

    private static String endpoint(UUID branch, String address) {
        return given().auth()
                .oauth2(Tokens.organizer())
                .contentType(ContentType.JSON)
                .body("{\"channel\":\"email\",\"address\":\"" + address + "\",\"vouchedFor\":\"a test\"}")
                .post("/api/v1/branches/" + branch + "/endpoints")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static void change(UUID branch, String endpoint, String tag, String address, boolean enabled) {
        given().auth()
                .oauth2(Tokens.operator())
                .contentType(ContentType.JSON)
                .header("If-Match", tag)
                .body("{\"address\":\"" + address + "\",\"enabled\":" + enabled + "}")
                .put("/api/v1/branches/" + branch + "/endpoints/" + endpoint)
                .then()
                .statusCode(200);
    }

    private List<String> states(UUID branch) {
        return sql.list(
                "SELECT state FROM delivery WHERE branch_id = ? ORDER BY sequence", row -> row.text("state"), branch);
    }

    private List<String> answers(UUID branch) {
        return sql.list("""
                SELECT coalesce(a.answer, '') AS answer FROM delivery_attempt a JOIN delivery d ON d.id = a.delivery_id
                WHERE d.branch_id = ? ORDER BY d.sequence, a.number""", row -> row.text("answer"), branch);
    }
}
