package org.lectern.scheduler.booking.series;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.Finding;
import org.lectern.scheduler.booking.Neighbour;
import org.lectern.scheduler.booking.series.Pattern.ClockChange;

/** One date of a series with its conflicts and broken rules. */
@Schema(name = "PlannedOccurrence")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PlannedOccurrence(
        @Schema(type = SchemaType.STRING, format = "date", examples = "2026-12-01")
        LocalDate date,

        @Schema(examples = "2026-12-01T14:00:00+08:00") OffsetDateTime start,

        @Schema(examples = "2026-12-01T15:30:00+08:00", description = "Absent when the date is left out") @Nullable
        OffsetDateTime end,

        Outcome outcome,

        @Schema(description = "Present when clocks change on that date at that time") @Nullable
        ClockChange clockChange,

        @Schema(description = "The bookings in the way") List<Neighbour> clashes,

        @Schema(description = "The rules that speak against it; an organizer may override them with a reason")
        List<Finding> rules,

        @Schema(description = "What could be booked instead, best first; for the first clashing dates only")
        List<?> alternatives) {

    /** The outcome. */
    @Schema(name = "OccurrenceOutcome")
    public enum Outcome {
        FREE,
        CLASH,
        RULES,
        SKIPPED
    }
}
