package org.lectern.scheduler.campaign.suggestion;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.campaign.coverage.Coverage.Place;
import org.lectern.scheduler.schedule.search.FreeSlotView;

/** A suggested lecture. */
@Schema(name = "CampaignSuggestion")
@JsonInclude(JsonInclude.Include.NON_NULL)
record Suggestion(
        Place branch,
        TopicRef topic,
        FreeSlotView.Lecturer lecturer,
        FreeSlotView.@Nullable Venue venue,
        @Schema(examples = "lecture") String format,
        @Schema(examples = "2026-12-01T14:00:00+08:00") OffsetDateTime start,
        @Schema(examples = "2026-12-01T15:30:00+08:00") OffsetDateTime end,
        @Schema(examples = "Asia/Shanghai") String zone,

        @Schema(description = "100 plus the points of all reasons; a higher score is better", examples = "118")
        int score,

        List<Reason> reasons) {

    /** A reason for or against it. */
    @Schema(name = "CampaignSuggestionReason")
    record Reason(
            @Schema(
                    description = "`priority`, `requested`, `uncovered` and `fair-share` come from the campaign; "
                            + "the others from the search for free lecturers",
                    examples = "fair-share")
            String reason,

            @Schema(examples = "4") int points,

            @Schema(examples = "has 1 lectures of the campaign, 2 fewer than the mean")
            String detail) {}

    /** The suggestions found. */
    @Schema(name = "CampaignSuggestions")
    record Found(
            @Schema(description = "Best first within the same priority; all of them can be booked together")
            List<Suggestion> items,

            @Schema(description = "The examined items for which no lecturer is free")
            List<WithoutLecturer> withoutLecturer) {}

    /** An item for which no lecturer is free. */
    @Schema(name = "CampaignItemWithoutLecturer")
    record WithoutLecturer(
            Place branch,
            TopicRef topic,

            @Schema(examples = "No lecturer that the campaign allows is free in this period.")
            String detail) {}
}
