package org.lectern.local.fuzz;

import java.util.List;

/** Who sends a request. */
enum Caller {
    ANONYMOUS,
    BRANCH,
    ORGANIZER,
    OPERATOR,
    AUDITOR;

    /** Organizers may do most, so they get furthest into the services. */
    private static final List<Caller> BY_FREQUENCY = List.of(
            ORGANIZER, ORGANIZER, ORGANIZER, ORGANIZER, ORGANIZER, OPERATOR, OPERATOR, BRANCH, AUDITOR, ANONYMOUS);

    static Caller drawn(Draw draw) {
        return draw.pick(BY_FREQUENCY);
    }
}
