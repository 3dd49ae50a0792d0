package org.lectern.scheduler.booking;

import java.util.List;
import java.util.UUID;
import org.lectern.chassis.problem.Refusal;

/** Some of the bookings are not what they were when their change was decided, or others have come to be meant. */
public final class ChangedMeanwhile extends Refusal {

    /** One booking that is at another version now. */
    public record Changed(UUID bookingId, int expectedVersion, int currentVersion, BookingStatus status) {}

    /** @param added the bookings that would be meant now and were not then */
    public ChangedMeanwhile(List<Changed> changed, List<UUID> added) {
        super(409, "preview-stale", List.of(), changed.size(), added.size());
        member("changed", changed);
        member("added", added);
    }
}
