package org.lectern.scheduler.booking;

/**
 * A booking has a new version. Told within the transaction of the change, to whoever observes it: what an observer
 * writes is committed with the change or not at all, and an observer that fails undoes it.
 *
 * @param actor who made it
 */
public record BookingChanged(BookingView after, String actor) {}
