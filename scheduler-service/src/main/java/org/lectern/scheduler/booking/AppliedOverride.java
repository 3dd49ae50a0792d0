package org.lectern.scheduler.booking;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.SoftRule.Objection;

/** The rules that an organizer overrode with one change, and the reason. */
record AppliedOverride(@Nullable String reason, List<String> rules) {

    static final AppliedOverride NOTHING = new AppliedOverride(null, List.of());

    /** The broken rules, if they are overridden. */
    static AppliedOverride of(List<Objection> broken, @Nullable RuleOverride override) {
        return override == null
                ? NOTHING
                : new AppliedOverride(
                        override.reason(),
                        broken.stream().map(Objection::code).distinct().toList());
    }

    /** Whether the travel rule is among them. */
    boolean includesTravel() {
        return rules.contains(TravelRule.CODE);
    }
}
