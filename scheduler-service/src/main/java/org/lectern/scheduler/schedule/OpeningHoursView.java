package org.lectern.scheduler.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.consequence.ConsequencesView;

/** The opening hours of a venue. */
@Schema(name = "OpeningHours")
@JsonInclude(JsonInclude.Include.NON_NULL)
record OpeningHoursView(
        UUID venueId,

        @Schema(description = "Rises by one with every change; the ETag", examples = "2")
        int version,

        @Schema(examples = "Asia/Shanghai") String zone,
        List<WeeklyWindowRequest> weekly,
        List<DateWindows> exceptions,

        @Schema(description = "Only in the answer to a change: the upcoming bookings that no longer fit") @Nullable
        ConsequencesView consequences) {

    OpeningHoursView with(ConsequencesView found) {
        return new OpeningHoursView(venueId, version, zone, weekly, exceptions, found);
    }
}
