package org.lectern.notification.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;

/** Ids of events are remembered for a limited time, their versions permanently. */
@ServiceTest
class InboxTest {

    @Inject
    Sql sql;

    @Inject
    IntakeConfig config;

    private Aftermath after;
    private UUID branch;

    @BeforeEach
    void aBranch() {
        after = new Aftermath(sql);
        branch = Scheduler.branch("OLD-" + UUID.randomUUID(), null, "en");
    }

    @Test
    void expiredEventId_isStillRecognisedAsARepeat() {
        var first = Scheduler.confirmed(branch, 48).header("ce_time", daysAgo(40));
        forgotten(first);
        assertThat(after.seen(first.subject())).isEqualTo(1);

        Scheduler.send(first);
        Scheduler.send(Scheduler.version("cancelled", first.subject(), 2, branch, 48));

        await().untilAsserted(() -> assertThat(after.kinds(branch)).containsExactly("CONFIRMED", "CANCELLED"));
        assertThat(after.countSetAside(first.subject())).isZero();
    }

    @Test
    void otherEventWithTheSameVersion_isNoRepeat() {
        var first = Scheduler.confirmed(branch, 48).header("ce_time", daysAgo(40));
        forgotten(first);
        var twin = Scheduler.send(Scheduler.version("cancelled", first.subject(), 1, branch, 48));
        await().untilAsserted(() -> assertThat(after.reason(twin)).isEqualTo("version-taken"));
    }

    @Test
    void aHorizonShorterThanKafkaKeepsEventsIsRefused() {
        var hasty = new Settings(config).remembering(Duration.ofDays(13));
        var loop = new IntakeLoop(
                null, null, null, null, null, hasty, Clock.systemUTC(), Map.of(), new SimpleMeterRegistry());
        assertThatThrownBy(() -> loop.start(new StartupEvent()))
                .hasMessageContaining("lectern.intake.inbox-retention")
                .hasMessageContaining("PT336H");
    }

    /** Sends it and lets enough time pass for its id to be forgotten. */
    private void forgotten(Scheduler.Message message) {
        Scheduler.send(message);
        await().untilAsserted(() -> assertThat(after.kinds(branch)).hasSize(1));
        sql.update("UPDATE inbox SET received_at = received_at - interval '31 days' WHERE event_id = ?", message.id());
        await().untilAsserted(() -> assertThat(sql.list(
                        "SELECT 1 AS one FROM inbox WHERE event_id = ?", row -> row.number("one"), message.id()))
                .isEmpty());
    }

    private static String daysAgo(int days) {
        return Instant.now().minus(days, ChronoUnit.DAYS).toString();
    }
}
