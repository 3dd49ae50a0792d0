package org.lectern.notification.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.RebuildStack;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.Scheduler.Message;
import org.lectern.testing.Tokens;

/**
 * A database rebuilt from the topics has the same inboxes, and repeats no earlier alert. Reading everything again
 * changes nothing.
 */
@Tag("proof")
@QuarkusTest
@QuarkusTestResource(value = RebuildStack.class, restrictToAnnotatedClass = true)
@TestProfile(RebuildTest.Anew.class)
class RebuildTest {

    /** A separate application on an empty schema. */
    public static final class Anew implements QuarkusTestProfile {}

    @Inject
    Sql sql;

    private List<String> notices(UUID branch) {
        return sql.list(
                "SELECT kind || ' ' || version AS sent FROM notice WHERE branch_id = ? ORDER BY sequence",
                row -> row.text("sent"),
                branch);
    }

    private long deliveries(UUID branch) {
        return sql.one("SELECT count(*) AS n FROM delivery WHERE branch_id = ?", row -> row.bigNumber("n"), branch)
                .orElseThrow();
    }

    /** All state from the topics, except the times of its creation. */
    private List<String> state(UUID branch) {
        return sql.list("""
                SELECT 'branch ' || b::text AS line FROM recipient b WHERE id = ?
                UNION ALL SELECT 'notice ' || n::text FROM notice n WHERE branch_id = ?
                UNION ALL SELECT concat_ws(' ', 'subject', s.subject_id, s.incarnation, s.version, s.state)
                FROM subject_view s WHERE subject_id IN (SELECT booking_id FROM notice WHERE branch_id = ?)
                UNION ALL SELECT concat_ws(' ', 'delivery', d.id, d.notice_id, d.endpoint_id)
                FROM delivery d WHERE branch_id = ?
                ORDER BY line""", row -> row.text("line"), branch, branch, branch, branch);
    }

    @Test
    void rebuild_writesNoticesWithoutMessages() {
        assertThat(sql.one("SELECT current_schema() AS name", row -> row.text("name")))
                .hasValue("rebuilt");
        String code = "ANEW-" + UUID.randomUUID();
        UUID branch = Scheduler.branch(code, null, "en");
        await().atMost(Duration.ofMinutes(2))
                .until(() -> sql.one("SELECT 1 AS one FROM recipient WHERE id = ?", row -> row.number("one"), branch)
                        .isPresent());
        given().auth()
                .oauth2(Tokens.organizer())
                .contentType(ContentType.JSON)
                .body(Map.of("channel", "email", "address", "again-" + branch + "@example.org", "vouchedFor", "a test"))
                .post("/api/v1/branches/{id}/endpoints", branch)
                .then()
                .statusCode(201);

        Message confirmed = Scheduler.confirmed(branch, 72);
        Message moved = Scheduler.version("rescheduled", confirmed.subject(), 2, branch, 96);
        Message later = Scheduler.confirmed(branch, 120)
                .header("ce_time", RebuildStack.SILENT_BEFORE.plusSeconds(1).toString());
        List.of(confirmed, moved).forEach(Scheduler::send);
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(notices(branch)).containsExactly("CONFIRMED 1", "RESCHEDULED 2"));
        assertThat(deliveries(branch)).isZero();

        Scheduler.send(later);
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() ->
                        assertThat(notices(branch)).containsExactly("CONFIRMED 1", "RESCHEDULED 2", "CONFIRMED 1"));
        assertThat(deliveries(branch)).isEqualTo(1);

        List<String> before = state(branch);
        assertThat(before).hasSizeGreaterThanOrEqualTo(1 + 3 + 2 + 1);
        for (Message again : List.of(confirmed, moved, later, confirmed, moved)) {
            RecordMetadata read = Scheduler.send(again);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> sql.one(
                                    "SELECT next_offset FROM consumer_offset WHERE topic = ? AND partition = ?",
                                    row -> row.bigNumber("next_offset"),
                                    read.topic(),
                                    read.partition())
                            .filter(next -> next > read.offset())
                            .isPresent());
        }
        assertThat(state(branch)).isEqualTo(before);
    }
}
