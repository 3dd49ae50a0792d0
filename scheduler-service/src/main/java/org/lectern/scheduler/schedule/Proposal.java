package org.lectern.scheduler.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lecture that somebody wants to book or to change, as far as the soft rules and the search look at it.
 *
 * @param branchId the host
 * @param expectedHeadCount of all branches that attend
 * @param guestIds the branches that join
 * @param itself the booking that changes: its present times do not count, and rules that look only at what stays as it
 *     was are not applied again
 */
public record Proposal(
        @Nullable UUID itself,
        UUID lecturerId,
        UUID topicId,
        UUID branchId,
        @Nullable UUID venueId,
        String format,
        Instant start,
        Instant end,
        ZoneId zone,
        @Nullable Integer expectedHeadCount,
        Set<UUID> guestIds) {}
