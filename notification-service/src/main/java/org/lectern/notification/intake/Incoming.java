package org.lectern.notification.intake;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.event.EventType;
import org.lectern.notification.event.Told;

/**
 * An event that branches may be told of, read, with what is needed to hold it as it came.
 *
 * @param traceparent the trace under which it was taken in
 */
record Incoming(
        UUID id,
        EventType type,
        UUID incarnation,
        Instant time,
        @Nullable String traceparent,
        byte[] value,
        Told event,
        Origin origin) {

    /** The record it was read from. */
    ConsumerRecord<byte[], byte[]> message() {
        return origin.message(event.subject().toString().getBytes(StandardCharsets.UTF_8), value);
    }

    /**
     * Whether the database that told of this is a later life of the one that told of the other, or an earlier one
     * (negative), or the same (0). Ids of incarnations are UUIDv7: their text is in the order of time (RFC 9562,
     * section 6.11).
     */
    static int compareLives(UUID one, UUID other) {
        return one.toString().compareTo(other.toString());
    }
}
