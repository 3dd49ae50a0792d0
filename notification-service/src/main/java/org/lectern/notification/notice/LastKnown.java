package org.lectern.notification.notice;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.event.BookingEvent;

/**
 * A lecture as a branch knows it from the last message it got.
 *
 * @param cancelled it knows that it is off, or that it does not join it any more
 * @param venueId null for a lecture without a venue, or one that it was told of before venues were on record
 */
public record LastKnown(
        boolean cancelled,
        @Nullable UUID lecturerId,
        String lecturer,
        Instant start,
        Instant end,
        ZoneId zone,
        @Nullable UUID venueId,
        @Nullable String place,
        @Nullable String joinLink) {

    /** Whether the branch knows another lecturer than that one; by name where no id is on record. */
    boolean hasOtherLecturer(BookingEvent.Lecturer current) {
        return lecturerId == null ? !lecturer.equals(current.name()) : !lecturerId.equals(current.id());
    }

    /** Whether the branch knows another place than that one: another venue, or the same one by another name or address. */
    boolean hasOtherPlace(BookingEvent.@Nullable Venue current) {
        boolean anotherVenue = venueId != null && current != null && !venueId.equals(current.id());
        return anotherVenue || !Objects.equals(place, Places.text(current));
    }
}
