package org.lectern.scheduler.schedule;

import java.util.EnumSet;
import java.util.Set;

/** The soft rules of booking. An override with a reason can break each knowingly. */
public enum Rule {
    OUTSIDE_AVAILABILITY("outside-availability", Aspect.LECTURER, Aspect.TIME),
    BLACKOUT("blackout", Aspect.LECTURER, Aspect.TIME),
    DAILY_LIMIT("daily-limit", Aspect.LECTURER, Aspect.TIME),
    WEEKLY_LIMIT("weekly-limit", Aspect.LECTURER, Aspect.TIME),
    NOTICE_PERIOD("notice-period", Aspect.LECTURER, Aspect.TIME),
    VENUE_CLOSED("venue-closed", Aspect.VENUE, Aspect.TIME),
    OVER_CAPACITY("over-capacity", Aspect.VENUE, Aspect.HEADS, Aspect.TIME),
    PUBLIC_HOLIDAY("public-holiday", Aspect.TIME);

    /** Aspects of a booking that a change may affect. A rule applies only if one of its aspects changes. */
    public enum Aspect {
        LECTURER,
        VENUE,
        TIME,
        HEADS;

        public static final Set<Aspect> ALL = Set.of(values());
    }

    private final String label;
    private final Set<Aspect> aspects;

    Rule(String label, Aspect first, Aspect... more) {
        this.label = label;
        aspects = EnumSet.of(first, more);
    }

    public String label() {
        return label;
    }

    boolean dependsOn(Set<Aspect> decided) {
        return aspects.stream().anyMatch(decided::contains);
    }

    /** The request field that can resolve the violation. */
    String pointer(Set<Aspect> decided) {
        if (this == OVER_CAPACITY && decided.contains(Aspect.HEADS)) {
            return "/expectedHeadCount";
        }
        if (this == OVER_CAPACITY && decided.contains(Aspect.VENUE)) {
            return "/venueId";
        }
        if (aspects.contains(Aspect.TIME) && decided.contains(Aspect.TIME)) {
            return "/start";
        }
        return aspects.contains(Aspect.LECTURER) ? "/lecturerId" : "/venueId";
    }
}
