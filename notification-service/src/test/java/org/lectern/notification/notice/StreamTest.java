package org.lectern.notification.notice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.EventStream;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** The stream of notices: without gaps, bounded, and only for authorized callers. */
@ServiceTest
class StreamTest {

    @Inject
    Sql sql;

    @Inject
    Notices notices;

    @Test
    void reconnectWithLastEventId_missesNothing() {
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
        send(branch, 130); // more than one batch while no client listens
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
    void noticeOfAnotherProcess_isSeenByPolling() {
        String code = "OTH-" + UUID.randomUUID();
        UUID branch = branch(code);
        try (var stream = new EventStream("/api/v1/branches/" + branch + "/notices/stream", Tokens.branch(code), "0")) {
            await().untilAsserted(() -> assertThat(stream.lines()).contains(":open"));
            // as another replica would: the same rows, without waking this process
            QuarkusTransaction.requiringNew().run(() -> {
                sql.update("UPDATE recipient SET last_sequence = 1 WHERE id = ?", branch);
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
    void stream_equalsTheInbox() {
        String code = "SAY-" + UUID.randomUUID();
        UUID branch = branch(code);
        var replaced = Scheduler.confirmed(branch, 40);
        Scheduler.send(replaced);
        Scheduler.send(Scheduler.version("rescheduled", replaced.subject(), 2, branch, 50));
        await().untilAsserted(() -> assertThat(newest(branch)).isEqualTo(2));
        Scheduler.send(Scheduler.confirmed(branch, 60));
        await().untilAsserted(() -> assertThat(newest(branch)).isEqualTo(3));
        acknowledge(code, branch, 3);
        remind(branch, 3, 4);
        remind(branch, 2, 5);
        Scheduler.send(Scheduler.request("offered", UUID.randomUUID(), 1, branch));
        await().untilAsserted(() -> assertThat(newest(branch)).isEqualTo(6));

        List<Map<String, Object>> inbox = given().auth()
                .oauth2(Tokens.branch(code))
                .get("/api/v1/branches/" + branch + "/notices")
                .then()
                .statusCode(200)
                .extract()
                .path("items");
        List<@Nullable String> asked = new ArrayList<>();
        inbox.reversed().forEach(notice -> asked.add(asked(notice)));
        assertThat(asked).containsExactly("superseded", "due", "given", "given", "due", null);
        try (var stream = new EventStream("/api/v1/branches/" + branch + "/notices/stream", Tokens.branch(code), "0")) {
            await().untilAsserted(() -> assertThat(stream.data()).hasSize(6));
            assertThat(stream.data().stream()
                            .map(notice -> JsonPath.from(notice).<String, Object>getMap(""))
                            .toList())
                    .isEqualTo(inbox.reversed());
        }
    }

    @Test
    void planForAnEmptyTable_readsNewNoticesOnly() {
        UUID branch = branch("FEW-" + UUID.randomUUID());
        QuarkusTransaction.begin();
        try {
            sql.update("TRUNCATE notice CASCADE");
            sql.update("ANALYZE notice");
            sql.update("ANALYZE acknowledgement");
            for (int i = 0;
                    i < 15;
                    i++) { // the fifth execution is prepared on the server; PostgreSQL plans five more individually
                assertThat(notices.after(branch, 0, 100)).isEmpty();
            }
            sql.update("""
                    INSERT INTO notice (id, branch_id, sequence, event_id, booking_id, version, kind, locale, title, body,
                                        urgent, created_at)
                    SELECT uuidv7(), ?, n, uuidv7(), uuidv7(), 1, 'CONFIRMED', 'en', 'title', 'body', false, now()
                    FROM generate_series(1, 1000) n""", branch);
            sql.update("""
                    INSERT INTO acknowledgement (notice_id, branch_id, booking_id, version, at, channel)
                    SELECT id, branch_id, booking_id, version, now(), 'in-app' FROM notice
                    WHERE branch_id = ? AND sequence % 2 = 0""", branch);
            long before = rowsReadSoFar();
            assertThat(notices.after(branch, 995, 100)).hasSize(5);
            assertThat(rowsReadSoFar() - before)
                    .as("rows of notices and acknowledgements")
                    .isLessThan(30);
        } finally {
            QuarkusTransaction.rollback();
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
    void newestStream_replacesTheOldestOfTheSameCaller() {
        String code = "MNY-" + UUID.randomUUID();
        UUID branch = branch(code);
        String path = "/api/v1/branches/" + branch + "/notices/stream";
        List<EventStream> open = new ArrayList<>();
        try (var another = new EventStream(path, Tokens.organizer(), null)) {
            for (int i = 0; i < 6; i++) {
                open.add(new EventStream(path, Tokens.branch(code), null));
                assertThat(open.get(i).status()).isEqualTo(200);
            }
            await().untilAsserted(() -> assertThat(open.getFirst().hasEnded()).isTrue());
            assertThat(open.getFirst().lines())
                    .contains("event:replaced", ":replaced by a newer stream of the same caller", "retry:60000");
            send(branch, 1);
            for (EventStream stream : open.subList(1, 6)) {
                await().untilAsserted(() -> assertThat(stream.ids()).hasSize(1));
                assertThat(stream.hasEnded()).isFalse();
            }
            await().untilAsserted(() -> assertThat(another.ids()).hasSize(1));
        } finally {
            open.forEach(EventStream::close);
        }
    }

    @Test
    void streamsOpenedAndClosedQuickly_areNeverRefused() {
        String code = "QCK-" + UUID.randomUUID();
        UUID branch = branch(code);
        String path = "/api/v1/branches/" + branch + "/notices/stream";
        for (int i = 0; i < 30; i++) {
            try (var stream = new EventStream(path, Tokens.branch(code), null)) {
                assertThat(stream.status()).isEqualTo(200);
                assertThat(stream.header("X-Accel-Buffering")).hasValue("no");
            }
        }
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

    private static @Nullable String asked(Map<String, Object> notice) {
        return notice.get("acknowledgement") instanceof Map<?, ?> asked ? String.valueOf(asked.get("state")) : null;
    }

    private void acknowledge(String code, UUID branch, long sequence) {
        given().auth()
                .oauth2(Tokens.branch(code))
                .post("/api/v1/notices/" + numbered(branch, sequence) + "/acknowledgement")
                .then()
                .statusCode(200);
    }

    /** The notice with that number, repeated as the next one. */
    private void remind(UUID branch, long sequence, long next) {
        QuarkusTransaction.requiringNew().run(() -> {
            sql.update("UPDATE recipient SET last_sequence = ? WHERE id = ?", next, branch);
            sql.update("""
                    INSERT INTO notice (id, branch_id, sequence, repeats, booking_id, version, kind, locale, title, body,
                                        urgent, starts_at, ends_at, created_at)
                    SELECT uuidv7(), branch_id, ?, id, booking_id, version, 'REMINDER', locale, title, body,
                           false, starts_at, ends_at, now()
                    FROM notice WHERE id = ?""", next, numbered(branch, sequence));
        });
    }

    private UUID numbered(UUID branch, long sequence) {
        return sql.one(
                        "SELECT id FROM notice WHERE branch_id = ? AND sequence = ?",
                        row -> row.id("id"),
                        branch,
                        sequence)
                .orElseThrow();
    }

    /** Rows read in this transaction from the tables of a stream. */
    private long rowsReadSoFar() {
        return sql.one("""
                SELECT sum(coalesce(idx_tup_fetch, 0) + seq_tup_read) AS read
                FROM pg_stat_xact_user_tables WHERE relname IN ('notice', 'acknowledgement')""", row -> row.bigNumber("read")).orElseThrow();
    }

    private long newest(UUID branch) {
        return sql.one(
                        "SELECT last_sequence FROM recipient WHERE id = ?",
                        row -> row.bigNumber("last_sequence"),
                        branch)
                .orElse(0L);
    }
}
