package org.lectern.notification.directory;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** A branch has a bounded number of endpoints. */
@ServiceTest
class EndpointLimitsTest {

    private static final int MAILBOXES = 10;
    private static final int ENDPOINTS = 20;

    @Inject
    Sql sql;

    private UUID branch;

    @BeforeEach
    void aBranch() {
        branch = Scheduler.branch("LIM-" + UUID.randomUUID(), null, "en");
        await().untilAsserted(() ->
                given().auth().oauth2(Tokens.operator()).get(endpoints()).then().statusCode(200));
    }

    @Test
    void mailboxes_areBoundedAndRemovingOneMakesRoom() {
        String first = mailbox().statusCode(201).extract().path("id");
        for (int i = 1; i < MAILBOXES; i++) {
            mailbox().statusCode(201);
        }
        mailbox()
                .statusCode(409)
                .body("code", equalTo("too-many-mailboxes"))
                .body("count", equalTo(MAILBOXES))
                .body("limit", equalTo(MAILBOXES))
                .body("detail", containsString("Remove one"));
        webhook(0).statusCode(201);

        given().auth()
                .oauth2(Tokens.organizer())
                .header("If-Match", "\"1\"")
                .delete(endpoints() + "/" + first)
                .then()
                .statusCode(204);
        mailbox().statusCode(201);
    }

    @Test
    void unconfirmedMailboxes_countToo() {
        for (int i = 0; i < MAILBOXES; i++) {
            unconfirmed().statusCode(201).body("status", equalTo("pending"));
        }
        unconfirmed().statusCode(409).body("code", equalTo("too-many-mailboxes"));
    }

    @Test
    void endpointsOfAllChannels_areBounded() {
        for (int i = 0; i < ENDPOINTS; i++) {
            webhook(i).statusCode(201);
        }
        webhook(ENDPOINTS)
                .statusCode(409)
                .body("code", equalTo("too-many-endpoints"))
                .body("count", equalTo(ENDPOINTS))
                .body("limit", equalTo(ENDPOINTS));
        mailbox().statusCode(409).body("code", equalTo("too-many-endpoints"));
    }

    @Test
    void parallelAdds_keepTheBound() throws InterruptedException, ExecutionException {
        for (int i = 1; i < MAILBOXES; i++) {
            mailbox().statusCode(201);
        }
        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<Integer> second = QuarkusTransaction.requiringNew().call(() -> {
                // the first of two additions, up to the point before its commit
                sql.update("""
                        INSERT INTO endpoint (id, branch_id, channel, address, enabled, confirmed_at, version, created_at, updated_at)
                        VALUES (uuidv7(), ?, 'email', ?, true, now(), 1, now(), now())""", branch, UUID.randomUUID() + "@example.org");
                sql.one("SELECT id FROM recipient WHERE id = ? FOR NO KEY UPDATE", row -> row.id("id"), branch);
                Future<Integer> other = threads.submit(() -> mailbox().extract().statusCode());
                await().until(() -> other.isDone() || anotherWaits());
                return other;
            });
            assertThat(second.get()).isIn(409, 503); // 503: the first took longer than the lock timeout
        }
        mailbox().statusCode(409).body("count", equalTo(MAILBOXES));
    }

    private boolean anotherWaits() {
        sql.one(
                "SELECT pg_stat_clear_snapshot()",
                row -> true); // otherwise the transaction keeps its first snapshot of the activity
        return sql.one("""
                        SELECT 1 FROM pg_stat_activity
                        WHERE wait_event_type = 'Lock' AND datname = current_database()
                          AND query LIKE '%FROM recipient WHERE id = $1 FOR NO KEY UPDATE%'""", row -> true).isPresent();
    }

    private ValidatableResponse mailbox() {
        return add(Map.of("channel", "email", "address", UUID.randomUUID() + "@example.org", "vouchedFor", "a test"));
    }

    private ValidatableResponse unconfirmed() {
        return add(Map.of("channel", "email", "address", UUID.randomUUID() + "@example.org"));
    }

    private ValidatableResponse webhook(int number) {
        return add(Map.of("channel", "webhook", "address", "https://alerts.example.org/" + number));
    }

    private ValidatableResponse add(Map<String, String> endpoint) {
        return given().auth()
                .oauth2(Tokens.organizer())
                .contentType(ContentType.JSON)
                .body(endpoint)
                .post(endpoints())
                .then();
    }

    private String endpoints() {
        return "/api/v1/branches/" + branch + "/endpoints";
    }
}
