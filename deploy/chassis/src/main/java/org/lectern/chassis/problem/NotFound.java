package org.lectern.chassis.problem;

import java.util.List;

/** The resource does not exist, or the caller may not know of it. The two cases look the same on purpose. */
public final class NotFound extends Refusal {

    public NotFound() {
        super(404, "not-found", List.of());
    }
}
