package org.lectern.scheduler.booking;

import java.util.List;
import java.util.UUID;
import org.lectern.scheduler.booking.BookingCommand.Change;

/**
 * Changes of several bookings that are made together or not at all.
 *
 * @param items at most one for each booking
 * @param detaching whether an occurrence of a series leaves its pattern by the change, because it is not the series that
 *     is changed
 * @param actor for the history
 */
public record BookingBatch(List<Item> items, boolean detaching, String actor) {

    /**
     * The change of one of them.
     *
     * @param version the version it was when this was decided
     * @param pointer where in the caller's request it stems from: a JSON Pointer
     */
    public record Item(UUID bookingId, int version, String pointer, Change command) {}
}
