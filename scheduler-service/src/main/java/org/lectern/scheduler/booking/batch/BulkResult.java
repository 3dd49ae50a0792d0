package org.lectern.scheduler.booking.batch;

import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.scheduler.booking.BookingView;

/** The result of a bulk change. */
@Schema(name = "BulkResult")
public record BulkResult(
        @Schema(description = "Those that have a new version, by their former start")
        List<BookingView> changed,

        @Schema(description = "Those that were that way already, or that a choice left as they are")
        List<UUID> unchanged) {}
