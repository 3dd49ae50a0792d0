package org.lectern.notification.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.lectern.chassis.database.Sql;

/** The offset of each partition, stored in the database with the effects. It takes precedence over Kafka's. */
@ApplicationScoped
class Offsets {

    private final Sql sql;
    private final Clock clock;

    @Inject
    Offsets(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Records in the running transaction that these records were processed. Offsets can fall, because a recreated topic
     * begins at 0; reading a record twice is harmless.
     */
    void advance(Collection<ConsumerRecord<byte[], byte[]>> messages) {
        Map<TopicPartition, Long> next = next(messages);
        List<TopicPartition> sorted = next.keySet().stream()
                .sorted(Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition))
                .toList();
        sql.update(
                """
                INSERT INTO consumer_offset (topic, partition, next_offset, updated_at)
                SELECT n.*, ? FROM unnest(cast(? AS text[]), cast(? AS integer[]), cast(? AS bigint[])) n
                ON CONFLICT (topic, partition) DO UPDATE SET
                    next_offset = excluded.next_offset, updated_at = excluded.updated_at""",
                clock.instant(),
                Sql.each(sorted, TopicPartition::topic),
                Sql.each(sorted, TopicPartition::partition),
                Sql.each(sorted, next::get));
    }

    /** The stored offsets of those partitions; a partition without processed records is absent. */
    Map<TopicPartition, Long> stored(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> stored = new HashMap<>();
        sql.list(
                        "SELECT topic, partition, next_offset FROM consumer_offset",
                        row -> Map.entry(
                                new TopicPartition(row.text("topic"), row.number("partition")),
                                row.bigNumber("next_offset")))
                .forEach(entry -> stored.put(entry.getKey(), entry.getValue()));
        stored.keySet().retainAll(partitions);
        return stored;
    }

    /** Whether no record was ever processed. */
    boolean isEmpty() {
        return sql.list("SELECT 1 AS one FROM consumer_offset LIMIT 1", row -> row.number("one"))
                .isEmpty();
    }

    static Map<TopicPartition, Long> next(Collection<ConsumerRecord<byte[], byte[]>> messages) {
        Map<TopicPartition, Long> next = new HashMap<>();
        for (var message : messages) {
            next.merge(new TopicPartition(message.topic(), message.partition()), message.offset() + 1, Math::max);
        }
        return next;
    }
}
