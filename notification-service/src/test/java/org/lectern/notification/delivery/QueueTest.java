package org.lectern.notification.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusMock;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.directory.Recipients;
import org.lectern.notification.event.AnnouncedEvent;
import org.lectern.notification.event.EventReader;
import org.lectern.notification.event.EventType;
import org.lectern.notification.event.Unreadable;
import org.lectern.notification.notice.NoticeRequest;
import org.lectern.notification.notice.Notices;
import org.lectern.notification.notice.WrittenNotice;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** The queue is fair, pauses failing endpoints without losing deliveries, and replays on request. */
@ServiceTest
class QueueTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final DeliveryOutcome.Delivered SERVED = new DeliveryOutcome.Delivered("served");

    @Inject
    Sql sql;

    @Inject
    MoodyReceiver receiver;

    @Inject
    DeliveryQueue queue;

    @Inject
    Notices notices;

    @Inject
    Deliveries deliveries;

    @Inject
    Recipients branches;

    private UUID branch;

    @BeforeEach
    void aBranch() {
        branch = Scheduler.branch("QUE-" + UUID.randomUUID(), null, "en");
        await().atMost(LONG)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.operator())
                        .get("/api/v1/branches/" + branch + "/endpoints")
                        .then()
                        .statusCode(200));
    }

    @RepeatedTest(3) // the plan must not depend on the sample behind the statistics
    void deadEndpoint_doesNotDelayOthers() throws Exception {
        QuarkusTransaction.begin();
        try {
            UUID dead = endpoint("dead-" + UUID.randomUUID());
            waiting(dead, 10_000, "1 hour");
            for (int i = 0; i < 50; i++) {
                waiting(endpoint("healthy-" + i + "-" + UUID.randomUUID()), 1, "1 second");
            }
            sql.update("ANALYZE delivery");

            JsonNode plan = new ObjectMapper().readTree(queue.planOfClaim(200));
            assertThat(rowsRead(plan.get(0).get("Plan")))
                    .as("rows of the table of deliveries that a claim reads")
                    .isLessThan(2_000);
            sql.update("UPDATE delivery SET state = 'READY', lease_until = NULL WHERE branch_id = ?", branch);

            List<Lease> claimed = queue.claimWithin(200).leases().stream()
                    .filter(lease -> lease.letter().to().branchId().equals(branch))
                    .toList();
            assertThat(claimed.stream().filter(lease -> lease.letter().address().startsWith("healthy")))
                    .hasSize(50);
            assertThat(claimed.stream().filter(lease -> lease.letter().address().startsWith("dead")))
                    .hasSize(2);

            assertThat(queue.claimWithin(200).leases().stream()
                            .filter(lease -> lease.letter().to().branchId().equals(branch)))
                    .as("with its places taken, the dead one gets no more of them")
                    .isEmpty();
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void planForAnEmptyQueue_staysCheapWhenFull() {
        QuarkusTransaction.begin();
        try {
            sql.update("TRUNCATE delivery CASCADE");
            sql.update("ANALYZE delivery");
            for (int i = 0; i < 10; i++) { // from the fifth execution on, the driver uses a prepared statement
                assertThat(queue.claimWithin(16).leases()).isEmpty();
            }
            for (int i = 0; i < 500; i++) {
                waiting(endpoint("one-of-many-" + i + "-" + UUID.randomUUID()), 1, "1 second");
            }
            long before = rowsReadSoFar();
            assertThat(queue.claimWithin(16).leases()).hasSize(16);
            assertThat(rowsReadSoFar() - before)
                    .as("rows of the table of deliveries that a claim reads")
                    .isLessThan(1_000);
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void busyEndpoint_doesNotHideLaterDeliveries() {
        QuarkusTransaction.begin();
        try {
            sql.update("TRUNCATE delivery CASCADE");
            UUID busy = endpoint("busy-" + UUID.randomUUID());
            waiting(busy, 60, "2 seconds");
            for (int i = 0; i < 20; i++) {
                waiting(endpoint("behind-" + i + "-" + UUID.randomUUID()), 1, "1 second");
            }

            List<Lease> claimed = queue.claimWithin(16).leases();

            assertThat(claimed).hasSize(16);
            assertThat(claimed.stream()
                            .filter(lease -> lease.letter().to().endpointId().equals(busy)))
                    .hasSize(2);
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void aNoticeIsQueuedWithoutALookAtAllThatWaits() throws Exception {
        QuarkusTransaction.begin();
        try {
            waiting(endpoint("for-many-" + UUID.randomUUID()), 500, "1 second");
            sql.update("ANALYZE delivery");
            List<NoticeRequest> drafts = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                drafts.add(
                        new NoticeRequest(branches.find(branch).orElseThrow(), UUID.randomUUID(), confirmed(), null));
            }
            List<WrittenNotice> written = notices.write(drafts);
            sql.planOnce();
            long before = rowsReadSoFar();

            deliveries.enqueue(written);

            assertThat(rowsReadSoFar() - before)
                    .as("rows of the table of deliveries that are read")
                    .isLessThan(100);
            assertThat(ours(queue.claimWithin(600).leases())).isNotEmpty();
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void clockOfTheReplica_doesNotDecideWhatIsAnnounced() throws Exception {
        UUID endpoint = endpoint("announced-" + UUID.randomUUID());
        QuarkusMock.installMockForType(Clock.offset(Clock.systemUTC(), Duration.ofDays(2)), Clock.class);
        List<WrittenNotice> ahead =
                QuarkusTransaction.requiringNew().call(() -> write(Scheduler.confirmed(branch, 30)));
        QuarkusTransaction.requiringNew().run(() -> deliveries.enqueue(ahead));
        QuarkusMock.installMockForType(Clock.offset(Clock.systemUTC(), Duration.ofDays(-2)), Clock.class);
        List<WrittenNotice> behind =
                QuarkusTransaction.requiringNew().call(() -> write(Scheduler.confirmed(branch, -30)));
        QuarkusTransaction.requiringNew().run(() -> deliveries.enqueue(behind));

        assertThat(sql.list(
                        "SELECT notice_id FROM delivery WHERE endpoint_id = ?", row -> row.id("notice_id"), endpoint))
                .as("the lecture that has yet to take place, not the one that is over")
                .containsExactly(ahead.getFirst().id());
    }

    private List<WrittenNotice> write(Scheduler.Message message) {
        try {
            AnnouncedEvent told = (AnnouncedEvent)
                    new EventReader().read(EventType.find(message.type()).orElseThrow(), message.bytes());
            return notices.write(
                    List.of(new NoticeRequest(branches.find(branch).orElseThrow(), UUID.randomUUID(), told, null)));
        } catch (Unreadable e) {
            throw new IllegalStateException(e);
        }
    }

    private AnnouncedEvent confirmed() throws Unreadable {
        var confirmed = Scheduler.confirmed(branch, 30);
        return (AnnouncedEvent)
                new EventReader().read(EventType.find(confirmed.type()).orElseThrow(), confirmed.bytes());
    }

    @Test
    void deliveryToADisabledEndpoint_isParked() throws Exception {
        UUID endpoint = endpoint("goes-off-" + UUID.randomUUID());
        QuarkusTransaction.begin();
        try {
            sql.update("UPDATE endpoint SET enabled = false WHERE id = ?", endpoint);
            String ours = sql.one("SELECT pg_current_xact_id() AS id", row -> row.text("id"))
                    .orElseThrow();
            Scheduler.send(Scheduler.confirmed(branch, 30));
            await().until(() -> sql.one("""
                            SELECT count(*) AS waiting FROM pg_locks
                            WHERE NOT granted AND transactionid::text = ?""", row -> row.number("waiting"), ours).orElseThrow() > 0);
            QuarkusTransaction.commit();
        } finally {
            if (QuarkusTransaction.isActive()) {
                QuarkusTransaction.rollback();
            }
        }
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("PARKED"));
    }

    @Test
    void claim_usesAPreparedPlan() {
        QuarkusTransaction.begin();
        try {
            for (int i = 0; i < 20; i++) { // from the fifth execution on, the driver uses a prepared statement
                queue.claimWithin(16);
            }
            record Plans(long custom, long kept) {}
            var plans = sql.one("""
                            SELECT coalesce(sum(custom_plans), 0) AS custom, coalesce(sum(generic_plans), 0) AS kept
                            FROM pg_prepared_statements WHERE statement LIKE 'WITH due AS%'""", row -> new Plans(row.bigNumber("custom"), row.bigNumber("kept")))
                    .orElseThrow();
            assertThat(plans.kept()).isGreaterThanOrEqualTo(10);
            assertThat(plans.custom()).as("claims planned for their parameters").isZero();
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    /** Rows of the table of deliveries that were read in this transaction. */
    private long rowsReadSoFar() {
        return sql.one("""
                SELECT idx_tup_fetch + seq_tup_read AS read
                FROM pg_stat_xact_user_tables WHERE relname = 'delivery'""", row -> row.bigNumber("read")).orElseThrow();
    }

    @Test
    void waitingRetriesAndOpenBreakers_costTwoRowsEach() throws Exception {
        QuarkusTransaction.begin();
        try {
            for (int i = 0; i < 100; i++) {
                UUID endpoint = endpoint("waits-" + i + "-" + UUID.randomUUID());
                waiting(endpoint, 20, i % 2 == 0 ? "-1 hour" : "1 hour");
                if (i % 2 == 1) {
                    sql.update("""
                            INSERT INTO endpoint_breaker (endpoint_id, failures, failing_since, openings, open_until)
                            VALUES (?, 5, now(), 1, now() + interval '1 minute')""", endpoint);
                }
            }
            sql.update("ANALYZE delivery");
            JsonNode plan = new ObjectMapper().readTree(queue.planOfClaim(100));
            assertThat(rowsRead(plan.get(0).get("Plan"))).isLessThan(600);
            assertThat(ours(queue.claimWithin(100).leases())).isEmpty();
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void withAnOpenBreakerNothingIsClaimedAndThenOneProbe() {
        QuarkusTransaction.begin();
        try {
            UUID failing = endpoint("failing-" + UUID.randomUUID());
            waiting(failing, 10, "1 hour");
            sql.update("""
                    INSERT INTO endpoint_breaker (endpoint_id, failures, failing_since, openings, open_until)
                    VALUES (?, 5, now(), 1, now() + interval '1 minute')""", failing);
            assertThat(ours(queue.claimWithin(100).leases())).isEmpty();
            sql.update(
                    "UPDATE endpoint_breaker SET open_until = now() - interval '1 second' WHERE endpoint_id = ?",
                    failing);
            assertThat(ours(queue.claimWithin(100).leases())).hasSize(1);
            assertThat(ours(queue.claimWithin(100).leases()))
                    .as("one probe at a time")
                    .isEmpty();
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void failingEndpoint_keepsItsDeliveries() {
        String address = "fails-" + UUID.randomUUID();
        UUID endpoint = endpoint(address);
        receiver.answers(address, DeliveryOutcome.Retry.failing("http-503"));
        for (int i = 0; i < 6; i++) {
            Scheduler.send(Scheduler.confirmed(branch, 30));
        }
        String path = "/api/v1/branches/" + branch + "/endpoints/" + endpoint;
        await().atMost(LONG)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.operator())
                        .get(path)
                        .then()
                        .body("status", equalTo("failing"))
                        .body("enabled", equalTo(true))
                        .body("failing.nextProbeAt", notNullValue()));
        await().atMost(LONG)
                .until(() -> sql.one(
                                "SELECT openings FROM endpoint_breaker WHERE endpoint_id = ?",
                                row -> row.number("openings"),
                                endpoint)
                        .filter(openings -> openings >= 3)
                        .isPresent());
        assertThat(sql.one(
                        "SELECT max(attempts) AS most FROM delivery WHERE endpoint_id = ?",
                        row -> row.number("most"),
                        endpoint))
                .as("only probes use up attempts")
                .hasValueSatisfying(most -> assertThat(most).isLessThan(12));

        receiver.answers(address, SERVED);
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).hasSize(6).containsOnly("DELIVERED"));
        given().auth()
                .oauth2(Tokens.operator())
                .get(path)
                .then()
                .body("status", equalTo("active"))
                .body("failing", nullValue());
    }

    @Test
    void goneEndpoint_isDisabledAndItsDeliveriesParked() {
        String address = "gone-" + UUID.randomUUID();
        UUID endpoint = endpoint(address);
        receiver.answers(address, new DeliveryOutcome.EndpointGone("http-410"));
        for (int i = 0; i < 3; i++) {
            Scheduler.send(Scheduler.confirmed(branch, 30));
        }
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).hasSize(3).containsOnly("PARKED"));
        String path = "/api/v1/branches/" + branch + "/endpoints/" + endpoint;
        given().auth()
                .oauth2(Tokens.operator())
                .get(path)
                .then()
                .body("status", equalTo("disabled"))
                .body("enabled", equalTo(false))
                .body("disabledReason", equalTo("http-410"))
                .body("version", equalTo(2));
    }

    @Test
    void deferral_isNoAttempt() {
        String address = "later-" + UUID.randomUUID();
        UUID endpoint = endpoint(address);
        receiver.answers(address, new DeliveryOutcome.Deferred(Instant.EPOCH));
        Scheduler.send(Scheduler.confirmed(branch, 30));
        await().atMost(LONG).until(() -> receiver.received(address).size() > 15);
        receiver.answers(address, SERVED);
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));
        assertThat(sql.one(
                        "SELECT attempts FROM delivery WHERE endpoint_id = ?", row -> row.number("attempts"), endpoint))
                .hasValue(1);
    }

    @Test
    void expiredWorker_changesNothing() {
        QuarkusTransaction.begin();
        Lease zombie;
        UUID endpoint;
        try {
            endpoint = endpoint("zombie-" + UUID.randomUUID());
            waiting(endpoint, 1, "1 hour");
            zombie = ours(queue.claimWithin(100).leases()).getFirst();
            sql.update("UPDATE delivery SET lease_until = now() - interval '1 second' WHERE endpoint_id = ?", endpoint);
        } finally {
            QuarkusTransaction.commit();
        }
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));

        for (DeliveryOutcome late : List.of(
                new DeliveryOutcome.EndpointGone("http-410"),
                DeliveryOutcome.Retry.failing("http-500"),
                new DeliveryOutcome.Failed("no"),
                new DeliveryOutcome.Deferred(Instant.EPOCH),
                SERVED)) {
            assertThat(queue.complete(List.of(zombie), late))
                    .as(late.toString())
                    .isEmpty();
        }
        assertThat(states()).containsExactly("DELIVERED");
        assertThat(sql.one("SELECT enabled FROM endpoint WHERE id = ?", row -> row.flag("enabled"), endpoint))
                .hasValue(true);
        assertThat(sql.one(
                        "SELECT 1 AS one FROM endpoint_breaker WHERE endpoint_id = ?",
                        row -> row.number("one"),
                        endpoint))
                .isEmpty();
    }

    @Test
    void releasedClaim_isNoAttempt() {
        String address = "given-back-" + UUID.randomUUID();
        QuarkusTransaction.begin();
        Lease unused;
        try {
            waiting(endpoint(address), 1, "1 hour");
            unused = ours(queue.claimWithin(100).leases()).getFirst();
        } finally {
            QuarkusTransaction.commit();
        }
        queue.giveBack(List.of(unused), lease -> null);
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));
        assertThat(receiver.letters(address))
                .singleElement()
                .satisfies(letter -> assertThat(letter.attempt()).isEqualTo(1))
                .satisfies(letter -> assertThat(letter.repeated()).isFalse());
    }

    @Test
    void aDeliveryIsSentAgainUnderTheSameIdAndWithItsHistory() {
        String address = "again-" + UUID.randomUUID();
        endpoint(address);
        receiver.answers(address, new DeliveryOutcome.Failed("http-400"));
        Scheduler.send(Scheduler.confirmed(branch, 30));
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DEAD"));
        UUID delivery = receiver.received(address).getFirst();
        receiver.answers(address, SERVED);

        resend(delivery, "{\"reason\":\" \"}").statusCode(400).body("errors.pointer", contains("/reason"));
        resend(delivery, "{\"reason\":\"" + "x".repeat(501) + "\"}").statusCode(400);
        resend(delivery, "{\"reason\":\"The receiver was repaired\"}").statusCode(200);

        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED"));
        assertThat(receiver.received(address)).containsExactly(delivery, delivery);
        given().auth()
                .oauth2(Tokens.operator())
                .get("/api/v1/deliveries/" + delivery)
                .then()
                .body("attempts.answer", contains("http-400", "served"))
                .body("resends", hasSize(1))
                .body("resends[0].reason", equalTo("The receiver was repaired"))
                .body("resends[0].stateBefore", equalTo("DEAD"))
                .body("resends[0].reasonBefore", equalTo("http-400"))
                .body("resends[0].attemptsBefore", equalTo(1))
                .body("resends[0].actor", equalTo("operator"));
    }

    @Test
    void outdatedDelivery_isResentOnlyIfAllowed() {
        String address = "old-" + UUID.randomUUID();
        endpoint(address);
        var confirmed = Scheduler.confirmed(branch, 30);
        Scheduler.send(confirmed);
        Scheduler.send(Scheduler.version("cancelled", confirmed.subject(), 2, branch, 30));
        await().atMost(LONG).untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED", "DELIVERED"));
        UUID first = receiver.received(address).getFirst();
        resend(first, "{\"reason\":\"test\"}").statusCode(409).body("code", equalTo("delivery-outdated"));
        resend(first, "{\"reason\":\"test\",\"allowOutdated\":true}").statusCode(200);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(receiver.received(address)).hasSize(3));
    }

    @Test
    void unreachedBranches_areListedWithReasons() {
        var confirmed = Scheduler.confirmed(branch, 30);
        String path = "/api/v1/bookings/" + confirmed.subject() + "/unreached";
        Scheduler.send(confirmed);
        await().atMost(LONG)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.organizer())
                        .get(path)
                        .then()
                        .statusCode(200)
                        .body("items", hasSize(1))
                        .body("items[0].reason", equalTo("no-endpoint"))
                        .body("items[0].branchId", equalTo(branch.toString())));
        String address = "unreachable-" + UUID.randomUUID();
        endpoint(address);
        receiver.answers(address, new DeliveryOutcome.Failed("http-400"));
        Scheduler.send(Scheduler.version("cancelled", confirmed.subject(), 2, branch, 30));
        await().atMost(LONG)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.auditor())
                        .get(path)
                        .then()
                        .body("items.kind", contains("cancelled"))
                        .body("items[0].reason", equalTo("failed"))
                        .body("items[0].failureReasons", contains("http-400")));
        receiver.answers(address, SERVED);
        resend(receiver.received(address).getFirst(), "{\"reason\":\"test\"}").statusCode(200);
        await().atMost(LONG)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.organizer())
                        .get(path)
                        .then()
                        .body("items", hasSize(0)));
    }

    private static ValidatableResponse resend(UUID delivery, String body) {
        return given().auth()
                .oauth2(Tokens.operator())
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/deliveries/" + delivery + "/resend")
                .then();
    }

    private List<Lease> ours(List<Lease> claimed) {
        return claimed.stream()
                .filter(lease -> lease.letter().to().branchId().equals(branch))
                .toList();
    }

    private UUID endpoint(String address) {
        UUID id = UUID.randomUUID();
        sql.update("""
                INSERT INTO endpoint (id, branch_id, channel, address, enabled, version, created_at, updated_at)
                VALUES (?, ?, 'moody', ?, true, 1, now(), now())""", id, branch, address);
        return id;
    }

    /** This number of deliveries of different bookings that have been due for this time. */
    private void waiting(UUID endpoint, int count, String since) {
        long last = sql.one(
                        "UPDATE recipient SET last_sequence = last_sequence + ? WHERE id = ? RETURNING last_sequence",
                        row -> row.bigNumber("last_sequence"),
                        count,
                        branch)
                .orElseThrow();
        sql.update("""
                WITH written AS (
                    INSERT INTO notice (id, branch_id, sequence, event_id, booking_id, version, kind, locale, title, body,
                                        urgent, created_at)
                    SELECT uuidv7(), ?, n, uuidv7(), uuidv7(), 1, 'CONFIRMED', 'en', 'title', 'body', false, now()
                    FROM generate_series(?::bigint, ?::bigint) n
                    RETURNING id, booking_id, sequence)
                INSERT INTO delivery (id, notice_id, endpoint_id, branch_id, subject_id, sequence, channel, state,
                                      next_attempt_at, expires_at, created_at)
                SELECT uuidv7(), w.id, ?, ?, w.booking_id, w.sequence, 'moody', 'READY',
                       now() - cast(? AS interval), now() + interval '1 day', now()
                FROM written w""", branch, last - count + 1, last, endpoint, branch, since);
    }

    private List<String> states() {
        return sql.list(
                "SELECT state FROM delivery WHERE branch_id = ? ORDER BY sequence", row -> row.text("state"), branch);
    }

    /** All rows that any plan node read from the table of deliveries, including filtered ones. */
    private static long rowsRead(JsonNode node) {
        long rows = 0;
        if (node.path("Relation Name").asText().equals("delivery")
                && !node.path("Node Type").asText().equals("ModifyTable")) {
            rows += Math.round((node.path("Actual Rows").asDouble()
                            + node.path("Rows Removed by Filter").asDouble()
                            + node.path("Rows Removed by Index Recheck").asDouble())
                    * node.path("Actual Loops").asDouble());
        }
        for (JsonNode child : node.path("Plans")) {
            rows += rowsRead(child);
        }
        return rows;
    }
}
