package org.lectern.notification.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.time.Uuid7;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** The scheduler's database is restored from a backup and re-uses versions: F15 and F16 of the fault matrix. */
@ServiceTest
class RestoredProducerTest {

    @Inject
    Sql sql;

    private Aftermath after;
    private UUID branch;

    @BeforeEach
    void aBranch() {
        after = new Aftermath(sql);
        branch = Scheduler.branch("LIFE-" + UUID.randomUUID(), null, "en");
    }

    @Test
    void f16ReusedVersions_countForTheLaterLife() {
        var first = Scheduler.confirmed(branch, 48);
        Scheduler.send(first);
        Scheduler.send(Scheduler.version("rescheduled", first.subject(), 2, branch, 50));
        Scheduler.send(Scheduler.version("reassigned", first.subject(), 3, branch, 50));
        await().untilAsserted(() -> assertThat(after.seen(first.subject())).isEqualTo(3));

        // restored to version 1; people make new decisions
        String life = Uuid7.next().toString();
        var fresh =
                Scheduler.version("cancelled", first.subject(), 2, branch, 48).header("ce_incarnation", life);
        Scheduler.send(fresh);
        Scheduler.send(fresh);

        await().untilAsserted(() ->
                assertThat(after.kinds(branch)).containsExactly("CONFIRMED", "RESCHEDULED", "REASSIGNED", "CANCELLED"));
        assertThat(after.seen(first.subject())).isEqualTo(2);
        Scheduler.send(
                Scheduler.version("rescheduled", first.subject(), 3, branch, 51).header("ce_incarnation", life));
        await().untilAsserted(() -> assertThat(after.kinds(branch)).hasSize(5));
        assertThat(after.countSetAside(first.subject())).isZero();
    }

    @Test
    void f16EventOfAnEarlierLife_isQuarantined() {
        var first = Scheduler.confirmed(branch, 48);
        Scheduler.send(first);
        var second = Scheduler.version("rescheduled", first.subject(), 2, branch, 50)
                .header("ce_incarnation", Uuid7.next().toString());
        Scheduler.send(second);
        var zombie = Scheduler.send(Scheduler.version("cancelled", first.subject(), 3, branch, 50));
        await().untilAsserted(() -> assertThat(after.reason(zombie)).isEqualTo("incarnation-superseded"));
        Scheduler.send(first); // a repeated event of the former incarnation counts as a duplicate
        Scheduler.send(Scheduler.version("cancelled", first.subject(), 3, branch, 50)
                .header("ce_incarnation", Uuid7.next().toString()));
        await().untilAsserted(
                        () -> assertThat(after.kinds(branch)).containsExactly("CONFIRMED", "RESCHEDULED", "CANCELLED"));
        assertThat(after.countSetAside(first.subject())).isEqualTo(1);
    }

    @Test
    void f16HeldEventOfAnEarlierLife_isQuarantined() {
        var first = Scheduler.confirmed(branch, 48);
        Scheduler.send(first);
        Scheduler.send(Scheduler.version("cancelled", first.subject(), 3, branch, 50));
        Scheduler.send(Scheduler.version("completed", first.subject(), 5, branch, 50));
        await().untilAsserted(() -> assertThat(after.held(first.subject())).isEqualTo(2));
        String life = Uuid7.next().toString();

        Scheduler.send(
                Scheduler.version("rescheduled", first.subject(), 5, branch, 53).header("ce_incarnation", life));
        Scheduler.send(
                Scheduler.version("rescheduled", first.subject(), 2, branch, 51).header("ce_incarnation", life));

        await().untilAsserted(
                        () -> assertThat(after.countSetAside(first.subject())).isEqualTo(2));
        assertThat(after.held(first.subject())).isEqualTo(1);
        Scheduler.send(
                Scheduler.version("reassigned", first.subject(), 3, branch, 52).header("ce_incarnation", life));
        Scheduler.send(
                Scheduler.version("reassigned", first.subject(), 4, branch, 52).header("ce_incarnation", life));
        await().untilAsserted(() -> assertThat(after.kinds(branch))
                .containsExactly("CONFIRMED", "RESCHEDULED", "REASSIGNED", "REASSIGNED", "RESCHEDULED"));
    }

    @Test
    void f16ReusedVersion_needsItsOwnAcknowledgement() {
        var first = Scheduler.confirmed(branch, 48);
        Scheduler.send(first);
        Scheduler.send(Scheduler.version("rescheduled", first.subject(), 2, branch, 50));
        Scheduler.send(Scheduler.version("rescheduled", first.subject(), 3, branch, 51));
        await().untilAsserted(() -> assertThat(after.kinds(branch)).hasSize(3));
        acknowledgeNewest();

        Scheduler.send(Scheduler.version("cancelled", first.subject(), 2, branch, 48)
                .header("ce_incarnation", Uuid7.next().toString()));
        await().untilAsserted(() -> assertThat(after.kinds(branch)).hasSize(4));
        acknowledgeNewest();
        Scheduler.send(Scheduler.version("rescheduled", first.subject(), 3, branch, 51)
                .header("ce_incarnation", Uuid7.next().toString()));
        await().untilAsserted(() -> assertThat(after.kinds(branch)).hasSize(5));
        acknowledgeNewest();

        assertThat(sql.list(
                        "SELECT version FROM acknowledgement WHERE branch_id = ? ORDER BY at",
                        row -> row.number("version"),
                        branch))
                .containsExactly(3, 2, 3);
    }

    private void acknowledgeNewest() {
        UUID newest = sql.one(
                        "SELECT id FROM notice WHERE branch_id = ? ORDER BY sequence DESC LIMIT 1",
                        row -> row.id("id"),
                        branch)
                .orElseThrow();
        given().auth()
                .oauth2(Tokens.organizer())
                .post("/api/v1/notices/{id}/acknowledgement", newest)
                .then()
                .statusCode(200);
    }

    @Test
    void f16Branch_isThatOfTheLaterLife() {
        UUID id = UUID.randomUUID();
        Scheduler.send(Scheduler.described(id, "FIRST-" + id, 1));
        Scheduler.send(Scheduler.described(id, "LOST-" + id, 2));
        String life = Uuid7.next().toString();
        Scheduler.send(Scheduler.described(id, "AGAIN-" + id, 2).header("ce_incarnation", life));
        Scheduler.send(Scheduler.described(id, "ZOMBIE-" + id, 3));
        await().untilAsserted(() -> assertThat(code(id)).isEqualTo("AGAIN-" + id));

        Scheduler.send(Scheduler.described(id, "LAST-" + id, 3).header("ce_incarnation", life));
        await().untilAsserted(() -> assertThat(code(id)).isEqualTo("LAST-" + id));
    }

    private String code(UUID id) {
        return sql.one("SELECT code FROM recipient WHERE id = ?", row -> row.text("code"), id)
                .orElse("");
    }

    @Test
    void f15StandbyWithTheSameIncarnation_isNotBelieved() {
        var first = Scheduler.confirmed(branch, 48);
        Scheduler.send(first);
        Scheduler.send(Scheduler.version("rescheduled", first.subject(), 2, branch, 50));
        await().untilAsserted(() -> assertThat(after.seen(first.subject())).isEqualTo(2));
        var twin = Scheduler.send(Scheduler.version("cancelled", first.subject(), 2, branch, 48));
        await().untilAsserted(() -> assertThat(after.reason(twin)).isEqualTo("version-taken"));
        assertThat(after.kinds(branch)).containsExactly("CONFIRMED", "RESCHEDULED");
    }
}
