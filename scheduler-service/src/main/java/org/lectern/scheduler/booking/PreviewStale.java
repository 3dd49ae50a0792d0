package org.lectern.scheduler.booking;

import java.util.List;
import java.util.UUID;
import org.lectern.chassis.problem.Refusal;

/** Some bookings changed after their change was decided, or the selection now matches others. */
public final class PreviewStale extends Refusal {

    /** One booking with a different current version. */
    public record Changed(UUID bookingId, int expectedVersion, int currentVersion, BookingStatus status) {}

    /** @param added bookings that the selection matches now and did not match then */
    public PreviewStale(List<Changed> changed, List<UUID> added) {
        super(409, "preview-stale", List.of(), changed.size(), added.size());
        member("changed", changed);
        member("added", added);
    }
}
