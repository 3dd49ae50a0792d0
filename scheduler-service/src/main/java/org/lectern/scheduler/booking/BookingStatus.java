package org.lectern.scheduler.booking;

/**
 * Where a booking stands.
 *
 * <pre>
 * HELD ──confirm──▶ CONFIRMED ──cancel──▶ CANCELLED
 *  ├─────release──▶ RELEASED   └─complete─▶ COMPLETED
 *  └─time is over─▶ EXPIRED
 * </pre>
 */
public enum BookingStatus {
    /** Its slot is reserved until the hold expires; nobody is told of it yet. */
    HELD,
    /** The lecture will take place; its slot is taken. */
    CONFIRMED,
    /** It will not take place; its slot is free again. */
    CANCELLED,
    /** It was held; its slot stays taken, as nobody can have been at two places at once. */
    COMPLETED,
    /** A hold that was given up; its slot is free again. */
    RELEASED,
    /** A hold that nobody confirmed in time; its slot is free again. */
    EXPIRED;

    /** Whether the booking can still change. */
    public boolean isActive() {
        return this == HELD || this == CONFIRMED;
    }

    /** Whether it takes its slot of the lecturer, the venue and the branches; a hold does until its time is over. */
    public boolean occupies() {
        return isActive() || this == COMPLETED;
    }

    /** Whether its branches are told of it: a hold is the organizers' own affair. */
    public boolean isTold() {
        return this == CONFIRMED || this == CANCELLED || this == COMPLETED;
    }
}
