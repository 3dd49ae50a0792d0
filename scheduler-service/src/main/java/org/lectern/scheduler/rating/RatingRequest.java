package org.lectern.scheduler.rating;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.validation.MaxLength;

/** The rating of a lecture. */
@Schema(name = "RatingRequest")
record RatingRequest(
        @Schema(description = "1 is worst, 5 is best", examples = "5") @NotNull @Min(1) @Max(5)
        Integer stars,

        @Schema(description = "For organizers; name no attendee", examples = "讲得通俗易懂，村民反响很好") @MaxLength(1000) @Nullable
        String note) {}
