package org.lectern.scheduler.schedule.travel;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Two consecutive lectures of one lecturer with a travel time that is too long or unknown. */
@Schema(name = "TravelConflict")
@JsonInclude(JsonInclude.Include.NON_NULL)
record TravelConflict(
        UUID lecturerId,
        UUID fromBookingId,
        Instant fromEnd,
        UUID toBookingId,
        Instant toStart,

        @Schema(description = "Absent when a place is unknown", examples = "55") @Nullable
        Integer minutesNeeded,

        @Schema(description = "The time between the buffers of both lectures", examples = "30")
        int minutesAvailable,

        @Schema(description = "Whether an organizer overrode the rule for one of the two")
        boolean overridden) {}
