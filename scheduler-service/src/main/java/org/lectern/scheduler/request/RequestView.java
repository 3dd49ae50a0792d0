package org.lectern.scheduler.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Derived;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.LecturerRef;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.booking.Participants.VenueRef;

/** A lecture request as returned by the API; times in the branch's zone. */
@Schema(name = "LectureRequest")
@JsonInclude(JsonInclude.Include.NON_NULL)
record RequestView(
        UUID id,

        @Schema(description = "Rises by one with every change; the ETag", examples = "1")
        int version,

        RequestStatus status,
        TopicRef topic,
        BranchRef branch,
        List<Window> windows,
        @Nullable String format,
        @Nullable Integer expectedHeadCount,
        @Nullable String note,

        @Schema(description = "The held slot, while it is offered") @Nullable
        Offer offer,

        @Schema(description = "The booking, once the request is accepted") @Nullable
        UUID bookingId,

        @Schema(description = "Why the request was refused, withdrawn or reopened, or the offer declined") @Nullable
        String reason,

        @Schema(description = "The code of that reason, if one was chosen", examples = "organizational") @Nullable
        String reasonCode,

        @Schema(
                description = "The priority by need: 1 point per day of waiting (at most 60), 1 per 6 days "
                        + "since the branch's last lecture (at most 30; 30 without any), 1 per 50 people "
                        + "(at most 10)",
                examples = "42")
        int need,

        Instant requestedAt,
        Instant updatedAt)
        implements Derived {

    /** A slot that a branch can accept. */
    @Schema(name = "Offer")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Offer(
            @Schema(description = "The hold") UUID bookingId,
            LecturerRef lecturer,
            @Nullable VenueRef venue,
            @Nullable String joinLink,
            String format,
            OffsetDateTime start,
            OffsetDateTime end,

            @Schema(description = "The end of the offer", examples = "2026-11-25T18:00:00+08:00")
            OffsetDateTime expiresAt) {}
}
