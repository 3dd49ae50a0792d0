package org.lectern.scheduler.booking;

import java.util.List;
import java.util.UUID;
import org.lectern.scheduler.booking.BookingCommand.Change;

/**
 * Changes of several bookings, applied atomically.
 *
 * @param items at most one per booking
 * @param detaching whether a change detaches an occurrence from its series; false when the series itself changes
 * @param actor for the history
 */
public record BookingBatch(List<Item> items, boolean detaching, String actor) {

    /**
     * The change of one booking.
     *
     * @param version the version that the change was decided for
     * @param pointer its origin in the caller's request: a JSON Pointer
     */
    public record Item(UUID bookingId, int version, String pointer, Change command) {}
}
