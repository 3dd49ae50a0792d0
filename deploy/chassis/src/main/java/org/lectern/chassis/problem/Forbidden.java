package org.lectern.chassis.problem;

import java.util.List;

/** The caller's role may not do this, although it may do other things here. */
public final class Forbidden extends Refusal {

    public Forbidden() {
        super(403, "forbidden", List.of());
    }
}
