package org.lectern.notification.intake;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.AfterCommit;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Text;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.time.Uuid7;

/**
 * Stores records that cannot be processed, byte for byte, until an operator replays or discards them. The same record
 * again (same topic, key, value and CloudEvents headers, at any offset) changes nothing: the decision stands.
 */
@ApplicationScoped
public class Quarantine {

    private static final Logger LOG = Logger.getLogger(Quarantine.class);
    private static final int LONGEST_TYPE = 256;

    private static final String LOOK = """
            SELECT id, topic, partition, record_offset, record_key, headers, value, reason, quarantined_at, subject_id,
                   subject_version, type, state, version, skipped
            FROM quarantine""";

    private final Sql sql;
    private final AfterCommit afterCommit;
    private final MeterRegistry metrics;
    private final Clock clock;

    @Inject
    Quarantine(Sql sql, AfterCommit afterCommit, MeterRegistry metrics, Clock clock) {
        this.sql = sql;
        this.afterCommit = afterCommit;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Quarantines a record in the running transaction; the same record again changes nothing. */
    void add(ConsumerRecord<byte[], byte[]> message, String reason) {
        Origin origin = Origin.of(message);
        int added = sql.update(
                """
                INSERT INTO quarantine (id, topic, partition, record_offset, record_key, headers, value, reason,
                                        quarantined_at, subject_id, subject_version, type, digest)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING""",
                Uuid7.next(),
                origin.topic(),
                origin.partition(),
                origin.offset(),
                message.key(),
                origin.headers(),
                message.value(),
                reason,
                clock.instant(),
                subject(message),
                subjectVersion(message),
                header(message, "ce_type"),
                digest(message));
        if (added == 1) {
            afterCommit.run(() -> {
                metrics.counter("lectern.intake.quarantined", "reason", reason).increment();
                LOG.errorf("Quarantined %s-%d@%d: %s", message.topic(), message.partition(), message.offset(), reason);
            });
        }
    }

    /** The number of records that wait for a decision. */
    long size() {
        return sql.one("SELECT count(*) AS size FROM quarantine WHERE state = 'OPEN'", row -> row.bigNumber("size"))
                .orElse(0L);
    }

    /** Whether an operator decided to skip that version. */
    boolean skipped(UUID subject, int version) {
        return sql.one(
                        "SELECT 1 AS one FROM quarantine WHERE subject_id = ? AND subject_version = ? AND skipped LIMIT 1",
                        row -> row.number("one"),
                        subject,
                        version)
                .isPresent();
    }

    /** The filter of a list of records. */
    public record Filter(
            @Nullable QuarantineState state,
            @Nullable String reason,
            @Nullable String topic,
            @Nullable UUID subject) {}

    /** The matching records, newest first. */
    public List<QuarantinedRecord> list(Filter filter, @Nullable Cursor after, int limit) {
        var where = new ArrayList<String>();
        var parameters = new ArrayList<@Nullable Object>();
        if (filter.state() != null) {
            where.add("state = ?");
            parameters.add(filter.state().name());
        }
        if (filter.reason() != null) {
            where.add("reason = ?");
            parameters.add(filter.reason());
        }
        if (filter.topic() != null) {
            where.add("topic = ?");
            parameters.add(filter.topic());
        }
        if (filter.subject() != null) {
            where.add("subject_id = ?");
            parameters.add(filter.subject());
        }
        if (after != null) {
            where.add("(quarantined_at, id) < (?, ?)");
            parameters.add(after.moment());
            parameters.add(after.id());
        }
        parameters.add(limit);
        return sql.list(
                LOOK + (where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where))
                        + " ORDER BY quarantined_at DESC, id DESC LIMIT ?",
                Quarantine::read,
                parameters.toArray());
    }

    /** @throws NotFound if there is no such record */
    public QuarantinedRecord get(UUID id) {
        return sql.one(LOOK + " WHERE id = ?", Quarantine::read, id).orElseThrow(NotFound::new);
    }

    /** Reads and locks the row until the running transaction ends. */
    public QuarantinedRecord lock(UUID id) {
        return sql.one(LOOK + " WHERE id = ? FOR UPDATE", Quarantine::read, id).orElseThrow(NotFound::new);
    }

    /** The actions on a record, oldest first. */
    public List<QuarantineAction> actions(UUID id) {
        return sql.list(
                """
                SELECT action, outcome, failure_reason, actor, reason, acted_at FROM quarantine_action
                WHERE quarantine_id = ? ORDER BY id""",
                row -> new QuarantineAction(
                        QuarantineAction.Kind.valueOf(row.text("action")),
                        QuarantineAction.Outcome.valueOf(row.text("outcome")),
                        row.textOrNull("failure_reason"),
                        row.text("actor"),
                        row.text("reason"),
                        row.time("acted_at")),
                id);
    }

    /** Records an action on a locked record, and its new state. */
    public void note(
            QuarantinedRecord locked, QuarantineState state, String reason, boolean skipped, QuarantineAction action) {
        sql.update(
                "UPDATE quarantine SET state = ?, reason = ?, skipped = ?, version = version + 1 WHERE id = ?",
                state.name(),
                reason,
                skipped,
                locked.id());
        sql.update(
                """
                INSERT INTO quarantine_action (id, quarantine_id, action, outcome, failure_reason, actor, reason, acted_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                Uuid7.next(),
                locked.id(),
                action.action().name(),
                action.outcome().name(),
                action.failureReason(),
                action.actor(),
                action.reason(),
                action.at());
    }

    private static QuarantinedRecord read(Sql.Row row) throws SQLException {
        int subjectVersion = row.number("subject_version"); // 0 for none
        return new QuarantinedRecord(
                row.id("id"),
                new Origin(
                        row.text("topic"),
                        row.number("partition"),
                        row.bigNumber("record_offset"),
                        row.text("headers")),
                row.bytesOrNull("record_key"),
                row.bytesOrNull("value"),
                row.text("reason"),
                row.time("quarantined_at"),
                row.idOrNull("subject_id"),
                subjectVersion == 0 ? null : subjectVersion,
                row.textOrNull("type"),
                QuarantineState.valueOf(row.text("state")),
                row.number("version"),
                row.flag("skipped"));
    }

    /** The subject of the record according to its key, which Kafka orders by. */
    private static @Nullable UUID subject(ConsumerRecord<byte[], byte[]> message) {
        String key = message.key() == null ? null : text(message.key());
        try {
            return key == null || key.length() != 36 ? null : UUID.fromString(key);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Integer subjectVersion(ConsumerRecord<byte[], byte[]> message) {
        String version = header(message, "ce_sequence");
        try {
            return version == null || Integer.parseInt(version) < 1 ? null : Integer.valueOf(version);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        byte[] value = header == null ? null : header.value();
        return value == null || value.length > LONGEST_TYPE ? null : text(value);
    }

    private static @Nullable String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Text.isStorable(text) ? text : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Prefixes each part with its length, so that different records never give the same bytes. */
    private static byte[] digest(ConsumerRecord<byte[], byte[]> message) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, message.topic().getBytes(StandardCharsets.UTF_8));
            add(digest, message.key());
            add(digest, message.value());
            for (Header header : message.headers()) {
                if (header.key().startsWith("ce_") || header.key().equals("content-type")) {
                    add(digest, header.key().getBytes(StandardCharsets.UTF_8));
                    add(digest, header.value());
                }
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, byte @Nullable [] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(part == null ? -1 : part.length)
                .flip());
        if (part != null) {
            digest.update(part);
        }
    }
}
