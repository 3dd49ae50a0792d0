package org.lectern.notification.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** A branch that cannot be reached by its preferred endpoints is notified over its fallback. */
@ServiceTest
class FallbackTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    @Inject
    Sql sql;

    @Inject
    MoodyReceiver receiver;

    @Inject
    Fallback fallback;

    private UUID branch;
    private String first;
    private String second;
    private String third;
    private UUID firstEndpoint;

    @BeforeEach
    void aBranchWithTwoEndpointsInReserve() {
        branch = Scheduler.branch("FBK-" + UUID.randomUUID(), null, "en");
        await().atMost(LONG)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.operator())
                        .get("/api/v1/branches/" + branch + "/endpoints")
                        .then()
                        .statusCode(200));
        first = "first-" + UUID.randomUUID();
        second = "second-" + UUID.randomUUID();
        third = "third-" + UUID.randomUUID();
        firstEndpoint = endpoint(first, false);
        endpoint(second, true);
        endpoint(third, true);
    }

    @Test
    void fallback_isUnusedWhileTheFirstEndpointWorks() {
        Scheduler.send(Scheduler.confirmed(branch, 72));
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));
        fallback.stepIn();
        assertThat(receiver.received(second)).isEmpty();
        assertThat(receiver.received(third)).isEmpty();
    }

    @Test
    void longFailure_usesTheFallback() {
        receiver.answers(first, DeliveryOutcome.Retry.failing("http-503"));
        Scheduler.send(Scheduler.confirmed(branch, 72));
        await().atMost(LONG).until(() -> receiver.received(first).size() >= 3);
        assertThat(receiver.received(second)).as("it has not failed for long").isEmpty();
        anHourPasses();

        await().atMost(LONG).until(() -> receiver.received(second).size() == 1);
        assertThat(receiver.received(third)).isEmpty();
        given().auth()
                .oauth2(Tokens.operator())
                .queryParam("branchId", branch.toString())
                .queryParam("state", "DELIVERED")
                .get("/api/v1/deliveries")
                .then()
                .body("items[0].fallbackFor", notNullValue());
        fallback.stepIn();
        assertThat(receiver.received(third)).isEmpty();
    }

    @Test
    void disabledOrRefusingEndpoint_usesTheNextFallback() {
        receiver.answers(second, new DeliveryOutcome.Failed("refused"));
        sql.update("UPDATE endpoint SET enabled = false WHERE id = ?", firstEndpoint);
        Scheduler.send(Scheduler.confirmed(branch, 72));

        await().atMost(LONG).until(() -> receiver.received(third).size() == 1);
        assertThat(receiver.received(second)).hasSize(1);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(states()).containsExactlyInAnyOrder("PARKED", "DEAD", "DELIVERED"));
    }

    @Test
    void fallback_sendsTheNewestStateOnly() {
        sql.update("UPDATE endpoint SET enabled = false WHERE branch_id = ?", branch);
        UUID booking = UUID.randomUUID();
        Scheduler.send(Scheduler.version("confirmed", booking, 1, branch, 72));
        Scheduler.send(Scheduler.version("cancelled", booking, 2, branch, 72));
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("PARKED", "PARKED"));
        sql.update("UPDATE endpoint SET enabled = true WHERE branch_id = ? AND fallback", branch);

        await().atMost(LONG).until(() -> receiver.letters(second).size() == 1);
        assertThat(receiver.letters(second).getFirst().title()).startsWith("Lecture cancelled: ");
    }

    @Test
    void concurrentRounds_useTheFallbackOnce() {
        sql.update("UPDATE endpoint SET enabled = false WHERE branch_id = ?", branch);
        Scheduler.send(Scheduler.confirmed(branch, 72));
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("PARKED"));
        sql.update("UPDATE endpoint SET enabled = true WHERE branch_id = ? AND fallback", branch);
        try (var replicas = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 8).forEach(i -> replicas.submit(fallback::stepIn));
        }
        await().atMost(LONG).until(() -> receiver.received(second).size() == 1);
        fallback.stepIn();
        assertThat(receiver.received(second)).hasSize(1);
        assertThat(receiver.received(third)).isEmpty();
    }

    @Test
    void branch_choosesItsFallback() {
        String endpoints = "/api/v1/branches/" + branch + "/endpoints";
        given().auth()
                .oauth2(Tokens.organizer())
                .contentType(ContentType.JSON)
                .body("{\"channel\":\"email\",\"address\":\"" + UUID.randomUUID() + "@example.org\",\"fallback\":true}")
                .post(endpoints)
                .then()
                .statusCode(201)
                .body("fallback", equalTo(true));
    }

    private void anHourPasses() {
        sql.update(
                "UPDATE delivery_attempt SET started_at = started_at - interval '1 hour' WHERE delivery_id IN (SELECT id FROM delivery WHERE branch_id = ?)",
                branch);
        sql.update(
                "UPDATE endpoint_breaker SET failing_since = failing_since - interval '1 hour' WHERE endpoint_id = ?",
                firstEndpoint);
    }

    private UUID endpoint(String address, boolean reserve) {
        return sql.one("""
                INSERT INTO endpoint (id, branch_id, channel, address, enabled, fallback, version, created_at, updated_at)
                VALUES (uuidv7(), ?, 'moody', ?, true, ?, 1, now(), now()) RETURNING id""", row -> row.id("id"), branch, address, reserve).orElseThrow();
    }

    private List<String> states() {
        return sql.list(
                "SELECT state FROM delivery WHERE branch_id = ? ORDER BY created_at", row -> row.text("state"), branch);
    }
}
