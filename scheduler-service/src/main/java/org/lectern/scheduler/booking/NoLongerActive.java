package org.lectern.scheduler.booking;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** The booking was cancelled or completed: it cannot change any more. */
final class NoLongerActive extends Refusal {
    NoLongerActive(BookingStatus status) {
        super(409, "booking-no-longer-active", List.of(), status.name());
        member("bookingStatus", status);
    }
}
