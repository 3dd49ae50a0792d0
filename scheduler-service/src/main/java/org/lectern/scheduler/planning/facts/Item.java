package org.lectern.scheduler.planning.facts;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lecture to plan: the n-th of a topic at a branch.
 *
 * @param excluded an organizer does not want it planned
 * @param standing the booking that it is already, for a repair
 */
public record Item(
        UUID branchId,
        UUID topicId,
        int occurrence,
        boolean excluded,
        @Nullable Standing standing) {

    /** The same item, or one that a search leaves as it is. */
    public Item excluded(boolean now) {
        return new Item(branchId, topicId, occurrence, now, standing);
    }

    public static Item missing(UUID branch, UUID topic, int occurrence) {
        return new Item(branch, topic, occurrence, false, null);
    }

    /**
     * A booking that a repair may change.
     *
     * @param announced whether its branches were notified: then a change costs more
     */
    public record Standing(
            UUID bookingId,
            int version,
            UUID lecturerId,
            @Nullable UUID venueId,
            String format,
            Instant start,
            Instant end,
            boolean announced) {

        public Slot slot() {
            return new Slot(lecturerId, venueId, start, end, null, false);
        }

        /** Whether a slot is another one. */
        public boolean isLeftFor(Slot slot) {
            return !start.equals(slot.start())
                    || !lecturerId.equals(slot.lecturerId())
                    || !Objects.equals(venueId, slot.venueId());
        }
    }
}
