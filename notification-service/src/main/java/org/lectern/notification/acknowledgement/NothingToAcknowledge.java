package org.lectern.notification.acknowledgement;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** The notice is not about a lecture. */
final class NothingToAcknowledge extends Refusal {
    NothingToAcknowledge() {
        super(409, "nothing-to-acknowledge", List.of());
    }
}
