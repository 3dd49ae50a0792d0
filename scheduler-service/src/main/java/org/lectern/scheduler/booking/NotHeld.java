package org.lectern.scheduler.booking;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** Only a hold can be confirmed, released or extended; this is none, or none any more. */
final class NotHeld extends Refusal {
    NotHeld(BookingStatus status) {
        super(409, "booking-not-held", List.of(), status.name());
        member("bookingStatus", status);
    }
}
