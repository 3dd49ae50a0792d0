package org.lectern.notification.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;

/** Guests get the same notices as hosts; joining or leaving notifies only that guest. */
@ServiceTest
class GuestNoticeTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Inject
    Sql sql;

    @Test
    void guests_areNotifiedOfEveryChange() {
        UUID host = branch();
        UUID guest = branch();
        UUID booking = UUID.randomUUID();
        Scheduler.send(version("confirmed", booking, 1, host).with("guests", branches(guest)));
        Scheduler.send(version("rescheduled", booking, 2, host).with("guests", branches(guest)));
        Scheduler.send(version("reassigned", booking, 3, host).with("guests", branches(guest)));
        Scheduler.send(version("cancelled", booking, 4, host).with("guests", branches(guest)));

        var all = List.of("CONFIRMED", "RESCHEDULED", "REASSIGNED", "CANCELLED");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(kinds(guest)).isEqualTo(all));
        assertThat(kinds(host)).isEqualTo(all);
        assertThat(bodies(guest)).allMatch(body -> body.contains("\nGuest: ") && body.contains("\nHost: 青石村"));
        assertThat(bodies(host)).allMatch(body -> body.contains("\nBranch: 青石村"));
    }

    @Test
    void joiningOrLeaving_notifiesTheGuestOnly() {
        UUID host = branch();
        UUID first = branch();
        UUID second = branch();
        UUID booking = UUID.randomUUID();
        Scheduler.send(version("confirmed", booking, 1, host).with("guests", branches(first)));
        Scheduler.send(version("guests-changed", booking, 2, host)
                .with("guests", branches(first, second))
                .with("joined", branches(second))
                .with("left", branches()));
        Scheduler.send(version("guests-changed", booking, 3, host)
                .with("guests", branches(second))
                .with("joined", branches())
                .with("left", branches(first)));
        Scheduler.send(version("cancelled", booking, 4, host).with("guests", branches(second)));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(kinds(host)).containsExactly("CONFIRMED", "CANCELLED"));
        assertThat(kinds(first)).containsExactly("CONFIRMED", "CANCELLED");
        assertThat(kinds(second)).containsExactly("CONFIRMED", "CANCELLED");
        assertThat(titles(second).getFirst()).startsWith("Your branch joins a lecture: ");
        assertThat(titles(first).getLast()).startsWith("Your branch no longer joins a lecture: ");
    }

    @Test
    void newHost_isNotifiedAndTheFormerOneOfACancellation() {
        UUID former = branch();
        UUID host = branch();
        UUID guest = branch();
        UUID booking = UUID.randomUUID();
        Scheduler.send(version("confirmed", booking, 1, former).with("guests", branches(guest)));
        Scheduler.send(hostChanged(booking, 2, former, host, guest).with("guests", branches(guest)));
        // the guest becomes the host
        Scheduler.send(hostChanged(booking, 3, host, guest, guest).with("guests", branches()));
        Scheduler.send(amended(booking, 4, guest));
        Scheduler.send(version("cancelled", booking, 5, guest).with("guests", branches()));

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(kinds(guest)).containsExactly("CONFIRMED", "REASSIGNED", "REASSIGNED", "CANCELLED"));
        assertThat(kinds(former)).containsExactly("CONFIRMED", "CANCELLED");
        assertThat(kinds(host)).containsExactly("CONFIRMED", "CANCELLED");
        assertThat(bodies(former).getLast()).contains("Branch: Former", "Reason: ");
        assertThat(bodies(guest).get(1)).contains("Host: 青石村 (before: Former)");
    }

    private static Scheduler.Message hostChanged(UUID booking, int version, UUID former, UUID host, UUID guest) {
        var message = version("rescheduled", booking, version, host);
        var before = new ObjectMapper().createObjectNode();
        before.putObject("branch").put("id", former.toString()).put("name", "Former");
        before.set("guests", branches(guest));
        return message.with("before", before)
                .with("changed", new ObjectMapper().createArrayNode().add("branch"));
    }

    /** A change that no branch is notified of. */
    private static Scheduler.Message amended(UUID booking, int version, UUID host) {
        return version("rescheduled", booking, version, host)
                .with("before", new ObjectMapper().createObjectNode())
                .with("guests", branches())
                .with("changed", new ObjectMapper().createArrayNode().add("note"));
    }

    @Test
    void eventWithAnUnknownGuest_waitsForIt() {
        UUID host = branch();
        UUID late = UUID.randomUUID();
        UUID later = UUID.randomUUID();
        UUID booking = UUID.randomUUID();
        Scheduler.send(version("confirmed", booking, 1, host).with("guests", branches(late, later)));
        Scheduler.send(version("rescheduled", booking, 2, host).with("guests", branches(late, later)));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sql.one(
                                "SELECT count(*) AS held FROM held_event WHERE subject_id = ?",
                                row -> row.number("held"),
                                booking))
                        .hasValue(2));
        assertThat(kinds(host)).isEmpty();

        Scheduler.branch(late, "GST-" + late, null, "en", 1);
        Scheduler.branch(later, "GST-" + later, null, "en", 1);

        var both = List.of("CONFIRMED", "RESCHEDULED");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(kinds(later)).isEqualTo(both));
        assertThat(kinds(late)).isEqualTo(both);
        assertThat(kinds(host)).isEqualTo(both);
    }

    private static UUID branch() {
        return Scheduler.branch("GST-" + UUID.randomUUID(), null, "en");
    }

    private static Scheduler.Message version(String type, UUID booking, int version, UUID host) {
        return Scheduler.version(type, booking, version, host, 72);
    }

    private static ArrayNode branches(UUID... ids) {
        ArrayNode branches = new ObjectMapper().createArrayNode();
        for (UUID id : ids) {
            branches.addObject().put("id", id.toString()).put("code", "GST").put("name", "白溪村");
        }
        return branches;
    }

    private List<String> kinds(UUID branch) {
        return column("kind", branch);
    }

    private List<String> titles(UUID branch) {
        return column("title", branch);
    }

    private List<String> bodies(UUID branch) {
        return column("body", branch);
    }

    private List<String> column(String column, UUID branch) {
        return sql.list(
                "SELECT " + column + " FROM notice WHERE branch_id = ? ORDER BY sequence",
                row -> row.text(column),
                branch);
    }
}
