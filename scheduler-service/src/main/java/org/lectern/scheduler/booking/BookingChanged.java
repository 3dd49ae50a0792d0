package org.lectern.scheduler.booking;

import org.jspecify.annotations.Nullable;

/**
 * A booking has a new version. Told within the transaction of the change, to whoever observes it: what an observer
 * writes is committed with the change or not at all, and an observer that fails undoes it.
 *
 * @param before the version before; nothing for a new booking
 * @param actor who made it
 */
public record BookingChanged(@Nullable BookingView before, BookingView after, String actor) {}
