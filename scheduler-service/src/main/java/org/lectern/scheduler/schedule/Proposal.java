package org.lectern.scheduler.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.schedule.Rule.Aspect;

/**
 * A lecture that somebody wants to book or to change, as far as the soft rules and the search look at it.
 *
 * @param branchId the host
 * @param expectedHeadCount of all branches that attend
 * @param guestIds the branches that join
 * @param present the booking that changes: its present times do not count, and rules that look only at what stays as it
 *     was are not applied again; nothing for a new one
 */
public record Proposal(
        @Nullable Present present,
        UUID lecturerId,
        UUID topicId,
        UUID branchId,
        @Nullable UUID venueId,
        String format,
        Instant start,
        Instant end,
        ZoneId zone,
        @Nullable Integer expectedHeadCount,
        Set<UUID> guestIds) {

    /** What a booking takes before it changes. */
    public record Present(
            UUID bookingId, UUID lecturerId, @Nullable UUID venueId, Instant start, Instant end) {}

    @Nullable
    public UUID itself() {
        return present == null ? null : present.bookingId();
    }

    /** What the lecture decides anew, compared with the booking before it changes. */
    Set<Aspect> decided() {
        if (present == null) {
            return Aspect.ALL;
        }
        Set<Aspect> decided = EnumSet.noneOf(Aspect.class);
        if (!lecturerId.equals(present.lecturerId())) {
            decided.add(Aspect.LECTURER);
        }
        if (venueId != null && !venueId.equals(present.venueId())) {
            decided.add(Aspect.VENUE);
        }
        if (!start.equals(present.start()) || !end.equals(present.end())) {
            decided.add(Aspect.TIME);
        }
        return decided;
    }
}
