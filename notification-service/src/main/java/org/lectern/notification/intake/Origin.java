package org.lectern.notification.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * The position and headers of a record, in a form that a table can store.
 *
 * @param headers JSON text with values in base64, because JSON escapes characters that a text column cannot store
 */
public record Origin(String topic, int partition, long offset, String headers) {

    /** Not the API's mapper, which limits request sizes: a header may be as long as Kafka allows. */
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** One header as stored. */
    public record KeptHeader(String name, byte @Nullable [] value) {}

    static Origin of(ConsumerRecord<byte[], byte[]> message) {
        List<KeptHeader> headers = new ArrayList<>();
        for (Header header : message.headers()) {
            headers.add(new KeptHeader(header.key(), header.value()));
        }
        try {
            return new Origin(message.topic(), message.partition(), message.offset(), JSON.writeValueAsString(headers));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Headers cannot be written as JSON", e);
        }
    }

    public List<KeptHeader> keptHeaders() {
        try {
            return List.of(JSON.readValue(headers, KeptHeader[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Headers that were kept cannot be read", e);
        }
    }

    /** The original record. */
    public ConsumerRecord<byte[], byte[]> message(byte @Nullable [] key, byte @Nullable [] value) {
        RecordHeaders all = new RecordHeaders();
        keptHeaders().forEach(header -> all.add(header.name(), header.value()));
        return new ConsumerRecord<>(
                topic,
                partition,
                offset,
                ConsumerRecord.NO_TIMESTAMP,
                TimestampType.NO_TIMESTAMP_TYPE,
                key == null ? ConsumerRecord.NULL_SIZE : key.length,
                value == null ? ConsumerRecord.NULL_SIZE : value.length,
                key,
                value,
                all,
                Optional.empty());
    }
}
