package org.lectern.scheduler.problem;

import java.util.List;
import org.lectern.chassis.problem.Flaw;
import org.lectern.chassis.problem.Refusal;

/** Another one of its kind has this code. */
public final class CodeTaken extends Refusal {
    public CodeTaken() {
        super(409, "code-taken", List.of(new Flaw("/code", "code.taken")));
    }
}
