package org.lectern.chaos.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The records of the topic that the checker judges. */
class TopicTest {

    private static final String TOPIC = "lectern.bookings";

    @Test
    void partitionAddedDuringTheRun_isReadFromItsFirstRecord() {
        var known = new TopicPartition(TOPIC, 0);
        var added = new TopicPartition(TOPIC, 1);
        try (var consumer = new MockConsumer<String, String>("latest")) {
            consumer.updatePartitions(TOPIC, List.of(partition(0), partition(1)));
            consumer.updateBeginningOffsets(Map.of(known, 0L, added, 0L));
            consumer.updateEndOffsets(Map.of(known, 3L, added, 2L));
            consumer.schedulePollTask(() -> {
                for (int offset = 0; offset < 3; offset++) {
                    consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, "key", "known-" + offset));
                }
                for (int offset = 0; offset < 2; offset++) {
                    consumer.addRecord(new ConsumerRecord<>(TOPIC, 1, offset, "key", "added-" + offset));
                }
            });

            List<String> read = Topic.recordsSince(TOPIC, Map.of(known, 1L), consumer).stream()
                    .map(ConsumerRecord::value)
                    .sorted()
                    .toList();

            assertEquals(List.of("added-0", "added-1", "known-1", "known-2"), read);
        }
    }

    private static PartitionInfo partition(int number) {
        return new PartitionInfo(TOPIC, number, Node.noNode(), new Node[0], new Node[0]);
    }
}
