package org.lectern.scheduler.registry;

import java.util.List;
import org.lectern.chassis.problem.Refusal;
import org.lectern.chassis.problem.Violation;

/** The code is already in use for this kind of resource. */
public final class CodeTaken extends Refusal {
    public CodeTaken() {
        super(409, "code-taken", List.of(new Violation("/code", "code.taken")));
    }
}
