package org.lectern.scheduler.booking;

import java.util.List;
import org.lectern.scheduler.booking.Occupied.Clash;
import org.lectern.scheduler.booking.SoftRule.Objection;
import org.lectern.scheduler.problem.Flaw;

/** What became of one lecture of several that are to be booked together. */
sealed interface Trial {

    /** It is booked. */
    record Booked(BookingView booking) implements Trial {}

    /** It cannot be as it is asked for; nothing was written. */
    record Flawed(List<Flaw> flaws) implements Trial {}

    /** Bookings are in its way, or rules speak against it; nothing was written. */
    record Prevented(List<Clash> clashes, List<Objection> objections) implements Trial {}
}
