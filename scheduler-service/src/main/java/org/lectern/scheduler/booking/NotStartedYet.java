package org.lectern.scheduler.booking;

import java.time.OffsetDateTime;
import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** A lecture that has not begun cannot have been held. */
final class NotStartedYet extends Refusal {
    NotStartedYet(OffsetDateTime start) {
        super(409, "lecture-not-started", List.of(), start.toString());
    }
}
