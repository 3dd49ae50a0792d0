package org.lectern.notification.outbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event of this service.
 *
 * @param id identifies it and its repeats
 * @param type the CloudEvents type
 * @param subject the id of its subject; the key of the record
 * @param version the subject's version
 * @param data written as JSON, in the form of the contract
 * @param traceparent the trace to continue behind Kafka (W3C Trace Context)
 */
public record OutgoingEvent(
        UUID id,
        String topic,
        String type,
        UUID subject,
        int version,
        Instant occurredAt,
        Object data,
        @Nullable String traceparent) {}
