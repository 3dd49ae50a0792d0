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
        @Schema(
                description = "The maximum number of lectures that start on one date in the lecturer's zone",
                examples = "2")
        @Min(1)
        @Max(50)
        @Nullable
        Integer lecturesPerDay,

        @Schema(
                description = "The maximum number of lectures that start in one ISO week in the lecturer's zone",
                examples = "6")
        @Min(1)
        @Max(200)
        @Nullable
        Integer lecturesPerWeek,

        @Schema(description = "The minimum time between booking and start", examples = "48")
        @Min(0)
        @Max(8784)
        @Nullable
        Integer noticeHours) {

    static final LimitsRequest NONE = new LimitsRequest(null, null, null);
}
