package org.lectern.scheduler.schedule.calendar;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A year of the working calendar as returned by the API. */
@Schema(name = "CalendarYear")
record YearView(
        @Schema(examples = "2026") int year,

        @Schema(description = "Rises by one with every change; the ETag", examples = "2")
        int version,

        @Schema(description = "False while its holidays are unknown; kinds then follow the weekday")
        boolean announced,

        @Schema(description = "The days that the announcement names, by date")
        List<NamedDay> days) {}
