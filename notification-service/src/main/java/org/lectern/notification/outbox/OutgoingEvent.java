package org.lectern.notification.outbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What this service tells others.
 *
 * @param type the CloudEvents type
 * @param subject whom it is about; the key of the record
 * @param version the subject's version it speaks of
 * @param data written as JSON, in the form of the contract
 * @param traceparent the trace it belongs to (W3C Trace Context), so that it goes on behind Kafka
 */
public record OutgoingEvent(
        String topic,
        String type,
        UUID subject,
        int version,
        Instant occurredAt,
        Object data,
        @Nullable String traceparent) {}
