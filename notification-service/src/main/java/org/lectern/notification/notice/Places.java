package org.lectern.notification.notice;

import org.jspecify.annotations.Nullable;
import org.lectern.notification.event.BookingEvent;

/** The form of a place in calendars, also used to compare places. */
public final class Places {

    private static final String SEPARATOR = ", ";

    private Places() {}

    /** Whether such a text has an address after the name. */
    static boolean hasAddress(String place) {
        return place.contains(SEPARATOR);
    }

    /** Name and address; null without a venue. */
    public static @Nullable String text(BookingEvent.@Nullable Venue venue) {
        if (venue == null) {
            return null;
        }
        String address = venue.address();
        return address == null || address.isBlank() ? venue.name() : venue.name() + SEPARATOR + address;
    }
}
