package org.lectern.scheduler.booking;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The bookings of a lecturer, a venue or a branch that can still change and overlap {@code [from, to)}. */
public record Selection(
        @Nullable UUID lecturerId,
        @Nullable UUID venueId,
        @Nullable UUID branchId,
        Instant from,
        Instant to) {}
