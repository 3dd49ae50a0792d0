package org.lectern.notification.intake.review;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** No booking or request waits for the version this record is. */
final class NothingToSkip extends Refusal {

    NothingToSkip() {
        super(409, "nothing-to-skip", List.of());
    }
}
