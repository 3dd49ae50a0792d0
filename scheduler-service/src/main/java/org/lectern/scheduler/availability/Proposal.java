package org.lectern.scheduler.availability;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.availability.Rule.Aspect;

/**
 * A lecture that somebody wants to book or to change, as far as the soft rules look at it.
 *
 * @param branchId the host
 * @param occupiedFrom the lecture with its fixed buffers
 * @param expectedHeadCount of all branches that attend
 * @param itself the booking that changes; its present times do not count
 * @param decided what is decided anew
 */
public record Proposal(
        UUID lecturerId,
        UUID topicId,
        UUID branchId,
        @Nullable UUID venueId,
        String format,
        Instant start,
        Instant end,
        Instant occupiedFrom,
        Instant occupiedUntil,
        ZoneId zone,
        @Nullable Integer expectedHeadCount,
        @Nullable UUID itself,
        Set<Aspect> decided) {}
