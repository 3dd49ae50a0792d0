package org.lectern.scheduler.booking;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.LecturerRef;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.booking.Participants.VenueRef;

/** A conflicting booking, described for people. */
@Schema(name = "ConflictingBooking")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConflictingBooking(
        @Schema(description = "The shared resource: lecturer, venue, branch or guest", examples = "lecturer")
        String resource,

        UUID bookingId,
        @Schema(examples = "2026-12-01T14:00:00+08:00") OffsetDateTime start,
        @Schema(examples = "2026-12-01T16:00:00+08:00") OffsetDateTime end,

        @Schema(description = "The end of the hold; absent for a confirmed booking") @Nullable
        OffsetDateTime heldUntil,

        LecturerRef lecturer,
        TopicRef topic,
        BranchRef branch,
        @Nullable VenueRef venue) {}
