package org.lectern.scheduler.booking;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Bookings that can still change, of a lecturer, a venue or a branch, that touch {@code [from, to)}. */
public record Selection(
        @Nullable UUID lecturerId,
        @Nullable UUID venueId,
        @Nullable UUID branchId,
        Instant from,
        Instant to) {}
