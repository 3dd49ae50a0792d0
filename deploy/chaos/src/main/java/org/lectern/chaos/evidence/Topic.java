package org.lectern.chaos.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A topic from a moment on; earlier records are ignored. */
public final class Topic {

    private final String name;
    private final Map<String, Object> kafka;
    private final Map<TopicPartition, Long> beginnings;

    private Topic(String name, Map<String, Object> kafka, Map<TopicPartition, Long> beginnings) {
        this.name = name;
        this.kafka = kafka;
        this.beginnings = beginnings;
    }

    /** Starts at the current end of the topic. */
    public static Topic fromNow(String name, Map<String, Object> kafka) {
        try (var consumer = consumer(kafka)) {
            return new Topic(name, kafka, consumer.endOffsets(partitions(name, consumer)));
        }
    }

    String name() {
        return name;
    }

    /** The offset where each partition starts for the run; an added partition starts with its first record. */
    long beginning(int partition) {
        return beginnings.getOrDefault(new TopicPartition(name, partition), 0L);
    }

    Map<TopicPartition, Long> ends() {
        try (var consumer = consumer(kafka)) {
            return consumer.endOffsets(partitions(name, consumer));
        }
    }

    List<ConsumerRecord<String, String>> records() {
        try (var consumer = consumer(kafka)) {
            return recordsSince(name, beginnings, consumer);
        }
    }

    /**
     * The records after these offsets. A partition without an offset was added during the run and is read from its
     * first record.
     */
    static List<ConsumerRecord<String, String>> recordsSince(
            String topic, Map<TopicPartition, Long> beginnings, Consumer<String, String> consumer) {
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        List<TopicPartition> partitions = partitions(topic, consumer);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.assign(partitions);
        partitions.forEach(each -> consumer.seek(each, beginnings.getOrDefault(each, 0L)));
        while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
            consumer.poll(Duration.ofMillis(200)).forEach(found::add);
        }
        return found;
    }

    private static KafkaConsumer<String, String> consumer(Map<String, Object> kafka) {
        return new KafkaConsumer<>(kafka, new StringDeserializer(), new StringDeserializer());
    }

    private static List<TopicPartition> partitions(String topic, Consumer<String, String> consumer) {
        return consumer.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList();
    }
}
