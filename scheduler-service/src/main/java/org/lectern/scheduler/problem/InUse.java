package org.lectern.scheduler.problem;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** It cannot be archived while lectures, or parts of it, need it. */
public final class InUse extends Refusal {
    public InUse() {
        super(409, "in-use", List.of());
    }
}
