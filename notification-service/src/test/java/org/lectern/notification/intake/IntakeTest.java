package org.lectern.notification.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;

/** Each event takes effect once, in order per booking, and unreadable records are quarantined. */
@ServiceTest
class IntakeTest {

    @Inject
    AgroalDataSource pool;

    @Inject
    Sql sql;

    @Test
    void eventConsumedAHundredTimes_hasOneNotice() {
        UUID branch = Scheduler.branch("DUP-" + UUID.randomUUID(), null, "en");
        var confirmed = Scheduler.confirmed(branch, 48);
        for (int i = 0; i < 100; i++) {
            Scheduler.send(confirmed);
        }
        var marker = Scheduler.version("cancelled", confirmed.subject(), 2, branch, 48);
        Scheduler.send(marker);
        await().untilAsserted(() -> assertThat(kinds(branch)).containsExactly("CONFIRMED", "CANCELLED"));
        assertThat(sql.list("SELECT * FROM quarantine WHERE record_key = ?", row -> 1, (Object) confirmed.key()))
                .isEmpty();
    }

    @Test
    void earlyVersion_waitsForTheMissingOne() {
        UUID branch = Scheduler.branch("ORD-" + UUID.randomUUID(), null, "en");
        var first = Scheduler.confirmed(branch, 48);
        var second = Scheduler.version("rescheduled", first.subject(), 2, branch, 49);
        var third = Scheduler.version("reassigned", first.subject(), 3, branch, 49);
        var fourth = Scheduler.version("cancelled", first.subject(), 4, branch, 49);
        Scheduler.send(first);
        Scheduler.send(fourth);
        Scheduler.send(third);
        await().untilAsserted(() -> assertThat(held(first.subject())).isEqualTo(2));
        assertThat(kinds(branch)).containsExactly("CONFIRMED");
        Scheduler.send(second);
        await().untilAsserted(() ->
                assertThat(kinds(branch)).containsExactly("CONFIRMED", "RESCHEDULED", "REASSIGNED", "CANCELLED"));
        assertThat(held(first.subject())).isZero();
        assertThat(sequences(branch)).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void fortyMovedLectures_haveOneNoticeEach() {
        Map<UUID, UUID> hosts = new LinkedHashMap<>();
        for (int i = 0; i < 40; i++) {
            UUID branch = Scheduler.branch("MOV-" + UUID.randomUUID(), null, "en");
            var confirmed = Scheduler.confirmed(branch, 48);
            Scheduler.send(confirmed);
            hosts.put(confirmed.subject(), branch);
        }
        hosts.forEach((booking, branch) -> Scheduler.send(Scheduler.version("rescheduled", booking, 2, branch, 72)));
        hosts.values()
                .forEach(branch -> await().untilAsserted(
                                () -> assertThat(kinds(branch)).containsExactly("CONFIRMED", "RESCHEDULED")));
    }

    @Test
    void lectureAtAnUnknownBranch_waitsForIt() {
        UUID branch = UUID.randomUUID();
        var confirmed = Scheduler.confirmed(branch, 48);
        Scheduler.send(confirmed);
        await().untilAsserted(() -> assertThat(held(confirmed.subject())).isEqualTo(1));
        Scheduler.branch(branch, "LATE-" + branch, null, "en", 1);
        await().untilAsserted(() -> assertThat(kinds(branch)).containsExactly("CONFIRMED"));
    }

    @Test
    void theNewestVersionOfABranchCounts() {
        UUID branch = UUID.randomUUID();
        Scheduler.branch(branch, "NEW-" + branch, null, "en", 3);
        Scheduler.branch(branch, "OLD-" + branch, null, "en", 2);
        var confirmed = Scheduler.confirmed(branch, 48);
        Scheduler.send(confirmed);
        await().untilAsserted(() -> assertThat(kinds(branch)).hasSize(1));
        Scheduler.branch(branch, "NEWER-" + branch, null, "en", 4);
        await().untilAsserted(() -> assertThat(code(branch)).isEqualTo("NEWER-" + branch));
    }

    @Test
    void aVersionTakenByAnotherEventIsSetAside() {
        UUID branch = Scheduler.branch("TWI-" + UUID.randomUUID(), null, "en");
        var first = Scheduler.confirmed(branch, 48);
        Scheduler.send(first);
        RecordMetadata twin = Scheduler.send(Scheduler.version("cancelled", first.subject(), 1, branch, 48));
        await().untilAsserted(() -> assertThat(reason(twin)).isEqualTo("version-taken"));
        await().untilAsserted(() -> assertThat(kinds(branch)).containsExactly("CONFIRMED"));
    }

    @Test
    void poison_isQuarantinedAndThePartitionContinues() {
        UUID branch = Scheduler.branch("POI-" + UUID.randomUUID(), null, "en");
        var good = Scheduler.confirmed(branch, 48);
        String topic = good.topic();
        byte[] key = good.key();
        Map<RecordMetadata, String> poison = new LinkedHashMap<>();
        poison.put(
                Scheduler.send(topic, key, good.bytes(), with(good, "ce_type", "lectern.booking.praised.v1")),
                "type-unknown");
        poison.put(
                Scheduler.send(topic, key, good.bytes(), with(good, "ce_type", "lectern.booking.confirmed.v2")),
                "type-unknown");
        poison.put(
                Scheduler.send(topic, key, good.bytes(), with(good, "ce_type", "lectern.branch.changed.v1")),
                "type-unknown");
        poison.put(
                Scheduler.send(topic, key, "{\"bookingId\":".getBytes(StandardCharsets.UTF_8), good.headers()),
                "data-does-not-fit|data-is-not-json");
        poison.put(
                Scheduler.send(topic, key, "null".getBytes(StandardCharsets.UTF_8), good.headers()),
                "data-does-not-fit");
        poison.put(
                Scheduler.send(topic, key, "[]".getBytes(StandardCharsets.UTF_8), good.headers()), "data-does-not-fit");
        poison.put(Scheduler.send(topic, key, new byte[0], good.headers()), "data-does-not-fit|data-is-not-json");
        poison.put(
                Scheduler.send(topic, key, new byte[] {0, 1, 2, (byte) 0xff, (byte) 0xfe}, good.headers()),
                "data-is-not-utf-8");
        poison.put(Scheduler.send(topic, key, new byte[] {0, 0, 0}, good.headers()), "data-is-not-json");
        poison.put(Scheduler.send(topic, key, null, good.headers()), "tombstone");
        poison.put(Scheduler.send(topic, key, good.bytes(), Map.of()), "header-missing:ce_specversion");
        poison.put(Scheduler.send(topic, key, good.bytes(), with(good, "ce_id", null)), "header-missing:ce_id");
        poison.put(Scheduler.send(topic, key, good.bytes(), with(good, "ce_id", "\u0000")), "header-malformed:ce_id");
        poison.put(
                Scheduler.send(topic, key, good.bytes(), with(good, "ce_sequence", "0")),
                "header-malformed:ce_sequence");
        poison.put(
                Scheduler.send(topic, key, good.bytes(), with(good, "ce_sequence", "2")), "data-contradicts-headers");
        poison.put(
                Scheduler.send(topic, key, good.bytes(), with(good, "ce_time", "yesterday")),
                "header-malformed:ce_time");
        poison.put(
                Scheduler.send(
                        topic,
                        key,
                        good.bytes(),
                        with(good, "ce_subject", UUID.randomUUID().toString())),
                "key-is-not-subject");
        poison.put(Scheduler.send(topic, null, good.bytes(), good.headers()), "key-is-not-subject");
        poison.put(
                Scheduler.send(topic, key, good.bytes(), with(good, "content-type", "text/plain")),
                "content-type-unknown");
        poison.put(
                Scheduler.send(topic, key, Scheduler.confirmed(branch, 48).bytes(), good.headers()),
                "data-contradicts-headers");
        var reversed = Scheduler.confirmed(branch, 48);
        poison.put(Scheduler.send(reversed.with("end", reversed.data().get("start"))), "data-does-not-fit");
        poison.put(
                Scheduler.send(
                        "lectern.branches", branch.toString().getBytes(StandardCharsets.UTF_8), null, good.headers()),
                "type-unknown|tombstone");
        Scheduler.send(good);

        await().untilAsserted(() -> assertThat(kinds(branch)).containsExactly("CONFIRMED"));
        poison.forEach((where, why) -> await().untilAsserted(() -> assertThat(reason(where))
                .as(why)
                .matches(reason -> List.of(why.split("\\|")).contains(reason))));
        RecordMetadata bytes = poison.keySet().stream().toList().get(7);
        assertThat(sql.one(
                        "SELECT value FROM quarantine WHERE topic = ? AND partition = ? AND record_offset = ?",
                        row -> row.bytes("value"),
                        bytes.topic(),
                        bytes.partition(),
                        bytes.offset()))
                .hasValue(new byte[] {0, 1, 2, (byte) 0xff, (byte) 0xfe});
    }

    @Test
    void databaseAway_delaysEvents() {
        UUID branch = Scheduler.branch("DBD-" + UUID.randomUUID(), null, "en");
        var confirmed = Scheduler.confirmed(branch, 48);
        Scheduler.send(confirmed);
        await().untilAsserted(() -> assertThat(kinds(branch)).containsExactly("CONFIRMED"));
        sql.update("ALTER TABLE inbox RENAME TO inbox_away");
        long failed = rollbacks();
        try {
            Scheduler.send(Scheduler.version("cancelled", confirmed.subject(), 2, branch, 48));
            sql.list(
                    "SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                            + " AND datname = current_database() AND application_name = 'lectern-notification'",
                    row -> row.flag("ended"));
            await().atMost(Duration.ofMinutes(2))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(rollbacks()).isGreaterThan(failed + 1));
        } finally {
            await().ignoreExceptions().until(() -> sql.update("ALTER TABLE inbox_away RENAME TO inbox") == 0);
        }
        // removes ended connections: the service and later tests use the same pool
        pool.flush(AgroalDataSource.FlushMode.GRACEFUL);
        await().atMost(Duration.ofMinutes(2)).ignoreExceptions().untilAsserted(() -> {
            assertThat(kinds(branch)).containsExactly("CONFIRMED", "CANCELLED");
            assertThat(sql.list(
                            "SELECT reason FROM quarantine WHERE record_key = ?", row -> row.text("reason"), (Object)
                                    confirmed.key()))
                    .isEmpty();
        });
    }

    private long rollbacks() {
        return sql.one(
                        "SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()",
                        row -> row.bigNumber("xact_rollback"))
                .orElse(0L);
    }

    @Test
    void offset_isStoredWithTheEffects() {
        UUID branch = Scheduler.branch("OFF-" + UUID.randomUUID(), null, "en");
        RecordMetadata sent = Scheduler.send(Scheduler.confirmed(branch, 48));
        await().untilAsserted(() -> assertThat(kinds(branch)).hasSize(1));
        assertThat(sql.one(
                                "SELECT next_offset FROM consumer_offset WHERE topic = ? AND partition = ?",
                                row -> row.bigNumber("next_offset"),
                                sent.topic(),
                                sent.partition())
                        .orElseThrow())
                .isGreaterThan(sent.offset());
    }

    private static Map<String, byte[]> with(Scheduler.Message message, String header, @Nullable String value) {
        Map<String, byte[]> headers = new LinkedHashMap<>(message.headers());
        if (value == null) {
            headers.remove(header);
        } else {
            headers.put(header, value.getBytes(StandardCharsets.UTF_8));
        }
        return headers;
    }

    private List<String> kinds(UUID branch) {
        return sql.list(
                "SELECT kind FROM notice WHERE branch_id = ? ORDER BY sequence", row -> row.text("kind"), branch);
    }

    private List<Long> sequences(UUID branch) {
        return sql.list(
                "SELECT sequence FROM notice WHERE branch_id = ? ORDER BY sequence",
                row -> row.bigNumber("sequence"),
                branch);
    }

    private int held(UUID booking) {
        return sql.list("SELECT 1 AS one FROM held_event WHERE subject_id = ?", row -> row.number("one"), booking)
                .size();
    }

    private String code(UUID branch) {
        return sql.one("SELECT code FROM recipient WHERE id = ?", row -> row.text("code"), branch)
                .orElse("");
    }

    private String reason(RecordMetadata where) {
        return sql.one(
                        "SELECT reason FROM quarantine WHERE topic = ? AND partition = ? AND record_offset = ?",
                        row -> row.text("reason"),
                        where.topic(),
                        where.partition(),
                        where.offset())
                .orElse("");
    }
}
