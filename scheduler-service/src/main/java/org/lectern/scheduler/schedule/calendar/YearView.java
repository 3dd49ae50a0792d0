package org.lectern.scheduler.schedule.calendar;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.consequence.ConsequencesView;

/** A year of the working calendar as returned by the API. */
@Schema(name = "CalendarYear")
@JsonInclude(JsonInclude.Include.NON_NULL)
record YearView(
        @Schema(examples = "2026") int year,

        @Schema(description = "Rises by one with every change; the ETag", examples = "2")
        int version,

        @Schema(description = "False while its holidays are unknown; kinds then follow the weekday")
        boolean announced,

        @Schema(description = "The days that the announcement names, by date")
        List<NamedDay> days,

        @Schema(description = "Only in the answer to a change: the upcoming bookings that no longer fit") @Nullable
        ConsequencesView consequences) {

    YearView with(ConsequencesView found) {
        return new YearView(year, version, announced, days, found);
    }
}
