package org.lectern.notification.notice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.lectern.notification.support.EventStream;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.notification.support.Tokens;
import org.lectern.notification.transaction.Sql;

/** The stream of notices: without gaps, bounded, and only for who may see it. */
@ServiceTest
class StreamTest {

    @Inject
    Sql sql;

    @Test
    void whoComesBackWithTheLastNumberMissesNothing() {
        String code = "SSE-" + UUID.randomUUID();
        UUID branch = branch(code);
        String path = "/api/v1/branches/" + branch + "/notices/stream";
        String token = Tokens.branch(code);
        List<Long> seen = new ArrayList<>();
        try (var stream = new EventStream(path, token, null)) {
            await().untilAsserted(() -> assertThat(stream.lines()).contains(":open"));
            send(branch, 3);
            await().untilAsserted(() -> assertThat(stream.ids()).hasSize(3));
            seen.addAll(stream.ids());
        }
        send(branch, 130); // more than one batch while nobody listens
        await().untilAsserted(() -> assertThat(newest(branch)).isEqualTo(133));
        try (var stream = new EventStream(path, token, Long.toString(seen.getLast()))) {
            send(branch, 2);
            await().untilAsserted(() -> assertThat(stream.ids()).hasSize(132));
            seen.addAll(stream.ids());
        }
        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 135).boxed().toList());
    }

    @Test
    void whatAnotherProcessWroteIsSeenByPolling() {
        String code = "OTH-" + UUID.randomUUID();
        UUID branch = branch(code);
        try (var stream = new EventStream("/api/v1/branches/" + branch + "/notices/stream", Tokens.branch(code), "0")) {
            await().untilAsserted(() -> assertThat(stream.lines()).contains(":open"));
            // as another replica would: the same rows, without this process' wake
            QuarkusTransaction.requiringNew().run(() -> {
                sql.update("UPDATE branch SET last_sequence = 1 WHERE id = ?", branch);
                sql.update("""
                        INSERT INTO notice (id, branch_id, sequence, event_id, booking_id, version, kind, locale,
                                            title, body, urgent, starts_at, ends_at, created_at)
                        VALUES (uuidv7(), ?, 1, uuidv7(), uuidv7(), 1, 'CONFIRMED', 'en', 'line', ?, false,
                                now(), now() + interval '1 hour', now())""", branch, "one\ntwo\r\nthree");
            });
            await().untilAsserted(() -> assertThat(stream.ids()).containsExactly(1L));
            assertThat(stream.data()).singleElement().asString().contains("one\\ntwo\\r\\nthree");
        }
    }

    @Test
    void aSilentStreamIsKeptAliveByComments() {
        String code = "HBT-" + UUID.randomUUID();
        UUID branch = branch(code);
        try (var stream =
                new EventStream("/api/v1/branches/" + branch + "/notices/stream", Tokens.branch(code), null)) {
            await().untilAsserted(() -> assertThat(stream.lines().stream()
                            .filter(line -> line.equals(":still here"))
                            .count())
                    .isGreaterThan(1));
        }
    }

    @Test
    void aStreamEndsWhenItsBranchLeavesTheCallersScope() {
        String code = "OUT-" + UUID.randomUUID();
        UUID branch = branch(code);
        try (var stream =
                new EventStream("/api/v1/branches/" + branch + "/notices/stream", Tokens.branch(code), null)) {
            await().untilAsserted(() -> assertThat(stream.lines()).contains(":open"));
            Scheduler.branch(branch, "MOVED-" + branch, null, "en", 2);
            await().untilAsserted(() -> assertThat(stream.hasEnded()).isTrue());
        }
    }

    @Test
    void aCallerHasNoMoreThanFiveStreamsAndGetsThemBack() {
        String code = "MNY-" + UUID.randomUUID();
        UUID branch = branch(code);
        String path = "/api/v1/branches/" + branch + "/notices/stream";
        List<EventStream> open = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                open.add(new EventStream(path, Tokens.branch(code), null));
            }
            try (var sixth = new EventStream(path, Tokens.branch(code), null)) {
                assertThat(sixth.status()).isEqualTo(429);
            }
        } finally {
            open.forEach(EventStream::close);
        }
        await().untilAsserted(() -> {
            try (var again = new EventStream(path, Tokens.branch(code), null)) {
                assertThat(again.status()).isEqualTo(200);
            }
        });
    }

    private static UUID branch(String code) {
        UUID branch = Scheduler.branch(code, null, "en");
        await().untilAsserted(() -> given().auth()
                .oauth2(Tokens.branch(code))
                .get("/api/v1/branches/" + branch + "/notices")
                .then()
                .statusCode(200));
        return branch;
    }

    private static void send(UUID branch, int count) {
        for (int i = 0; i < count; i++) {
            Scheduler.send(Scheduler.confirmed(branch, 40));
        }
    }

    private long newest(UUID branch) {
        return sql.one("SELECT last_sequence FROM branch WHERE id = ?", row -> row.bigNumber("last_sequence"), branch)
                .orElse(0L);
    }
}
