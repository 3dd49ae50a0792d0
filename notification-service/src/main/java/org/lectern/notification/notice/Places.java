package org.lectern.notification.notice;

import org.jspecify.annotations.Nullable;
import org.lectern.notification.event.BookingEvent;

/** A place as calendars keep it, and by which two places are compared. */
public final class Places {

    private Places() {}

    /** Name and address; nothing when there is no venue. */
    public static @Nullable String text(BookingEvent.@Nullable Venue venue) {
        if (venue == null) {
            return null;
        }
        String address = venue.address();
        return address == null || address.isBlank() ? venue.name() : venue.name() + ", " + address;
    }
}
