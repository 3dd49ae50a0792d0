package org.lectern.scheduler.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
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
        @Nullable String wishes,

        @Schema(description = "The slot that is held for it, while it is offered") @Nullable
        Offer offer,

        @Schema(description = "The lecture booked for it, once it is accepted") @Nullable
        UUID bookingId,

        @Schema(description = "Why it was refused, withdrawn, declined or opened again") @Nullable
        String reason,

        @Schema(
                description = "How much it is needed: a point for each day of waiting (60 at the most), one for each 6 "
                        + "days since the branch's last lecture (30 at the most, and for a branch that never had one), "
                        + "one for each 50 people (10 at the most)",
                examples = "42")
        int need,

        Instant askedAt,
        Instant updatedAt) {

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

            @Schema(description = "Until when the branch may take it", examples = "2026-11-25T18:00:00+08:00")
            OffsetDateTime expiresAt) {}
}
