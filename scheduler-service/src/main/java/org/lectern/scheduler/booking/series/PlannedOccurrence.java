package org.lectern.scheduler.booking.series;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.ConflictingBooking;
import org.lectern.scheduler.booking.RuleViolation;
import org.lectern.scheduler.booking.series.Pattern.ClockChange;

/** One date of a series with its conflicts and broken rules. */
@Schema(name = "PlannedOccurrence")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PlannedOccurrence(
        @Schema(type = SchemaType.STRING, format = "date", examples = "2026-12-01")
        LocalDate date,

        @Schema(
                examples = "2026-12-01T14:00:00+08:00",
                description = "With `NO_SUCH_TIME` the first time after the clock change")
        OffsetDateTime start,

        @Schema(examples = "2026-12-01T15:30:00+08:00", description = "Absent without a lecture") @Nullable
        OffsetDateTime end,

        Outcome outcome,

        @Schema(description = "Present when the clocks change at that time") @Nullable
        ClockChange clockChange,

        @Schema(description = "The conflicting bookings") List<ConflictingBooking> conflicts,

        @Schema(description = "The broken rules that an organizer may override with a reason")
        List<RuleViolation> rules,

        @Schema(description = "What makes the date impossible, with the nearest times")
        List<RuleViolation> violations,

        @Schema(description = "Alternatives, best first; for the first dates with conflicts only")
        List<?> alternatives) {

    /** The outcome. */
    @Schema(name = "OccurrenceOutcome")
    public enum Outcome {
        FREE,
        CONFLICT,
        RULES,
        /** The clocks skip the time on that date. */
        NO_SUCH_TIME,
        SKIPPED
    }
}
