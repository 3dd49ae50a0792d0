package org.lectern.chassis.problem;

import java.util.List;

/** There is no such thing, or the caller may not know of it: the two look the same on purpose. */
public final class NotFound extends Refusal {

    public NotFound() {
        super(404, "not-found", List.of());
    }
}
