package org.lectern.scheduler.planning.search;

/** Why a visit cannot take place in a shift, in the order in which it is asked. */
public enum Obstacle {
    /** The lecturer does not give lectures of this topic. */
    SKILL,
    /** The lecturer is not available at any proposed start of that day. */
    LECTURER_UNAVAILABLE,
    /** None of the places is open that day. */
    PLACE_CLOSED,
    /** The branch has other bookings all day, or the campaign does not allow the day. */
    BRANCH_UNAVAILABLE,
    /** Each of the three has time, but not at the same start. */
    NO_COMMON_START,
    /** Too close to another lecture of the campaign at the branch. */
    INTERVAL,
    /** The lecturer has as many lectures as a day may have. */
    DAY_LIMIT,
    /** The lecturer has as many lectures as a week may have. */
    WEEK_LIMIT,
    /** Bookings that stand, or pinned lectures, leave no time, travel included. */
    BOOKINGS,
    /** Only other lectures of this plan are in the way, or need this one where it is: without it, a way is too long. */
    TAKEN
}
