package org.lectern.scheduler.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.ConfigProvider;

/** A topic, read by a plain consumer. */
public final class Topic {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Topic() {}

    /** Waits for this number of records of one key; returns them in order. */
    public static List<ConsumerRecord<String, String>> read(String topic, String key, int expected) {
        return read(topic, Set.of(key), expected);
    }

    /** Waits for this number of records of these keys; those of one key are in order. */
    public static List<ConsumerRecord<String, String>> read(String topic, Set<String> keys, int expected) {
        // every read starts at the beginning, and after many tests the topic is long
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class),
                "max.poll.records",
                20_000);
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Instant deadline = Instant.now().plus(PATIENCE);
            while (found.size() < expected && Instant.now().isBefore(deadline)) {
                for (var message : consumer.poll(Duration.ofMillis(100))) {
                    if (keys.contains(message.key())) {
                        found.add(message);
                    }
                }
            }
        }
        assertThat(found).as("records of %s on %s", keys, topic).hasSize(expected);
        return found;
    }

    /** The one value of a header. */
    public static String header(ConsumerRecord<String, String> message, String name) {
        var header = message.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
