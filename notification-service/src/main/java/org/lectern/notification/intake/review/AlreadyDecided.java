package org.lectern.notification.intake.review;

import org.lectern.notification.intake.QuarantineState;
import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** The record was replayed or discarded before. */
final class AlreadyDecided extends Refusal {

    AlreadyDecided(QuarantineState state) {
        super(409, "already-decided", List.of(), state.name());
        member("state", state.name());
    }
}
