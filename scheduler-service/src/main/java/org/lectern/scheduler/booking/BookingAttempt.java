package org.lectern.scheduler.booking;

import java.util.List;
import org.lectern.scheduler.booking.SoftRule.Objection;
import org.lectern.scheduler.booking.SoftRule.Proposal;

/** The result of one booking attempt among several. */
public sealed interface BookingAttempt {

    /** The lecture is booked. */
    record Booked(BookingView booking) implements BookingAttempt {}

    /** The lecture is not booked, because of conflicts or broken rules; nothing was written. */
    record NotBooked(Proposal wanted, List<ConflictingBooking> conflicts, List<Objection> objections)
            implements BookingAttempt {}
}
