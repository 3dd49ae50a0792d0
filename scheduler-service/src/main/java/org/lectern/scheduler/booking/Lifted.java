package org.lectern.scheduler.booking;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which rules an organizer overrode with one change, and why. */
record Lifted(@Nullable String reason, List<String> rules) {

    static final Lifted NOTHING = new Lifted(null, List.of());

    /** Whether the way between lectures was one of them. */
    boolean includesTravel() {
        return rules.contains(TravelRule.CODE);
    }
}
