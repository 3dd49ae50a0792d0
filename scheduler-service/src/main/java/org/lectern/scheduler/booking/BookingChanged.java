package org.lectern.scheduler.booking;

import org.jspecify.annotations.Nullable;

/**
 * A booking has a new version. Fired within the transaction of the change. An observer's writes commit with the change,
 * and an observer that fails rolls it back.
 *
 * @param before the previous version; null for a new booking
 * @param actor who made the change
 */
public record BookingChanged(@Nullable BookingView before, BookingView after, String actor) {}
