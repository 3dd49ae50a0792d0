package org.lectern.scheduler.schedule.search;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a search.
 *
 * @param from the earliest start
 * @param until the latest end
 * @param duration null means the usual length of the topic
 * @param itself a booking that moves: its current times count as free
 * @param guestIds branches that join and must be free too
 * @param placed the lecture stands at its time and place, and only a lecturer is wanted
 * @param assumed what counts beyond the bookings
 */
record SearchRequest(
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
        Set<UUID> guestIds,
        boolean placed,
        Assumed assumed) {}
