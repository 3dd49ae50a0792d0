package org.lectern.local.fuzz;

import java.util.List;

/** The sender of a request. */
enum Caller {
    ANONYMOUS,
    BRANCH,
    ORGANIZER,
    OPERATOR,
    AUDITOR;

    /** Organizers have most permissions, so their requests reach more code. */
    private static final List<Caller> BY_FREQUENCY = List.of(
            ORGANIZER, ORGANIZER, ORGANIZER, ORGANIZER, ORGANIZER, OPERATOR, OPERATOR, BRANCH, AUDITOR, ANONYMOUS);

    static Caller drawn(Draw draw) {
        return draw.pick(BY_FREQUENCY);
    }
}
