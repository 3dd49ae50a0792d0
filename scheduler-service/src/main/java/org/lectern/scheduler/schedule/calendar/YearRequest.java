package org.lectern.scheduler.schedule.calendar;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A year of the working calendar as sent by an organizer. */
@Schema(name = "CalendarYearRequest")
record YearRequest(
        @Schema(description = "Whether the holidays of the year are known; if not, no day is named") @NotNull
        Boolean announced,

        @Size(max = 366) @Nullable List<@NotNull @Valid NamedDay> days) {

    List<NamedDay> named() {
        return days == null ? List.of() : days;
    }
}
