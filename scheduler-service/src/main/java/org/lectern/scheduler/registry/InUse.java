package org.lectern.scheduler.registry;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** The resource cannot be archived while future lectures or dependent resources need it. */
public final class InUse extends Refusal {
    public InUse() {
        super(409, "in-use", List.of());
    }
}
