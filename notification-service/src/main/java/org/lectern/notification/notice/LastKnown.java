package org.lectern.notification.notice;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lecture as a branch knows it from the last message it got.
 *
 * @param cancelled it knows that it is off, or that it does not join it any more
 */
public record LastKnown(
        boolean cancelled,
        @Nullable UUID lecturerId,
        String lecturer,
        Instant start,
        Instant end,
        ZoneId zone,
        @Nullable String place,
        @Nullable String joinLink) {}
