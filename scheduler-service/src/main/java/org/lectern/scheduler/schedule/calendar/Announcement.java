package org.lectern.scheduler.schedule.calendar;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A year in the format of the public data set holiday-cn: {@code {year, days: [{name, date, isOffDay}]}}. A year
 * without days is not announced yet.
 */
@Schema(name = "CalendarAnnouncement")
record Announcement(
        @Schema(examples = "2026") @NotNull Integer year,

        @Size(max = 366) @NotNull List<@NotNull @Valid NamedDay> days,

        @Schema(description = "The source of the announcement; accepted and not stored") @Size(max = 20) @Nullable
        List<String> papers,

        @Schema(hidden = true) @JsonProperty("$schema") @Nullable
        String schema,

        @Schema(hidden = true) @JsonProperty("$id") @Nullable
        String id) {

    YearRequest request() {
        return new YearRequest(!days.isEmpty(), days);
    }
}
