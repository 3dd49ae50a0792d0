package org.lectern.scheduler.booking.series;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** No occurrence from the given one on would change. */
final class NothingToChange extends Refusal {
    NothingToChange() {
        super(409, "series-nothing-to-change", List.of());
    }
}
