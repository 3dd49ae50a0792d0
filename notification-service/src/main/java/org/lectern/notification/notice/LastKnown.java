package org.lectern.notification.notice;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.event.BookingEvent;

/**
 * A lecture as a branch knows it from the last message that it received.
 *
 * @param cancelled the branch knows that the lecture is cancelled, or that it no longer joins
 * @param venueId null without a venue, or for a notice that predates stored venues
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
        @Nullable String joinLink,
        String topic,
        String host,
        @Nullable String format) {

    /** Whether the branch knows another format; an unknown format is no other format. */
    boolean hasOtherFormat(@Nullable String current) {
        return format != null && current != null && !format.equals(current);
    }

    /** Whether the branch knows another lecturer, or another name. */
    boolean hasOtherLecturer(BookingEvent.Lecturer current) {
        return lecturerId != null && !lecturerId.equals(current.id()) || !lecturer.equals(current.name());
    }

    /** Whether the branch knows another place: another venue, or a changed name or address. */
    boolean hasOtherPlace(BookingEvent.@Nullable Venue current) {
        boolean anotherVenue = venueId != null && current != null && !venueId.equals(current.id());
        return anotherVenue || !Objects.equals(place, Places.text(current));
    }
}
