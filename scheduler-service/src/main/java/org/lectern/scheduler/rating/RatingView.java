package org.lectern.scheduler.rating;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.Participants.BranchRef;

/** The rating of a lecture by one of its branches. */
@Schema(name = "Rating")
@JsonInclude(JsonInclude.Include.NON_NULL)
record RatingView(
        UUID bookingId,
        BranchRef branch,

        @Schema(description = "Rises with every change of the rating", examples = "1")
        int version,

        @Schema(examples = "5") int stars,
        @Nullable String note,
        Instant ratedAt,

        @Schema(description = "Until when it can be changed")
        Instant changeableUntil) {

    /** The ratings of one lecture. */
    @Schema(name = "Ratings")
    record Ratings(
            List<RatingView> items,

            @Schema(description = "Until when the lecture can be rated")
            Instant rateableUntil) {}
}
