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
@Schema(name = "Neighbour")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Neighbour(
        @Schema(description = "What both need: lecturer, venue or branch", examples = "lecturer")
        String resource,

        UUID bookingId,
        @Schema(examples = "2026-12-01T14:00:00+08:00") OffsetDateTime start,
        @Schema(examples = "2026-12-01T16:00:00+08:00") OffsetDateTime end,

        @Schema(description = "Until when the slot is only held; absent for what is confirmed") @Nullable
        OffsetDateTime heldUntil,

        LecturerRef lecturer,
        TopicRef topic,
        BranchRef branch,
        @Nullable VenueRef venue) {}
