package org.lectern.notification.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** A plan is published: a thousand branches and two hundred lecturers are notified, and the counts add up. */
@Tag("proof")
@ServiceTest
class PublishedBatchTest {

    private static final int BRANCHES = 1000;
    private static final int LECTURERS = 200;
    private static final int EACH = BRANCHES / LECTURERS;
    private static final Duration LONG = Duration.ofMinutes(5);

    @Inject
    Sql sql;

    @Inject
    MoodyReceiver receiver;

    @Test
    void branchesAndLecturers_areNotifiedOncePerEndpoint() {
        MailServer.up();
        String run = UUID.randomUUID().toString();
        String domain = "p" + run.substring(0, 8) + ".example.org";
        List<UUID> lecturers = new ArrayList<>();
        for (int i = 0; i < LECTURERS; i++) {
            lecturers.add(Scheduler.lecturer("PBL-" + i + "-" + run, i % 2 == 0 ? "en" : "zh-CN"));
        }
        List<UUID> branches = new ArrayList<>();
        for (int i = 0; i < BRANCHES; i++) {
            branches.add(Scheduler.branch("PBB-" + i + "-" + run, null, i % 2 == 0 ? "en" : "zh-CN"));
        }
        await().atMost(LONG).until(() -> known(branches) == BRANCHES && known(lecturers) == LECTURERS);
        for (int i = 0; i < BRANCHES; i++) {
            endpoint(branches.get(i), "email", "branch-" + i + "@" + domain);
        }
        for (int i = 0; i < LECTURERS; i++) {
            endpoint(lecturers.get(i), "moody", run + "-" + i);
        }

        Instant published = Instant.now();
        for (int i = 0; i < BRANCHES; i++) {
            Scheduler.send(Scheduler.confirmed(branches.get(i), 200 + i % 24).by(lecturers.get(i % LECTURERS)));
        }

        await().atMost(LONG)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.organizer())
                        .queryParam("from", published.toString())
                        .get("/api/v1/deliveries/counts")
                        .then()
                        .statusCode(200)
                        .body("notices", equalTo(2 * BRANCHES))
                        .body("total", equalTo(2 * BRANCHES))
                        .body("channels.channel", contains("email", "moody"))
                        .body("channels.total", contains(BRANCHES, BRANCHES))
                        .body("channels.delivered", contains(BRANCHES, BRANCHES))
                        .body("channels.waiting", contains(0, 0))
                        .body("channels.dead", contains(0, 0)));
        List<String> mailed = MailServer.recipientsAt(domain);
        assertThat(mailed).hasSize(BRANCHES);
        assertThat(new HashSet<>(mailed)).hasSize(BRANCHES);
        for (int i = 0; i < LECTURERS; i++) {
            assertThat(receiver.received(run + "-" + i))
                    .as("lecturer " + i)
                    .hasSize(EACH)
                    .doesNotHaveDuplicates();
        }
    }

    private int known(List<UUID> recipients) {
        return sql.one(
                        "SELECT count(*) AS count FROM recipient WHERE id = ANY (?)",
                        row -> row.number("count"),
                        recipients)
                .orElseThrow();
    }

    private void endpoint(UUID recipient, String channel, String address) {
        sql.update("""
                INSERT INTO endpoint (id, branch_id, channel, address, enabled, confirmed_at, version, created_at, updated_at)
                VALUES (uuidv7(), ?, ?, ?, true, now(), 1, now(), now())""", recipient, channel, address);
    }
}
