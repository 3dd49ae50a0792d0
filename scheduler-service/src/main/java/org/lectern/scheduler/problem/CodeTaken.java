package org.lectern.scheduler.problem;

import java.util.List;

/** Another one of its kind has this code. */
public final class CodeTaken extends Refusal {
    public CodeTaken() {
        super(409, "code-taken", List.of(new Flaw("/code", "code.taken")));
    }
}
