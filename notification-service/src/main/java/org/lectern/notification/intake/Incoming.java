package org.lectern.notification.intake;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.event.AnnouncedEvent;
import org.lectern.notification.event.EventType;

/**
 * An event that branches may be notified of, with its record for holding it.
 *
 * @param traceparent the trace of its processing
 */
record Incoming(
        UUID id,
        EventType type,
        UUID incarnation,
        Instant time,
        @Nullable String traceparent,
        byte[] value,
        AnnouncedEvent event,
        Origin origin) {

    /** The record that contained the event. */
    ConsumerRecord<byte[], byte[]> message() {
        return origin.message(event.subject().toString().getBytes(StandardCharsets.UTF_8), value);
    }

    /**
     * Compares incarnations of the scheduler's database: positive if the first is later, negative if earlier, 0 if
     * equal. Ids of incarnations are UUIDv7, so their text is ordered by time (RFC 9562, section 6.11).
     */
    static int compareLives(UUID one, UUID other) {
        return one.toString().compareTo(other.toString());
    }
}
