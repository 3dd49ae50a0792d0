package org.lectern.scheduler.schedule;

import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The opening hours of a venue. */
@Schema(name = "OpeningHours")
record OpeningHoursView(
        UUID venueId,

        @Schema(description = "Rises by one with every change; the ETag", examples = "2")
        int version,

        @Schema(examples = "Asia/Shanghai") String zone,
        List<WeeklyWindowRequest> weekly,
        List<DateWindows> exceptions) {}
