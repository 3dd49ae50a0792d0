package org.lectern.scheduler.branch;

import java.util.List;
import org.lectern.chassis.problem.Flaw;
import org.lectern.chassis.problem.Refusal;

/** A branch cannot stop holding lectures in parallel while such lectures are booked. */
final class LecturesOverlap extends Refusal {
    LecturesOverlap() {
        super(409, "lectures-overlap", List.of(new Flaw("/parallel", "branch.lectures-overlap")));
    }
}
