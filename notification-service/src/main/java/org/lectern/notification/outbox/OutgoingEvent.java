package org.lectern.notification.outbox;

import io.opentelemetry.api.trace.Span;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.time.Uuid7;
import org.lectern.notification.trace.Traces;

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
        @Nullable String traceparent) {

    /** An event of the running transaction, with an id of its own and the present trace. */
    public static OutgoingEvent of(String topic, String type, UUID subject, int version, Instant at, Object data) {
        return new OutgoingEvent(Uuid7.next(), topic, type, subject, version, at, data, Traces.header(Span.current()));
    }
}
