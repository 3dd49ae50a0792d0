package org.lectern.notification.calendar;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A revision of a lecture in one reader's calendar.
 *
 * @param sequence rises with each revision of the booking
 * @param cancelled whether the lecture is cancelled, or no longer concerns this reader
 */
record CalendarEntry(
        UUID bookingId,
        int sequence,
        boolean cancelled,
        Instant start,
        Instant end,
        ZoneId zone,
        String topic,
        String lecturer,
        String host,
        @Nullable String place,
        @Nullable String joinLink,
        Instant revisedAt) {

    /** Never changes, and equals the UID that the scheduler writes. So no calendar shows the lecture twice. */
    String uid() {
        return bookingId + "@lectern";
    }

    /** The same revision, confirmed, for a mailbox that another participating branch shares. */
    CalendarEntry confirmed() {
        return new CalendarEntry(
                bookingId, sequence, false, start, end, zone, topic, lecturer, host, place, joinLink, revisedAt);
    }
}
