package org.lectern.scheduler.booking;

import java.util.List;
import org.lectern.chassis.problem.Flaw;
import org.lectern.scheduler.booking.BookingBatch.Item;
import org.lectern.scheduler.booking.SoftRule.Objection;
import org.lectern.scheduler.booking.SoftRule.Proposal;

/**
 * What one change of several comes to, judged by how things stand after all of them.
 *
 * @param after the booking as it would be; as it is when nothing changes or when the change is impossible by itself
 * @param wanted the lecture as it would be
 * @param flaws what makes the change impossible whatever else is booked
 * @param neighbours the bookings that are in the way
 * @param objections the rules that speak against it; none when they are overridden
 */
public record Verdict(
        Item item,
        BookingView before,
        BookingView after,
        Proposal wanted,
        List<Flaw> flaws,
        List<Neighbour> neighbours,
        List<Objection> objections) {

    public boolean isPossible() {
        return flaws.isEmpty() && neighbours.isEmpty() && objections.isEmpty();
    }

    /** Whether the booking gets a new version by it. */
    public boolean isChange() {
        return after.version() != before.version();
    }
}
