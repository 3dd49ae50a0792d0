package org.lectern.scheduler.booking;

/**
 * Where a booking stands.
 *
 * <pre>
 * CONFIRMED ──cancel──▶ CANCELLED
 *     └──────complete──▶ COMPLETED
 * </pre>
 */
public enum BookingStatus {
    /** The lecture will take place; its slot is taken. */
    CONFIRMED,
    /** It will not take place; its slot is free again. */
    CANCELLED,
    /** It was held; its slot stays taken, as nobody can have been at two places at once. */
    COMPLETED
}
