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

        @Schema(description = "100 and the points of all reasons; more is better", examples = "118")
        int score,

        List<Reason> reasons) {

    /** A reason for or against it. */
    @Schema(name = "CampaignSuggestionReason")
    record Reason(
            @Schema(
                    description =
                            "`priority`, `requested`, `uncovered` and `fair-share` of the campaign; the others of the "
                                    + "search for free lecturers",
                    examples = "fair-share")
            String reason,

            @Schema(examples = "4") int points,

            @Schema(examples = "has 1 lectures of the campaign, 2 fewer than the mean")
            String detail) {}

    /** The suggestions found. */
    @Schema(name = "CampaignSuggestions")
    record Found(
            @Schema(description = "Best first among those that come first; they can all be booked together")
            List<Suggestion> items,

            @Schema(description = "Items that were looked at, and nobody is free for them")
            List<Nobody> nobody) {}

    /** An item for which no lecturer is free. */
    @Schema(name = "CampaignSuggestionNobody")
    record Nobody(
            Place branch,
            TopicRef topic,

            @Schema(examples = "No lecturer that the campaign allows is free in this period.")
            String detail) {}
}
