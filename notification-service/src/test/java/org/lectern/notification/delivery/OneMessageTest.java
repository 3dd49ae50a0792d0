package org.lectern.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;

/** Notices sent as one message share one retry time, and are sent again as the same message. */
@ServiceTest
class OneMessageTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Inject
    Sql sql;

    @Inject
    Lectures lectures;

    @Inject
    DigestReceiver receiver;

    private UUID branch;
    private UUID endpoint;
    private String address;

    @BeforeEach
    void aBranchThatWantsDigests() {
        branch = lectures.branch("ONE-" + UUID.randomUUID(), null, "en");
        endpoint = UUID.randomUUID();
        address = "mailbox-" + endpoint;
        sql.update("""
                INSERT INTO endpoint (id, branch_id, channel, address, enabled, version, created_at, updated_at)
                VALUES (?, ?, 'digesting', ?, true, 1, now(), now())""", endpoint, branch, address);
        sql.update("""
                INSERT INTO recipient_preference (branch_id, digest_at, reminders, version, updated_at, updated_by)
                VALUES (?, (now() AT TIME ZONE 'Asia/Shanghai' + interval '1 hour')::time, false, 2, now(), 'test')""", branch);
    }

    @Test
    void refusedDigest_isSentAgainAsTheSameMessage() {
        List<UUID> bookings = waiting(5);
        receiver.answers(
                address, new DeliveryOutcome.Retry("smtp-451", Instant.now().plus(Duration.ofHours(1)), false));
        itsHourComes();
        await().atMost(LONG).untilAsserted(() -> assertThat(attempted()).isEqualTo(5));
        assertThat(sql.list(
                        "SELECT DISTINCT next_attempt_at FROM delivery WHERE endpoint_id = ?",
                        row -> row.time("next_attempt_at"),
                        endpoint))
                .as("one retry time")
                .hasSize(1);
        waiting(2); // due at the same time

        receiver.answers(address, new DeliveryOutcome.Delivered("served"));
        itsHourComes();
        await().atMost(LONG).untilAsserted(() -> assertThat(undelivered()).isZero());

        List<List<OutgoingMessage>> messages = receiver.messages(address);
        assertThat(messages).hasSize(3);
        List<OutgoingMessage> first = messages.getFirst();
        List<OutgoingMessage> again = messages.stream()
                .skip(1)
                .filter(message -> OutgoingMessage.messageId(message).equals(OutgoingMessage.messageId(first)))
                .findFirst()
                .orElseThrow();
        assertThat(again)
                .extracting(OutgoingMessage::deliveryId, OutgoingMessage::body)
                .containsExactlyElementsOf(first.stream()
                        .map(letter -> org.assertj.core.groups.Tuple.tuple(letter.deliveryId(), letter.body()))
                        .toList());
        assertThat(first).extracting(OutgoingMessage::subjectId).containsExactlyInAnyOrderElementsOf(bookings);
    }

    @Test
    void digestWithoutSupersededNotice_isAnotherMessage() {
        List<UUID> bookings = waiting(4);
        receiver.answers(
                address, new DeliveryOutcome.Retry("smtp-451", Instant.now().plus(Duration.ofHours(1)), false));
        itsHourComes();
        await().atMost(LONG).untilAsserted(() -> assertThat(attempted()).isEqualTo(4));
        receiver.answers(address, new DeliveryOutcome.Delivered("served"));

        Scheduler.send(Scheduler.version("cancelled", bookings.get(1), 2, branch, 5));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(receiver.messages(address)).hasSize(2));
        assertThat(receiver.messages(address).get(1))
                .as("urgent news by itself")
                .hasSize(1);
        itsHourComes();

        await().atMost(LONG).untilAsserted(() -> assertThat(undelivered()).isZero());
        List<OutgoingMessage> rest = receiver.messages(address).get(2);
        assertThat(rest)
                .extracting(OutgoingMessage::subjectId)
                .containsExactlyInAnyOrder(bookings.get(0), bookings.get(2), bookings.get(3));
        assertThat(OutgoingMessage.messageId(rest))
                .isNotEqualTo(
                        OutgoingMessage.messageId(receiver.messages(address).getFirst()));
    }

    @Test
    void digestOfLostWorker_isSentAgainAsTheSameMessage() {
        waiting(3);
        receiver.answers(
                address, new DeliveryOutcome.Retry("smtp-451", Instant.now().plus(Duration.ofHours(1)), false));
        itsHourComes();
        await().atMost(LONG).untilAsserted(() -> assertThat(attempted()).isEqualTo(3));
        receiver.answers(address, new DeliveryOutcome.Delivered("served"));
        // as after a process died during the attempt; the leases may end at different times
        sql.update("""
                UPDATE delivery SET state = 'LEASED', waits_for = NULL,
                    lease_until = now() + (row_number - 1) * interval '10 seconds'
                FROM (SELECT id AS own, row_number() OVER (ORDER BY sequence) FROM delivery WHERE endpoint_id = ?) numbered
                WHERE id = own""", endpoint);

        await().atMost(LONG).untilAsserted(() -> assertThat(undelivered()).isZero());
        assertThat(receiver.messages(address)).hasSize(2);
        assertThat(receiver.messages(address).getLast()).hasSize(3);
    }

    /** Creates this number of lectures; their notices wait for the digest, in order. */
    private List<UUID> waiting(int count) {
        List<UUID> bookings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var message = Scheduler.confirmed(branch, 96 + i);
            bookings.add(message.subject());
            Scheduler.send(message);
        }
        for (UUID booking : bookings) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(sql.list(
                                    "SELECT waits_for FROM delivery WHERE subject_id = ?",
                                    row -> row.textOrNull("waits_for"),
                                    booking))
                            .containsExactly("digest"));
        }
        return bookings;
    }

    private void itsHourComes() {
        sql.update(
                "UPDATE notice SET created_at = created_at - interval '2 days', silent = true WHERE branch_id = ?",
                branch);
        sql.update("UPDATE delivery SET next_attempt_at = now() WHERE endpoint_id = ? AND state = 'READY'", endpoint);
    }

    private int attempted() {
        return sql.one("""
                        SELECT count(*) AS count FROM delivery
                        WHERE endpoint_id = ? AND state = 'READY' AND attempts = 1 AND waits_for = 'receiver'""", row -> row.number("count"), endpoint).orElseThrow();
    }

    private int undelivered() {
        return sql.one(
                        "SELECT count(*) AS count FROM delivery WHERE endpoint_id = ? AND state IN ('READY', 'LEASED')",
                        row -> row.number("count"),
                        endpoint)
                .orElseThrow();
    }
}
