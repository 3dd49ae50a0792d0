package org.lectern.scheduler.planning.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.LecturerRef;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.booking.RuleViolation;

/** A lecture of a plan, or one that it leaves out. */
@Schema(name = "PlanItem")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanItemView(
        @Schema(description = "Identifies the item in its plan", examples = "17")
        int number,

        BranchRef branch,
        TopicRef topic,

        @Schema(description = "The n-th lecture on the topic at the branch", examples = "1")
        int occurrence,

        boolean priority,
        boolean requested,
        State state,

        @Schema(description = "A new search leaves it where it is")
        boolean pinned,

        @Nullable LecturerRef lecturer,
        @Nullable PlannedVenue venue,

        @Schema(examples = "2026-12-10T14:00:00+08:00") @Nullable
        OffsetDateTime start,

        @Schema(examples = "2026-12-10T15:30:00+08:00") @Nullable
        OffsetDateTime end,

        @Schema(examples = "Asia/Shanghai") String zone,

        @Schema(description = "Of a guest: the item that it joins", examples = "12") @Nullable
        Integer hostNumber,

        @Schema(description = "What no longer fits; only when asked for by `check`") @Nullable
        List<RuleViolation> stale,

        @Schema(description = "Why the last publication did not book it") @Nullable
        RuleViolation refusal,

        @Schema(description = "The booking that publishing made of it") @Nullable
        UUID bookingId,

        @Schema(description = "RESCUE: the booking as it is") @Nullable
        Before before) {

    PlanItemView marked(List<RuleViolation> outdated) {
        return new PlanItemView(
                number,
                branch,
                topic,
                occurrence,
                priority,
                requested,
                state,
                pinned,
                lecturer,
                venue,
                start,
                end,
                zone,
                hostNumber,
                outdated,
                refusal,
                bookingId,
                before);
    }

    /** What a plan does with an item. */
    @Schema(name = "PlanItemState")
    public enum State {
        PLACED,
        GUEST,
        LEFT_OUT,
        EXCLUDED
    }

    /** Items of one kind. */
    @Schema(name = "PlanItemFilter")
    public enum Filter {
        PLACED,
        LEFT_OUT,
        PINNED,
        EXCLUDED,
        REFUSED,
        CHANGED
    }

    /** A venue with its coordinates, for maps. */
    @Schema(name = "PlannedVenue")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PlannedVenue(
            UUID id,
            String code,
            String name,
            @Nullable Double latitude,
            @Nullable Double longitude) {}

    /** The booking that a repair changes. */
    @Schema(name = "PlanItemBefore")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Before(
            UUID bookingId,
            LecturerRef lecturer,
            @Nullable PlannedVenue venue,
            OffsetDateTime start,
            OffsetDateTime end,

            @Schema(description = "Whether it could stay: it moves so that another booking finds room")
            boolean makesRoom) {}
}
