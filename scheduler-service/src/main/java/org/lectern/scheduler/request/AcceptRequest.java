package org.lectern.scheduler.request;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.RuleOverride;
import org.lectern.scheduler.validation.MaxLength;

/** The lecture that answers a request; the request determines topic, branch and head count. */
@Schema(name = "AcceptRequest")
record AcceptRequest(
        @NotNull UUID lecturerId,

        @Schema(description = "The venue. Every format needs one, except formats with a join link") @Nullable
        UUID venueId,

        @MaxLength(500) @Nullable String joinLink,

        @Schema(description = "By default the format of the request, or else `lecture`", examples = "lecture")
        @MaxLength(50)
        @Nullable
        String format,

        @Schema(examples = "2026-12-01T14:00:00+08:00") @NotNull
        OffsetDateTime start,

        @Schema(description = "By default the start and the topic's duration") @Nullable
        OffsetDateTime end,

        @Schema(description = "For the organizers; alerts and events do not carry it") @MaxLength(2000) @Nullable
        String note,

        @Schema(
                description =
                        "Only for an offer: the time until which the branch may take it. The default is a " + "setting")
        @Nullable
        OffsetDateTime expiresAt,

        @Schema(description = "Overrides the overridable rules, including the request's windows") @Valid @Nullable
        RuleOverride override,

        @Schema(description = "The campaign that the lecture is for, as with a booking; by default none") @Nullable
        UUID campaignId) {}
