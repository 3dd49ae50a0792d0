package org.lectern.notification.receipt;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** The scheduler is notified once per version that a branch was notified of. */
@ServiceTest
class DeliveryReceiptsTest {

    private static final Path CONTRACT = Path.of("src/main/resources/contract");
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
    void firstDelivery_isPublishedOnce() throws IOException {
        UUID branch = branch();
        endpoint(branch);
        endpoint(branch);
        var confirmed = Scheduler.confirmed(branch, 72);
        Scheduler.send(confirmed);
        delivered(branch, 2);
        List<String> events = events(confirmed.subject());
        assertThat(events).hasSize(1);
        assertThat(breaches(events.getFirst())).isEmpty();
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
    void theExampleOfTheContractFitsItsSchema() throws IOException {
        String example = Files.readString(CONTRACT.resolve("example/notice.delivered.v1.json"));
        assertThat(breaches(example)).isEmpty();
        assertThat(breaches(example.replace("branchId", "branch"))).isNotEmpty();
    }

    @Test
    void withdrawal_fitsItsSchema() throws IOException {
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

        for (String data :
                List.of(withdrawal, Files.readString(CONTRACT.resolve("example/notice.undelivered.v1.json")))) {
            assertThat(breaches("notice.undelivered", data)).isEmpty();
            assertThat(breaches("notice.undelivered", data.replace("\"delivered\"", "\"event\"")))
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

    private static List<?> breaches(String data) throws IOException {
        return breaches("notice.delivered", data);
    }

    private static List<?> breaches(String type, String data) throws IOException {
        try (var schema = Files.newInputStream(CONTRACT.resolve("schema/" + type + ".v1.schema.json"))) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(schema)
                    .validate(data, InputFormat.JSON);
        }
    }
}
