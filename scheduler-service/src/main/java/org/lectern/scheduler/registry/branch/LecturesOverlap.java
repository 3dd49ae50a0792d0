package org.lectern.scheduler.registry.branch;

import java.util.List;
import org.lectern.chassis.problem.Refusal;
import org.lectern.chassis.problem.Violation;

/** Parallel lectures cannot be disabled while overlapping lectures are booked. */
final class LecturesOverlap extends Refusal {
    LecturesOverlap() {
        super(409, "lectures-overlap", List.of(new Violation("/parallel", "branch.lectures-overlap")));
    }
}
