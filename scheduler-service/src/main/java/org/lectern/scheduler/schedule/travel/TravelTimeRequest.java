package org.lectern.scheduler.schedule.travel;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.validation.MaxLength;

/** A travel time between two places, as entered by a person. */
@Schema(name = "TravelTimeRequest")
record TravelTimeRequest(
        @Schema(description = "Whole minutes, in both directions", examples = "55") @NotNull @Min(0) @Max(2880)
        Integer minutes,

        @Schema(description = "Why it differs from the estimate", examples = "需绕行大桥") @MaxLength(500) @Nullable
        String note) {}
