package org.lectern.scheduler.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.audit.Kind;
import org.lectern.scheduler.booking.BookingStatus;

/** The bookings of a range; names once, by id. */
@Schema(name = "Timeline")
@JsonInclude(JsonInclude.Include.NON_NULL)
record TimelineView(
        @Schema(description = "The time of the answer, by the database's clock")
        Instant asOf,

        @Schema(description = "Send it as `changedSince` with the same other parameters to read what changed later")
        String cursor,

        @Schema(
                description = "True: `items` are all bookings of the range and replace what the caller has. "
                        + "False: `items` and `removed` are the changes since the cursor")
        boolean complete,

        @Schema(description = "By start") List<Item> items,

        @Schema(
                description = "Bookings that changed and are not, or no longer, in the answer: cancelled, moved out of "
                        + "the range, given to others. The caller may not know some of them")
        List<UUID> removed,

        @Schema(
                description = "Kinds of records other than bookings that changed since the cursor. After "
                        + "`AVAILABILITY`, `OPENING_HOURS` or `CALENDAR` read `/timeline/availability` again")
        List<Kind> alsoChanged,

        Map<UUID, LecturerName> lecturers,
        Map<UUID, TopicName> topics,
        Map<UUID, BranchName> branches,
        Map<UUID, VenueName> venues) {

    @Schema(name = "TimelineLecturer")
    record LecturerName(
            @Schema(examples = "L-007") String code,
            @Schema(examples = "林晓岚") String name,
            @Schema(examples = "municipal") String tier) {}

    @Schema(name = "TimelineTopic")
    record TopicName(
            @Schema(examples = "T-03") String code,
            @Schema(examples = "乡村振兴政策解读") String title) {}

    @Schema(name = "TimelineBranch")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BranchName(
            @Schema(examples = "QS-V-014") String code,
            @Schema(examples = "青石村") String name,
            @Schema(examples = "30.2741") @Nullable Double latitude,
            @Schema(examples = "120.1551") @Nullable Double longitude) {}

    @Schema(name = "TimelineVenue")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VenueName(
            @Schema(examples = "V-014") String code,
            @Schema(examples = "青石村文化礼堂") String name,
            @Schema(examples = "120") @Nullable Integer capacity,
            @Schema(examples = "30.2741") @Nullable Double latitude,
            @Schema(examples = "120.1551") @Nullable Double longitude) {}

    /** One booking; the names of its parties are in the maps beside the items. */
    @Schema(name = "TimelineItem")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Item(
            UUID id,

            @Schema(description = "The ETag of the booking, in quotes", examples = "3")
            int version,

            BookingStatus status,
            UUID lecturerId,
            UUID topicId,

            @Schema(description = "The host") UUID branchId,

            @Nullable UUID venueId,
            List<UUID> guestIds,
            @Schema(examples = "lecture") String format,
            @Schema(examples = "2026-12-01T14:00:00+08:00") OffsetDateTime start,
            @Schema(examples = "2026-12-01T16:00:00+08:00") OffsetDateTime end,
            @Schema(examples = "Asia/Shanghai") String zone,

            @Schema(description = "With its buffers; absent when it has none") @Nullable
            OffsetDateTime occupiedFrom,

            @Nullable OffsetDateTime occupiedUntil,

            @Schema(description = "Until when a hold reserves the slot") @Nullable
            OffsetDateTime holdExpiresAt,

            @Nullable Integer expectedHeadCount,
            @Nullable UUID seriesId,
            @Nullable UUID campaignId,

            @Schema(description = "How many branches take part: the host and the guests", examples = "2")
            int branchCount,

            @Schema(
                    description =
                            "The number of branches that a message about the announced version has reached; absent for a hold",
                    examples = "2")
            @Nullable
            Integer reachedCount,

            @Schema(description = "How many of them acknowledged it", examples = "1") @Nullable
            Integer acknowledgedCount,

            @Schema(description = "Rules that its versions overrode", examples = "[\"outside-availability\"]")
            List<String> overridden) {}
}
