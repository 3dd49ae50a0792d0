package org.lectern.notification.intake;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.lectern.chassis.database.Sql;

/** Database queries of the tests of the intake. */
record Aftermath(Sql sql) {

    /** The kinds of notices of a branch in their order. */
    List<String> kinds(UUID branch) {
        return sql.list(
                "SELECT kind FROM notice WHERE branch_id = ? ORDER BY sequence", row -> row.text("kind"), branch);
    }

    /** How many events of a booking are held. */
    int held(UUID subject) {
        return sql.list("SELECT 1 AS one FROM held_event WHERE subject_id = ?", row -> row.number("one"), subject)
                .size();
    }

    /** The last effective version of a booking. */
    int seen(UUID subject) {
        return sql.one("SELECT version FROM subject_view WHERE subject_id = ?", row -> row.number("version"), subject)
                .orElse(0);
    }

    /** The reason why that record is in quarantine; empty if it is not. */
    String reason(RecordMetadata where) {
        return sql.one(
                        "SELECT reason FROM quarantine WHERE topic = ? AND partition = ? AND record_offset = ?",
                        row -> row.text("reason"),
                        where.topic(),
                        where.partition(),
                        where.offset())
                .orElse("");
    }

    /** The latest quarantined record of a booking, if any. */
    Optional<UUID> setAside(UUID subject) {
        return sql.one(
                "SELECT id FROM quarantine WHERE subject_id = ? ORDER BY quarantined_at DESC, id DESC LIMIT 1",
                row -> row.id("id"),
                subject);
    }

    /** The number of quarantined records of a booking. */
    int countSetAside(UUID subject) {
        return sql.list("SELECT 1 AS one FROM quarantine WHERE subject_id = ?", row -> row.number("one"), subject)
                .size();
    }
}
