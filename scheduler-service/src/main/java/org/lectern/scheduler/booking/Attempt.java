package org.lectern.scheduler.booking;

import java.util.List;
import org.lectern.scheduler.booking.SoftRule.Objection;
import org.lectern.scheduler.booking.SoftRule.Proposal;

/** The result of one booking attempt among several. */
public sealed interface Attempt {

    /** The lecture is booked. */
    record Booked(BookingView booking) implements Attempt {}

    /** The lecture is not booked, because of conflicts or broken rules; nothing was written. */
    record Prevented(Proposal wanted, List<Neighbour> neighbours, List<Objection> objections) implements Attempt {}
}
