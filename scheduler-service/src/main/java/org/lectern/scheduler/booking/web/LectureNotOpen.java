package org.lectern.scheduler.booking.web;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** Branches do not join or leave this lecture themselves. */
final class LectureNotOpen extends Refusal {
    LectureNotOpen() {
        super(409, "lecture-not-open", List.of());
    }
}
