package org.lectern.scheduler.booking;

import java.util.List;
import org.lectern.scheduler.booking.SoftRule.Objection;
import org.lectern.scheduler.booking.SoftRule.Proposal;

/** What became of an attempt to book one lecture of several. */
public sealed interface Attempt {

    /** It is booked. */
    record Booked(BookingView booking) implements Attempt {}

    /** It is not, and nothing was written: bookings are in the way or rules speak against it. */
    record Prevented(Proposal wanted, List<Neighbour> neighbours, List<Objection> objections) implements Attempt {}
}
