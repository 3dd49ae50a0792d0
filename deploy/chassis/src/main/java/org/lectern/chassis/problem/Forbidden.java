package org.lectern.chassis.problem;

import java.util.List;

/** The caller's role does not permit this operation, although it permits others on this resource. */
public final class Forbidden extends Refusal {

    public Forbidden() {
        super(403, "forbidden", List.of());
    }
}
