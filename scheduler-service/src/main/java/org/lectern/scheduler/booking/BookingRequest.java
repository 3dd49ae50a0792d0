package org.lectern.scheduler.booking;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.validation.MaxLength;

/** A lecture to be booked. */
@Schema(name = "BookingRequest")
public record BookingRequest(
        @NotNull UUID lecturerId,
        @NotNull UUID topicId,

        @Schema(description = "The branch that hosts the lecture") @NotNull
        UUID branchId,

        @Schema(description = "Where; every format needs one except those that are watched by a join link") @Nullable
        UUID venueId,

        @Schema(description = "Where a broadcast is watched; http or https", examples = "https://live.example.org/r/17")
        @MaxLength(500)
        @Nullable
        String joinLink,

        @Schema(
                description = "lecture, story-telling, panel, field-class or broadcast, unless configured otherwise",
                examples = "lecture")
        @NotBlank
        @MaxLength(50)
        String format,

        @Schema(
                description = "RFC 3339 with offset, on a whole minute; UTC, or the offset that the zone has then",
                examples = "2026-12-01T14:00:00+08:00")
        @NotNull
        OffsetDateTime start,

        @Schema(
                description = "Not part of the lecture any more; by default the start and the topic's duration",
                examples = "2026-12-01T16:00:00+08:00")
        @Nullable
        OffsetDateTime end,

        @Schema(description = "IANA time zone; by default the branch's", examples = "Asia/Shanghai")
        @MaxLength(60)
        @Nullable
        String zone,

        @Schema(examples = "80") @Min(0) @Max(100_000) @Nullable
        Integer expectedHeadCount,

        @Schema(description = "For the organizers; alerts and events do not carry it") @MaxLength(2000) @Nullable
        String note,

        @Schema(description = "Only reserves the slot; nobody is told until it is confirmed") @Valid @Nullable
        HoldRequest hold,

        @Schema(description = "Lifts the rules that can be lifted; without it they are kept") @Valid @Nullable
        RuleOverride override,

        @Schema(description = "Branches that join the lecture; none by default") @Size(max = 50) @Nullable
        List<@NotNull @Valid GuestRequest> guests,

        @Schema(
                description =
                        "The campaign it is for: it must be active, have the topic and want one of the branches to "
                                + "be reached; its window, formats, tiers and interval are rules that `override` lifts")
        @Nullable
        UUID campaignId) {}
