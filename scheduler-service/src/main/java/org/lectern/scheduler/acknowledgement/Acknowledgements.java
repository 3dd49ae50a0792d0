package org.lectern.scheduler.acknowledgement;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.scheduler.acknowledgement.NoticeEvent.Unreadable;

/**
 * Acknowledgements by branches, and which branches a message has reached. Each is bound to one version of a booking and
 * counts until the branch is notified of a later version. Duplicates have no effect. An acknowledgement of an unknown
 * version stems from data lost in a database restore. It must not count for a future version with the same number.
 */
@ApplicationScoped
class Acknowledgements {

    private static final Logger LOG = Logger.getLogger(Acknowledgements.class);

    private static final String ADD = """
            INSERT INTO %s (booking_id, branch_id, version, at, channel, event_id)
            SELECT b.id, ?, ?, ?, ?, ? FROM booking b WHERE b.id = ? AND b.version >= ?
            ON CONFLICT DO NOTHING""";

    /** The row of the withdrawn delivery, which may arrive later and then changes nothing. */
    private static final String WITHDRAW = """
            INSERT INTO notice_delivered AS d (booking_id, branch_id, version, at, channel, event_id, withdrawn_at)
            SELECT b.id, t.branch_id, t.version, t.at, t.channel, t.event_id, t.at
            FROM (SELECT cast(? AS uuid), cast(? AS integer), cast(? AS timestamptz), cast(? AS text), cast(? AS uuid))
                     t (branch_id, version, at, channel, event_id)
            JOIN booking b ON b.id = ? AND b.version >= ?
            ON CONFLICT (booking_id, branch_id, version, event_id) DO UPDATE
            SET withdrawn_at = excluded.withdrawn_at, written_in = pg_current_xact_id()
            WHERE d.withdrawn_at IS NULL""";

    private final Sql sql;
    private final Counter taken;
    private final Counter setAside;

    @Inject
    Acknowledgements(Sql sql, MeterRegistry metrics) {
        this.sql = sql;
        this.taken = Counter.builder("lectern.acknowledgements.recorded")
                .description("Acknowledgements read from Kafka, repeats included")
                .register(metrics);
        this.setAside = Counter.builder("lectern.acknowledgements.quarantined")
                .description("Records on the topic of acknowledgements that could not be read")
                .register(metrics);
    }

    /** Stores the records and the offsets of their partitions in one transaction. */
    void take(Collection<ConsumerRecord<byte[], byte[]>> messages) {
        Transactions.inNew(() -> {
            Map<TopicPartition, Long> next = new HashMap<>();
            for (ConsumerRecord<byte[], byte[]> message : messages) {
                take(message);
                next.merge(new TopicPartition(message.topic(), message.partition()), message.offset() + 1, Math::max);
            }
            var sorted = new TreeMap<Integer, Map.Entry<TopicPartition, Long>>();
            next.entrySet().forEach(each -> sorted.put(each.getKey().partition(), each));
            sorted.values()
                    .forEach(each ->
                            sql.update("""
                    INSERT INTO consumer_offset (topic, partition, next_offset) VALUES (?, ?, ?)
                    ON CONFLICT (topic, partition) DO UPDATE
                    SET next_offset = excluded.next_offset, updated_at = clock_timestamp()""", each.getKey().topic(), each.getKey().partition(), each.getValue()));
            return next.size();
        });
        taken.increment(messages.size());
    }

    private void take(ConsumerRecord<byte[], byte[]> message) {
        if (LinkIntake.isOne(message)) {
            return; // processed by LinkIntake
        }
        try {
            NoticeEvent notice = NoticeEvent.of(message);
            sql.update(
                    switch (notice.kind()) {
                        case ACKNOWLEDGED -> ADD.formatted("acknowledgement");
                        case DELIVERED -> ADD.formatted("notice_delivered");
                        case UNDELIVERED -> WITHDRAW;
                    },
                    notice.branchId(),
                    notice.version(),
                    notice.at(),
                    notice.channel(),
                    notice.eventId(),
                    notice.bookingId(),
                    notice.version());
        } catch (Unreadable e) {
            setAside(message, String.valueOf(e.getMessage()));
        }
    }

    /** Stores an unprocessable record unchanged, in quarantine. */
    void setAside(ConsumerRecord<byte[], byte[]> message, String reason) {
        LOG.errorf("Set aside %s-%d@%d: %s", message.topic(), message.partition(), message.offset(), reason);
        setAside.increment();
        sql.update("""
                INSERT INTO acknowledgement_quarantine (topic, partition, record_offset, reason, value)
                VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""", message.topic(), message.partition(), message.offset(), reason, message.value());
    }

    /** The next offsets of these partitions; partitions never read are absent. */
    Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> stored = new HashMap<>();
        sql.list(
                        "SELECT topic, partition, next_offset FROM consumer_offset",
                        row -> Map.entry(
                                new TopicPartition(row.text("topic"), row.number("partition")),
                                row.bigNumber("next_offset")))
                .forEach(each -> stored.put(each.getKey(), each.getValue()));
        stored.keySet().retainAll(partitions);
        return stored;
    }

    /** The acknowledgement state of each branch of a booking: the host first, then guests by name. */
    List<BranchAcknowledgement> of(UUID booking) {
        return sql.list(
                """
                SELECT p.branch_id, r.code, r.name, p.guest, announced.version AS announced_version,
                       last.version, last.at, last.channel,
                       coalesce(delivered.reached, false) AS reached, delivered.withdrawn_at
                FROM booking_branch p
                JOIN branch r ON r.id = p.branch_id
                CROSS JOIN LATERAL (SELECT announced_version(p.booking_id) AS version) announced
                LEFT JOIN LATERAL (
                    SELECT a.version, a.at, a.channel FROM acknowledgement a
                    WHERE a.booking_id = p.booking_id AND a.branch_id = p.branch_id
                    ORDER BY a.version DESC LIMIT 1) last ON true
                LEFT JOIN LATERAL (
                    SELECT bool_or(d.withdrawn_at IS NULL) AS reached, max(d.withdrawn_at) AS withdrawn_at
                    FROM notice_delivered d
                    WHERE d.booking_id = p.booking_id AND d.branch_id = p.branch_id
                      AND d.version >= announced.version) delivered ON true
                WHERE p.booking_id = ?
                ORDER BY p.guest, r.name, r.id""",
                row -> {
                    Integer known = row.numberOrNull("version");
                    Integer announced = row.numberOrNull("announced_version");
                    boolean current = known != null && announced != null && known >= announced;
                    return new BranchAcknowledgement(
                            row.id("branch_id"),
                            row.text("code"),
                            row.text("name"),
                            row.flag("guest"),
                            announced != null,
                            row.flag("reached"),
                            row.flag("reached") ? null : row.timeOrNull("withdrawn_at"),
                            current,
                            known,
                            row.timeOrNull("at"),
                            row.text("channel"));
                },
                booking);
    }
}
