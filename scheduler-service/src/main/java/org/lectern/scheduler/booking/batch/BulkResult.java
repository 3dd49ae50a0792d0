package org.lectern.scheduler.booking.batch;

import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.scheduler.booking.BookingView;

/** The result of a bulk change. */
@Schema(name = "BulkResult")
public record BulkResult(
        @Schema(description = "The bookings that have a new version, by their former start")
        List<BookingView> changed,

        @Schema(description = "The bookings that needed no change or were left out by a choice")
        List<UUID> unchanged) {}
