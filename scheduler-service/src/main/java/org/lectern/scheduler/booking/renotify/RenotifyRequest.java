package org.lectern.scheduler.booking.renotify;

import jakarta.validation.constraints.NotBlank;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.reason.ReasonCode;
import org.lectern.scheduler.validation.MaxLength;

/** Which bookings to tell again; without a filter all that are outdated. */
@Schema(name = "RenotifyRequest")
record RenotifyRequest(
        @Schema(description = "Only those of this lecturer") @Nullable
        UUID lecturerId,

        @Schema(description = "Only those on this topic") @Nullable
        UUID topicId,

        @Schema(description = "Only those at this venue") @Nullable
        UUID venueId,

        @Schema(description = "Sent to the branches; must not contain contact data", examples = "文化礼堂迁至新址")
        @NotBlank
        @MaxLength(500)
        String reason,

        @Schema(description = ReasonCode.DESCRIPTION, examples = "venue-unavailable") @ReasonCode @Nullable
        String reasonCode) {}
