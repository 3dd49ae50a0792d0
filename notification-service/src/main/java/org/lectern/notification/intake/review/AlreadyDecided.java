package org.lectern.notification.intake.review;

import java.util.List;
import org.lectern.chassis.problem.Refusal;
import org.lectern.notification.intake.QuarantineState;

/** The record was already replayed or discarded. */
final class AlreadyDecided extends Refusal {

    AlreadyDecided(QuarantineState state) {
        super(409, "already-decided", List.of(), state.name());
        member("state", state.name());
    }
}
