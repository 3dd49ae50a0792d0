package org.lectern.scheduler.planning.facts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where an item takes place.
 *
 * @param host the index of the item whose guest it is; null for a lecture of its own
 */
public record Slot(
        UUID lecturerId,
        @Nullable UUID venueId,
        Instant start,
        Instant end,
        @Nullable Integer host,
        boolean pinned) {}
