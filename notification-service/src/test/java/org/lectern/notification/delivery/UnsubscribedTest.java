package org.lectern.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;

/** A mailbox that unsubscribed from digests is still notified of changes to lectures in earlier digests. */
@ServiceTest
class UnsubscribedTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Inject
    Sql sql;

    @Inject
    Lectures lectures;

    @Inject
    DigestReceiver receiver;

    private UUID branch;
    private UUID endpoint;

    @BeforeEach
    void aBranchWithDigestsThatIsTold() {
        branch = lectures.branch("UNS-" + UUID.randomUUID(), null, "en");
        endpoint = UUID.randomUUID();
        sql.update("""
                INSERT INTO endpoint (id, branch_id, channel, address, enabled, version, created_at, updated_at)
                VALUES (?, ?, 'digesting', ?, true, 1, now(), now())""", endpoint, branch, "mailbox-" + endpoint);
    }

    @Test
    void changesOfAnAnnouncedLecture_areSent() {
        var lecture = Scheduler.confirmed(branch, 96);
        Scheduler.send(lecture);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(states(lecture.subject())).containsExactly("DELIVERED"));
        unsubscribe();
        wantsDigests();

        Scheduler.send(Scheduler.version("rescheduled", lecture.subject(), 2, branch, 120));
        Scheduler.send(Scheduler.version("cancelled", lecture.subject(), 3, branch, 120));

        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(states(lecture.subject())).containsExactly("DELIVERED", "DELIVERED", "DELIVERED"));
        assertThat(receiver.messages("mailbox-" + endpoint))
                .as("each by itself, in no digest")
                .hasSize(3)
                .allMatch(message -> message.size() == 1);
    }

    @Test
    void endOfAnAnnouncedOffer_isSent() {
        UUID request = UUID.randomUUID();
        Scheduler.send(Scheduler.request("offered", request, 1, branch));
        await().atMost(LONG).untilAsserted(() -> assertThat(states(request)).containsExactly("DELIVERED"));
        unsubscribe();

        Scheduler.send(Scheduler.request("offer-withdrawn", request, 2, branch));

        await().atMost(LONG).untilAsserted(() -> assertThat(states(request)).containsExactly("DELIVERED", "DELIVERED"));
    }

    @Test
    void unannouncedLecture_isNotSent() {
        unsubscribe();
        var lecture = Scheduler.confirmed(branch, 96);
        Scheduler.send(lecture);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(states(lecture.subject())).containsExactly("DEAD"));
        Scheduler.send(Scheduler.version("rescheduled", lecture.subject(), 2, branch, 120));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(states(lecture.subject())).containsExactly("DEAD", "DEAD"));
    }

    private void unsubscribe() {
        sql.update("UPDATE endpoint SET unsubscribed_at = now() WHERE id = ?", endpoint);
    }

    private void wantsDigests() {
        sql.update("""
                INSERT INTO recipient_preference (branch_id, digest_at, reminders, version, updated_at, updated_by)
                VALUES (?, (now() AT TIME ZONE 'Asia/Shanghai' + interval '1 hour')::time, false, 2, now(), 'test')""", branch);
    }

    private List<String> states(UUID subject) {
        return sql.list(
                "SELECT state FROM delivery WHERE subject_id = ? ORDER BY sequence", row -> row.text("state"), subject);
    }
}
