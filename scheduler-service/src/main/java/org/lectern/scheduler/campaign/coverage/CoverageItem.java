package org.lectern.scheduler.campaign.coverage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.BookingStatus;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.campaign.coverage.Coverage.Place;

/** One topic at one branch: its state, the reason and the next step. */
@Schema(name = "CoverageItem")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CoverageItem(
        Place branch,

        @Schema(description = "The branch above it") @Nullable
        Place district,

        TopicRef topic,
        CoverageState state,

        @Schema(examples = "CANCELLED") CoverageReason reason,

        @Schema(examples = "The booking was cancelled.") String detail,
        @Schema(examples = "Book another lecture.") String nextStep,

        @Schema(description = "How many lectures must be held", examples = "1")
        int required,

        @Schema(examples = "0") int held,

        @Schema(description = "The number of upcoming lectures", examples = "0")
        int booked,

        @Schema(description = "The head count of the lectures that it hosted", examples = "76")
        long headCount,

        @Schema(description = "The head count of the lectures that it joined; counted with the host", examples = "120")
        long jointHeadCount,

        @Schema(description = "Lectures held or to come that the lecturer accepted", examples = "1")
        int lecturerAccepted,

        @Schema(description = "Held lectures that the branch rated", examples = "0")
        int rated,

        boolean priority,

        @Schema(description = "The tier of the lecturer", examples = "municipal") @Nullable
        String tier,

        @Schema(description = "The bookings behind the state; the newest first, at most 20")
        List<Visit> bookings) {

    /** A lecture at the branch. */
    @Schema(name = "CoverageVisit")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Visit(
            UUID bookingId,
            BookingStatus status,

            @Schema(description = "Whether it joined the lecture of another branch")
            boolean guest,

            @Schema(examples = "2026-12-01T14:00:00+08:00") OffsetDateTime start,
            @Schema(examples = "林晓岚") String lecturer,
            @Nullable Integer headCount) {}
}
