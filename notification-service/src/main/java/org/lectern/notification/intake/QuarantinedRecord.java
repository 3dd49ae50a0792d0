package org.lectern.notification.intake;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A quarantined record as received.
 *
 * @param subject the booking or request, as far as the key tells
 * @param subjectVersion its version, as far as the headers tell
 * @param version counts the actions on it
 * @param skipped whether this version was skipped by a decision
 */
public record QuarantinedRecord(
        UUID id,
        Origin origin,
        byte @Nullable [] key,
        byte @Nullable [] value,
        String reason,
        Instant quarantinedAt,
        @Nullable UUID subject,
        @Nullable Integer subjectVersion,
        @Nullable String type,
        QuarantineState state,
        int version,
        boolean skipped) {}
