package org.lectern.notification.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.TextNode;
import io.restassured.response.ValidatableResponse;
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

/**
 * A campaign is cancelled: a thousand lectures are cancelled at once, and the log's counts match the received
 * messages.
 */
@Tag("proof")
@ServiceTest
class ThousandBranchesTest {

    private static final int BRANCHES = 1000;
    private static final int REACHED_TWICE = 600;
    private static final int REFUSING = 100;
    private static final int DISABLED = 50;
    private static final Duration LONG = Duration.ofMinutes(3);

    @Inject
    Sql sql;

    @Inject
    MoodyReceiver receiver;

    @Test
    void thousandBranches_areNotifiedOncePerChannel() {
        MailServer.up();
        String run = UUID.randomUUID().toString();
        String domain = "x" + run.substring(0, 8) + ".example.org";
        List<UUID> branches = new ArrayList<>();
        List<UUID> bookings = new ArrayList<>();
        for (int i = 0; i < BRANCHES; i++) {
            UUID branch = Scheduler.branch("THS-" + i + "-" + run, null, i % 2 == 0 ? "en" : "zh-CN");
            branches.add(branch);
            var booked = Scheduler.confirmed(branch, 200);
            bookings.add(booked.subject());
            Scheduler.send(booked);
        }
        await().atMost(LONG).until(() -> notices(branches) == BRANCHES);
        for (int i = 0; i < BRANCHES; i++) {
            endpoint(branches.get(i), "email", "branch-" + i + "@" + domain, true);
            if (i < REACHED_TWICE) {
                String address = run + "-" + i;
                boolean refuses = i < REFUSING;
                if (refuses) {
                    receiver.answers(address, new DeliveryOutcome.Failed("refused"));
                }
                endpoint(branches.get(i), "moody", address, refuses || i >= REFUSING + DISABLED);
            }
        }

        Instant calledOff = Instant.now();
        for (int i = 0; i < BRANCHES; i++) {
            Scheduler.send(Scheduler.version("cancelled", bookings.get(i), 2, branches.get(i), 200)
                    .with("reason", new TextNode("The campaign was cancelled")));
        }

        await().atMost(LONG)
                .untilAsserted(() -> counts(calledOff)
                        .body("notices", equalTo(BRANCHES))
                        .body("total", equalTo(BRANCHES + REACHED_TWICE))
                        .body("channels.channel", contains("email", "moody"))
                        .body("channels.total", contains(BRANCHES, REACHED_TWICE))
                        .body("channels.delivered", contains(BRANCHES, REACHED_TWICE - REFUSING - DISABLED))
                        .body("channels.dead", contains(0, REFUSING))
                        .body("channels.parked", contains(0, DISABLED))
                        .body("channels.waiting", contains(0, 0))
                        .body("channels.superseded", contains(0, 0)));
        List<String> mailed = MailServer.recipientsAt(domain);
        assertThat(mailed).hasSize(BRANCHES);
        assertThat(new HashSet<>(mailed)).hasSize(BRANCHES);
        for (int i = 0; i < REACHED_TWICE; i++) {
            boolean off = i >= REFUSING && i < REFUSING + DISABLED;
            assertThat(receiver.received(run + "-" + i)).as("receiver " + i).hasSize(off ? 0 : 1);
        }
        assertThat(sql.one("""
                        SELECT count(*) AS attempts FROM delivery_attempt a JOIN delivery d ON d.id = a.delivery_id
                        WHERE d.branch_id = ANY (?) AND a.outcome IS NOT NULL AND a.ended_at >= a.started_at""", row -> row.number("attempts"), branches))
                .as("each attempt with its answer and how long it took")
                .hasValueSatisfying(
                        attempts -> assertThat(attempts).isGreaterThanOrEqualTo(BRANCHES + REACHED_TWICE - DISABLED));
        given().auth()
                .oauth2(Tokens.organizer())
                .get("/api/v1/bookings/" + bookings.getFirst() + "/unreached")
                .then()
                .body("items.size()", equalTo(0));
    }

    @Test
    void countsAreOfSomething() {
        given().auth()
                .oauth2(Tokens.operator())
                .get("/api/v1/deliveries/counts")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("?from"));
        given().auth()
                .oauth2(Tokens.operator())
                .get("/api/v1/deliveries/counts?from=yesterday")
                .then()
                .statusCode(400);
        given().auth()
                .oauth2(Tokens.operator())
                .get("/api/v1/deliveries/counts?bookingId=" + UUID.randomUUID())
                .then()
                .statusCode(200)
                .body("notices", equalTo(0))
                .body("total", equalTo(0))
                .body("channels.size()", equalTo(0));
    }

    private static ValidatableResponse counts(Instant from) {
        return given().auth()
                .oauth2(Tokens.organizer())
                .queryParam("from", from.toString())
                .get("/api/v1/deliveries/counts")
                .then()
                .statusCode(200);
    }

    private int notices(List<UUID> branches) {
        return sql.one(
                        "SELECT count(*) AS count FROM notice WHERE branch_id = ANY (?)",
                        row -> row.number("count"),
                        branches)
                .orElseThrow();
    }

    private void endpoint(UUID branch, String channel, String address, boolean enabled) {
        sql.update("""
                INSERT INTO endpoint (id, branch_id, channel, address, enabled, confirmed_at, version, created_at, updated_at)
                VALUES (uuidv7(), ?, ?, ?, ?, now(), 1, now(), now())""", branch, channel, address, enabled);
    }
}
