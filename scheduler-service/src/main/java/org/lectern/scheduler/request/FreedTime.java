package org.lectern.scheduler.request;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Time that became free: of a lecturer, a venue or a branch, or everyone's. A lecture that overlaps it may be possible
 * now and was not before.
 *
 * @param topics only for these; empty for any
 */
record FreedTime(
        @Nullable UUID lecturerId,
        @Nullable UUID venueId,
        @Nullable UUID branchId,
        Set<UUID> topics,
        Instant from,
        Instant until) {

    static FreedTime ofLecturer(UUID lecturer, Instant from, Instant until) {
        return new FreedTime(lecturer, null, null, Set.of(), from, until);
    }

    static FreedTime ofVenue(UUID venue, Instant from, Instant until) {
        return new FreedTime(null, venue, null, Set.of(), from, until);
    }

    static FreedTime ofBranch(UUID branch, Instant from, Instant until) {
        return new FreedTime(null, null, branch, Set.of(), from, until);
    }

    boolean overlaps(Instant start, Instant end) {
        return start.isBefore(until) && from.isBefore(end);
    }
}
