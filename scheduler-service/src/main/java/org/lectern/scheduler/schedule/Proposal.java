package org.lectern.scheduler.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.schedule.Rule.Aspect;

/**
 * A lecture to book or to change, reduced to the input of the soft rules and the search.
 *
 * @param branchId the host
 * @param expectedHeadCount of all branches that attend
 * @param guestIds the branches that join
 * @param present the booking that changes, null for a new one. Its current times do not count as occupied, and rules
 *     for unchanged values are not applied again
 * @param standing a lecture that is booked already is judged as it stands: by every rule but the notice period, which
 *     only a booking can keep
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
        Set<UUID> guestIds,
        boolean standing) {

    /** The occupied slot of a booking before its change. */
    public record Present(
            UUID bookingId,
            UUID lecturerId,
            @Nullable UUID venueId,
            Instant start,
            Instant end,
            @Nullable Integer expectedHeadCount) {}

    @Nullable
    public UUID itself() {
        return present == null ? null : present.bookingId();
    }

    /** The aspects that differ from the booking before its change. */
    Set<Aspect> decided() {
        if (present == null || standing) {
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
        if (!Objects.equals(expectedHeadCount, present.expectedHeadCount())) {
            decided.add(Aspect.HEADS);
        }
        return decided;
    }
}
