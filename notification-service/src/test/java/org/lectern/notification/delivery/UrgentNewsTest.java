package org.lectern.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;

/** A newer delivery does not wait for the retry of an older one; a success brings its endpoint's retries forward. */
@ServiceTest
class UrgentNewsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final DeliveryOutcome SERVED = new DeliveryOutcome.Delivered("served");

    @Inject
    Sql sql;

    @Inject
    Lectures lectures;

    @Inject
    MoodyReceiver receiver;

    @Inject
    SlowReceiver slow;

    private UUID branch;
    private UUID endpoint;
    private String address;

    @BeforeEach
    void aBranchThatIsReached() {
        branch = lectures.branch("URG-" + UUID.randomUUID(), null, "en");
        endpoint = lectures.endpoint(branch, true);
        address = "receiver-" + endpoint;
    }

    @AfterEach
    void releaseWaiting() {
        CountDownLatch latch = slow.first;
        slow.first = null;
        slow.firstAnswer = new DeliveryOutcome.Failed("refused");
        if (latch != null) {
            latch.countDown();
        }
    }

    @Test
    void urgentNews_isSentDuringRetryOfOlderNews() {
        var confirmed = Scheduler.confirmed(branch, 30);
        inRetryFor(Duration.ofHours(10), confirmed);
        receiver.answers(address, SERVED);

        Scheduler.send(Scheduler.version("cancelled", confirmed.subject(), 2, branch, 20));

        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(states(confirmed.subject())).containsExactly("SUPERSEDED", "DELIVERED"));
        assertThat(receiver.letters(address).getLast().title()).startsWith("Lecture cancelled: ");
        assertThat(sql.one(
                        "SELECT count(*) AS count FROM delivery WHERE subject_id = ? AND superseded_by IS NOT NULL",
                        row -> row.number("count"),
                        confirmed.subject()))
                .hasValue(1);
    }

    @Test
    void newsAfterRefusedAttempt_isSentAsNews() {
        var confirmed = Scheduler.confirmed(branch, 72);
        inRetryFor(Duration.ofHours(10), confirmed);
        receiver.answers(address, SERVED);

        Scheduler.send(Scheduler.version("rescheduled", confirmed.subject(), 2, branch, 96));

        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(states(confirmed.subject())).containsExactly("SUPERSEDED", "DELIVERED"));
        assertThat(receiver.letters(address).getLast().title())
                .as("the first time was never sent")
                .startsWith("Lecture confirmed: ");
        assertThat(receiver.letters(address).getLast().body()).doesNotContain("Before: ");
    }

    @Test
    void newsAfterUnansweredAttempt_isSentAsAChange() {
        receiver.answers(address, new DeliveryOutcome.Retry("timeout"));
        var confirmed = Scheduler.confirmed(branch, 72);
        inRetryFor(Duration.ofHours(10), confirmed);
        receiver.answers(address, SERVED);

        Scheduler.send(Scheduler.version("rescheduled", confirmed.subject(), 2, branch, 96));

        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(states(confirmed.subject())).containsExactly("SUPERSEDED", "DELIVERED"));
        assertThat(receiver.letters(address).getLast().title()).startsWith("Lecture moved: ");
    }

    @Test
    void attemptUnderWay_isNotRepeatedAfterNews() {
        UUID slowly = UUID.randomUUID();
        sql.update("""
                INSERT INTO endpoint (id, branch_id, channel, address, enabled, version, created_at, updated_at)
                VALUES (?, ?, 'slow', ?, true, 1, now(), now())""", slowly, branch, "slow-" + slowly);
        CountDownLatch underWay = new CountDownLatch(1);
        slow.firstAnswer = new DeliveryOutcome.Retry("smtp-451", Instant.now().plus(Duration.ofHours(5)), false);
        slow.first = underWay;
        var confirmed = Scheduler.confirmed(branch, 72);
        Scheduler.send(confirmed);
        await().atMost(LONG).untilAsserted(() -> assertThat(statesAt(slowly)).containsExactly("LEASED"));
        Scheduler.send(Scheduler.version("cancelled", confirmed.subject(), 2, branch, 72));
        await().atMost(LONG).untilAsserted(() -> assertThat(statesAt(slowly)).containsExactly("LEASED", "READY"));
        slow.first = null;
        underWay.countDown();

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(statesAt(slowly)).containsExactly("SUPERSEDED", "DELIVERED"));
    }

    @Test
    void success_bringsRetriesAtItsEndpointForward() {
        var first = Scheduler.confirmed(branch, 72);
        inRetryFor(Duration.ofHours(10), first);
        receiver.answers(address, SERVED);

        Scheduler.send(Scheduler.confirmed(branch, 80));

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(states(first.subject())).containsExactly("DELIVERED"));
    }

    @Test
    void timeTheReceiverNamed_isKeptAfterSuccess() {
        receiver.answers(
                address, new DeliveryOutcome.Retry("http-429", Instant.now().plus(Duration.ofHours(1)), false));
        var first = Scheduler.confirmed(branch, 72);
        Scheduler.send(first);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(waitsFor(first.subject())).containsExactly("receiver"));
        receiver.answers(address, SERVED);
        var second = Scheduler.confirmed(branch, 80);
        Scheduler.send(second);

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(states(second.subject())).containsExactly("DELIVERED"));
        assertThat(states(first.subject())).containsExactly("READY");
    }

    @Test
    void retryBroughtForward_keepsPlannedTimeAndPlace() {
        var first = Scheduler.confirmed(branch, 72);
        Instant planned = inRetryFor(Duration.ofHours(10), first);
        int attempts = attempts(first.subject());
        receiver.answersOnly(address, first.subject(), new DeliveryOutcome.Retry("smtp-451"));
        for (int i = 0; i < 3; i++) {
            var fresh = Scheduler.confirmed(branch, 80);
            Scheduler.send(fresh);
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(states(fresh.subject())).containsExactly("DELIVERED"));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(due(first.subject())).isEqualTo(planned));
        }
        assertThat(attempts(first.subject())).as("brought forward once").isEqualTo(attempts + 1);
        assertThat(placeInSchedule(first.subject())).isEqualTo(attempts);
    }

    @Test
    void urgentNews_passesAnOpenBreaker() {
        sql.update("""
                INSERT INTO endpoint_breaker (endpoint_id, failures, failing_since, openings, open_until)
                VALUES (?, 5, now(), 4, now() + interval '1 hour')""", endpoint);
        var ordinary = Scheduler.confirmed(branch, 72);
        lectures.told(ordinary, branch);
        assertThat(states(ordinary.subject())).containsExactly("READY");

        Scheduler.send(Scheduler.confirmed(branch, 5));

        await().atMost(LONG).untilAsserted(() -> assertThat(statesAt(endpoint)).containsOnly("DELIVERED"));
    }

    /** Sends it, lets the receiver refuse it temporarily, and moves its retry this far away. */
    private Instant inRetryFor(Duration time, Scheduler.Message message) {
        if (receiver.mood(address).isEmpty()) {
            receiver.answers(address, new DeliveryOutcome.Retry("smtp-451"));
        }
        Scheduler.send(message);
        return await().atMost(LONG)
                .until(
                        () -> sql.one("""
                                UPDATE delivery SET next_attempt_at = now() + ? * interval '1 second'
                                WHERE subject_id = ? AND state = 'READY' AND attempts > 0
                                RETURNING next_attempt_at""", row -> row.time("next_attempt_at"), time.toSeconds(), message.subject()),
                        found -> found.isPresent())
                .orElseThrow();
    }

    private List<String> states(UUID booking) {
        return sql.list(
                "SELECT state FROM delivery WHERE subject_id = ? ORDER BY sequence", row -> row.text("state"), booking);
    }

    private List<String> statesAt(UUID where) {
        return sql.list(
                "SELECT state FROM delivery WHERE endpoint_id = ? ORDER BY sequence", row -> row.text("state"), where);
    }

    private List<String> waitsFor(UUID booking) {
        return sql.list(
                "SELECT waits_for FROM delivery WHERE subject_id = ? AND waits_for IS NOT NULL",
                row -> row.text("waits_for"),
                booking);
    }

    private Instant due(UUID booking) {
        return sql.one(
                        "SELECT next_attempt_at FROM delivery WHERE subject_id = ? AND state = 'READY'",
                        row -> row.time("next_attempt_at"),
                        booking)
                .orElse(Instant.EPOCH);
    }

    private int attempts(UUID booking) {
        return number("attempts", booking);
    }

    private int placeInSchedule(UUID booking) {
        return number("attempts - attempts_before", booking);
    }

    private int number(String what, UUID booking) {
        return sql.one(
                        "SELECT " + what + " AS number FROM delivery WHERE subject_id = ?",
                        row -> row.number("number"),
                        booking)
                .orElseThrow();
    }
}
