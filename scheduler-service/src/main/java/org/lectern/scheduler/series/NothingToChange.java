package org.lectern.scheduler.series;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** From that occurrence on there is none that would be changed. */
final class NothingToChange extends Refusal {
    NothingToChange() {
        super(409, "series-nothing-to-change", List.of());
    }
}
