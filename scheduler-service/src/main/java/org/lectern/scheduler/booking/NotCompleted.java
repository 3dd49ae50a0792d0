package org.lectern.scheduler.booking;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** Only what was recorded of a lecture that was held can be put right. */
final class NotCompleted extends Refusal {
    NotCompleted(BookingStatus status) {
        super(409, "booking-not-completed", List.of(), status);
    }
}
