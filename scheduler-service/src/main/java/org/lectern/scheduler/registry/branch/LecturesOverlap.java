package org.lectern.scheduler.registry.branch;

import java.util.List;
import org.lectern.chassis.problem.Refusal;
import org.lectern.chassis.problem.Violation;

/** A branch cannot stop holding lectures in parallel while such lectures are booked. */
final class LecturesOverlap extends Refusal {
    LecturesOverlap() {
        super(409, "lectures-overlap", List.of(new Violation("/parallel", "branch.lectures-overlap")));
    }
}
