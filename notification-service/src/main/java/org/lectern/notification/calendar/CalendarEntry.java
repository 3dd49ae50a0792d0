package org.lectern.notification.calendar;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lecture as one reader's calendar is to show it from some revision on.
 *
 * @param sequence rises with each revision of the booking
 * @param cancelled it will not take place, or not for this reader
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

    /** The same for ever and the same as the scheduler writes it, so that no calendar shows the lecture twice. */
    String uid() {
        return bookingId + "@lectern";
    }

    /** The same revision for a reader whose other branch takes part. */
    CalendarEntry confirmed() {
        return new CalendarEntry(
                bookingId, sequence, false, start, end, zone, topic, lecturer, host, place, joinLink, revisedAt);
    }
}
