package org.lectern.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The events of bookings for a consumer that knows only Kafka and the published schemas. */
final class Events {

    private static final String TOPIC = "lectern.bookings";
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Events() {}

    /** All events of one booking in the order of the topic, once this number is there. */
    static List<ConsumerRecord<String, String>> of(String bookingId, int expected, String bootstrapServers) {
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                    .map(partition -> new TopicPartition(TOPIC, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await(expected + " events of " + bookingId)
                    .pollInSameThread()
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        for (var message : consumer.poll(Duration.ofMillis(200))) {
                            if (bookingId.equals(message.key())) {
                                found.add(message);
                            }
                        }
                        return found.size() >= expected;
                    });
        }
        assertThat(found).hasSize(expected);
        return found;
    }

    static String header(ConsumerRecord<String, String> event, String name) {
        var header = event.headers().lastHeader(name);
        assertThat(header).as("header %s", name).isNotNull();
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    static void assertValid(ConsumerRecord<String, String> event, Path schema) throws IOException {
        var errors = SCHEMAS.getSchema(Files.readString(schema), InputFormat.JSON)
                .validate(
                        event.value(),
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        assertThat(errors).as("%s against %s", event.value(), schema).isEmpty();
    }
}
