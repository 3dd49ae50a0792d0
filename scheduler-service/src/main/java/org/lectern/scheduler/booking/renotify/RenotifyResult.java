package org.lectern.scheduler.booking.renotify;

import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The bookings that branches are notified of again. */
@Schema(name = "RenotifyResult")
record RenotifyResult(
        @Schema(description = "In order of their start") List<UUID> bookingIds,

        @Schema(description = "Whether more are outdated: repeat the call with another key")
        boolean more) {}
