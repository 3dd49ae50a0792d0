package org.lectern.notification.outbox;

import java.time.Instant;
import java.util.UUID;

/**
 * What this service tells others.
 *
 * @param type the CloudEvents type
 * @param subject whom it is about; the key of the record
 * @param version the subject's version it speaks of
 * @param data written as JSON, in the form of the contract
 */
public record OutgoingEvent(String topic, String type, UUID subject, int version, Instant occurredAt, Object data) {}
