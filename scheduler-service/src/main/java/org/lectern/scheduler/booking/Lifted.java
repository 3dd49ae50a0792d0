package org.lectern.scheduler.booking;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.SoftRule.Objection;

/** Which rules an organizer overrode with one change, and why. */
record Lifted(@Nullable String reason, List<String> rules) {

    static final Lifted NOTHING = new Lifted(null, List.of());

    /** The rules that were broken, when they are overridden. */
    static Lifted of(List<Objection> broken, @Nullable RuleOverride override) {
        return override == null
                ? NOTHING
                : new Lifted(
                        override.reason(),
                        broken.stream().map(Objection::code).distinct().toList());
    }

    /** Whether the way between lectures was one of them. */
    boolean includesTravel() {
        return rules.contains(TravelRule.CODE);
    }
}
