package org.lectern.scheduler.booking;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What shall become of one booking among several that are changed together. */
public sealed interface Change {

    UUID bookingId();

    /** The version it was when this was decided. */
    int version();

    /** Where in the caller's request it stems from: a JSON Pointer. */
    String pointer();

    /** Another time. */
    record Move(UUID bookingId, int version, String pointer, OffsetDateTime start, OffsetDateTime end)
            implements Change {}

    /** Another lecturer, venue or join link; what is absent stays. */
    record Reassign(
            UUID bookingId,
            int version,
            String pointer,
            @Nullable UUID lecturerId,
            @Nullable UUID venueId,
            @Nullable String joinLink)
            implements Change {}

    /** It will not take place; a hold is released. */
    record Cancel(UUID bookingId, int version, String pointer) implements Change {}
}
