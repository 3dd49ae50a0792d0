package org.lectern.scheduler.booking;

import java.util.List;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.booking.BookingBatch.Item;
import org.lectern.scheduler.booking.SoftRule.Objection;
import org.lectern.scheduler.booking.SoftRule.Proposal;

/**
 * The assessment of one change among several, by the state after all of them.
 *
 * @param after the booking after the change; unchanged if nothing changes or the change is invalid
 * @param wanted the lecture after the change
 * @param violations why the change is impossible regardless of other bookings
 * @param conflicts the conflicting bookings
 * @param objections the broken rules; none if they are overridden
 */
public record ChangeAssessment(
        Item item,
        BookingView before,
        BookingView after,
        Proposal wanted,
        List<Violation> violations,
        List<ConflictingBooking> conflicts,
        List<Objection> objections) {

    public boolean isPossible() {
        return violations.isEmpty() && conflicts.isEmpty() && objections.isEmpty();
    }

    /** Whether the booking gets a new version. */
    public boolean isChange() {
        return after.version() != before.version();
    }
}
