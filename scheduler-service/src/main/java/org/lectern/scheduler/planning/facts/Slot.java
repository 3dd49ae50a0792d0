package org.lectern.scheduler.planning.facts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where an item takes place.
 *
 * @param host the index of the item that has this one as its guest; null for a lecture of its own
 */
public record Slot(
        UUID lecturerId,
        @Nullable UUID venueId,
        Instant start,
        Instant end,
        @Nullable Integer host,
        boolean pinned) {}
