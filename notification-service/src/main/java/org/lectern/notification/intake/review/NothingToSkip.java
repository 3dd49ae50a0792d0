package org.lectern.notification.intake.review;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** No booking or request waits for this record's version. */
final class NothingToSkip extends Refusal {

    NothingToSkip() {
        super(409, "nothing-to-skip", List.of());
    }
}
