package org.lectern.scheduler.booking;

import java.util.List;
import java.util.UUID;
import org.lectern.scheduler.problem.Refusal;

/** Some of the bookings are not what they were when their change was decided. */
public final class ChangedMeanwhile extends Refusal {

    /** One booking that is at another version now. */
    public record Changed(UUID bookingId, int expectedVersion, int currentVersion, BookingStatus status) {}

    ChangedMeanwhile(List<Changed> changed) {
        super(409, "preview-stale", List.of(), changed.size());
        member("changed", changed);
    }
}
