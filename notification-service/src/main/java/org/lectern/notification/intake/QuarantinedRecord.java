package org.lectern.notification.intake;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record set aside, as it came.
 *
 * @param subject the booking or request it is about, as far as its key says
 * @param subjectVersion which version of it, as far as its headers say
 * @param version counts what was done with it
 * @param skipped whether it was decided to go on without this version
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
