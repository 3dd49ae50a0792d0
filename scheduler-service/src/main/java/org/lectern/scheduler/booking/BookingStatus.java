package org.lectern.scheduler.booking;

/**
 * The status of a booking.
 *
 * <pre>
 * HELD ──confirm──▶ CONFIRMED ──cancel──▶ CANCELLED
 *  ├─────release──▶ RELEASED   └─complete─▶ COMPLETED
 *  └─time is over─▶ EXPIRED
 * </pre>
 */
public enum BookingStatus {
    /** The slot is reserved until the hold expires; branches are not notified yet. */
    HELD,
    /** The lecture will take place; the slot is occupied. */
    CONFIRMED,
    /** The lecture will not take place; the slot is free again. */
    CANCELLED,
    /** The lecture was held. The slot stays occupied, because its parties were there. */
    COMPLETED,
    /** The hold was released; the slot is free again. */
    RELEASED,
    /** The hold was not confirmed in time; the slot is free again. */
    EXPIRED;

    /** Whether the booking can still change. */
    public boolean isActive() {
        return this == HELD || this == CONFIRMED;
    }

    /** Whether the booking occupies its slot; a hold does until it expires. */
    public boolean occupies() {
        return isActive() || this == COMPLETED;
    }

    /** Whether branches are notified of the booking; holds are internal to organizers. */
    public boolean isAnnounced() {
        return this == CONFIRMED || this == CANCELLED || this == COMPLETED;
    }
}
