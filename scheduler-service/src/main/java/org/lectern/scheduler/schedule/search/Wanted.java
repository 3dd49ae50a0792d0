package org.lectern.scheduler.schedule.search;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is searched for.
 *
 * @param from lectures start then at the earliest
 * @param until and have ended by then
 * @param duration nothing means as long as the topic usually takes
 * @param itself a booking that is about to move: its present times are free
 * @param guestIds branches that join and must be free too
 */
record Wanted(
        UUID topicId,
        UUID branchId,
        Instant from,
        Instant until,
        @Nullable Duration duration,
        String format,
        @Nullable String tier,
        @Nullable UUID lecturerId,
        @Nullable UUID venueId,
        @Nullable Integer headCount,
        @Nullable UUID itself,
        Set<UUID> guestIds) {}
