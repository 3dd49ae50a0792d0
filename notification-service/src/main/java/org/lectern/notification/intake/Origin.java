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
 * Where a record lay and what its headers were, in a form that a table can keep.
 *
 * @param headers JSON text, values in base64: JSON escapes what a text column cannot hold
 */
public record Origin(String topic, int partition, long offset, String headers) {

    /** Not the one of the API: that one limits what callers may send, and a header of ours may be as long as Kafka lets it. */
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** One header as it is kept. */
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

    /** The record as it came. */
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
