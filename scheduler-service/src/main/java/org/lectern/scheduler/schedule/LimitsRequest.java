package org.lectern.scheduler.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Limits of a lecturer; absent ones are as configured, by default unlimited. */
@Schema(name = "Limits")
@JsonInclude(JsonInclude.Include.NON_NULL)
record LimitsRequest(
        @Schema(description = "Lectures that start on one date of his zone", examples = "2") @Min(1) @Max(50) @Nullable
        Integer lecturesPerDay,

        @Schema(description = "Lectures that start in one ISO week of his zone", examples = "6")
        @Min(1)
        @Max(200)
        @Nullable
        Integer lecturesPerWeek,

        @Schema(description = "The least time from the booking to the start", examples = "48")
        @Min(0)
        @Max(8784)
        @Nullable
        Integer noticeHours) {

    static final LimitsRequest NONE = new LimitsRequest(null, null, null);
}
