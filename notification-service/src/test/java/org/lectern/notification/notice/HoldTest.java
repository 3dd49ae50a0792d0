package org.lectern.notification.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;

/** Branches get no notices of holds, but of their outcome. */
@ServiceTest
class HoldTest {

    @Inject
    Sql sql;

    @Test
    void confirmedHold_isAnnouncedOnce() {
        UUID branch = Scheduler.branch("HLD-" + UUID.randomUUID(), null, "zh-CN");
        UUID booking = UUID.randomUUID();
        Scheduler.send(Scheduler.version("held", booking, 1, branch, 48));
        Scheduler.send(Scheduler.version("held", booking, 2, branch, 72));
        await().untilAsserted(() -> assertThat(view(booking)).isEqualTo("2 HELD"));
        assertThat(kinds(branch)).isEmpty();

        Scheduler.send(Scheduler.version("confirmed", booking, 3, branch, 72));
        Scheduler.send(Scheduler.version("rescheduled", booking, 4, branch, 96));

        await().untilAsserted(() -> assertThat(kinds(branch)).containsExactly("CONFIRMED", "RESCHEDULED"));
        assertThat(view(booking)).isEqualTo("4 CONFIRMED");
    }

    @Test
    void releasedOrExpiredHold_isNotAnnounced() {
        UUID branch = Scheduler.branch("HLX-" + UUID.randomUUID(), null, "en");
        UUID released = UUID.randomUUID();
        UUID expired = UUID.randomUUID();
        Scheduler.send(Scheduler.version("held", released, 1, branch, 48));
        Scheduler.send(Scheduler.version("released", released, 2, branch, 48));
        Scheduler.send(Scheduler.version("held", expired, 1, branch, 48));
        Scheduler.send(Scheduler.version("expired", expired, 2, branch, 48));

        await().untilAsserted(() -> assertThat(view(released)).isEqualTo("2 RELEASED"));
        await().untilAsserted(() -> assertThat(view(expired)).isEqualTo("2 EXPIRED"));
        assertThat(kinds(branch)).isEmpty();
    }

    private String view(UUID booking) {
        return sql.one(
                        "SELECT version, state FROM subject_view WHERE subject_id = ?",
                        row -> row.number("version") + " " + row.text("state"),
                        booking)
                .orElse("nothing");
    }

    private List<String> kinds(UUID branch) {
        return sql.list(
                "SELECT kind FROM notice WHERE branch_id = ? ORDER BY sequence", row -> row.text("kind"), branch);
    }
}
