package org.lectern.scheduler.booking;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** The slot is only held: confirm it first. */
final class NotConfirmed extends Refusal {
    NotConfirmed() {
        super(409, "booking-not-confirmed", List.of());
    }
}
