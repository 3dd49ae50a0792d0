package org.lectern.scheduler.planning.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Derived;
import org.lectern.scheduler.planning.draft.PlanRequest.Extra;
import org.lectern.scheduler.planning.draft.PlanRequest.Gone;
import org.lectern.scheduler.planning.draft.PlanRequest.Guests;
import org.lectern.scheduler.planning.draft.PlanRequest.PlanWeights;
import org.lectern.scheduler.planning.draft.PlanState;
import org.lectern.scheduler.planning.draft.Publishing;
import org.lectern.scheduler.planning.draft.Purpose;

/** A plan as returned by the API. */
@Schema(name = "Plan")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanView(
        UUID id,

        @Schema(description = "Rises with every change; the ETag", examples = "3")
        int version,

        @Schema(examples = "First plan") String name,
        Purpose purpose,
        PlanState state,
        PlannedCampaign campaign,
        @Schema(examples = "2026-12-07") LocalDate from,
        @Schema(examples = "2026-12-31") LocalDate until,
        @Schema(examples = "Asia/Shanghai") String zone,
        @Schema(examples = "lecture") String format,
        @Nullable String joinLink,
        @Schema(examples = "60") int seconds,
        @Schema(examples = "1") long seed,
        PlanWeights weights,
        @Nullable Guests guests,
        boolean headCounts,

        @Schema(description = "Of lecturers without a limit of their own", examples = "4")
        int lecturesPerDay,

        List<Gone> gone,
        List<Extra> extra,
        Counts coverage,

        @Schema(description = "Absent until there is a first plan") @Nullable
        CostView cost,

        @Schema(description = "Absent until there is a first plan") @Nullable
        Shares lecturers,

        @Schema(description = "Of all lecturers' days of the plan, from home and back") @Nullable
        Integer travelMinutes,

        @Schema(description = "When bookings, availability and targets were read") @Nullable
        Instant factsAt,

        @Schema(description = "Why the search failed; only of a FAILED plan") @Nullable
        String failure,

        @Schema(description = "The last publication") @Nullable
        Publication publication,

        Instant createdAt,
        String createdBy,
        Instant updatedAt)
        implements Derived {

    /** The campaign of a plan. */
    @Schema(name = "PlannedCampaign")
    public record PlannedCampaign(
            UUID id, @Schema(examples = "2026-Q4") String code, String name) {}

    /** Items by what the plan does with them. */
    @Schema(name = "PlanCoverage")
    public record Counts(
            @Schema(examples = "321") int items,

            @Schema(description = "With a lecturer, venue and time; guests included", examples = "312")
            int placed,

            @Schema(description = "Guests of another branch's lecture", examples = "4")
            int guests,

            @Schema(examples = "9") int leftOut,

            @Schema(description = "Left out because an organizer said so", examples = "0")
            int excluded,

            @Schema(examples = "3") int pinned,

            @Schema(description = "Not booked by the last publication", examples = "0")
            int refused,

            @Schema(description = "RESCUE: bookings that change", examples = "0")
            int changed) {}

    /** How the lectures of the campaign are shared, this plan and bookings together. */
    @Schema(name = "PlanShares")
    public record Shares(
            @Schema(description = "Lecturers with a lecture", examples = "40")
            int count,

            @Schema(examples = "5") int least,
            @Schema(examples = "7.8") double mean,
            @Schema(examples = "9") int most,

            @Schema(description = "Jain's index: 1 when all have equally many", examples = "0.97")
            double evenness,

            @Schema(description = "Lecturers' days with a lecture of the plan", examples = "95")
            int days) {}

    /** What a plan costs. */
    @Schema(name = "PlanCost")
    public record CostView(
            @Schema(description = "In minutes of lecturers' time", examples = "18731")
            double totalMinutes,

            List<Component> components) {}

    /** A component of the cost. */
    @Schema(name = "PlanCostComponent")
    public record Component(
            @Schema(
                    description = "leftOut, travel, days, load, later, preference, guests or disturbance",
                    examples = "travel")
            String component,

            @Schema(examples = "8281") double minutes,

            @Schema(description = "In the language of `Accept-Language`")
            String detail) {}

    /** A publication of a plan. */
    @Schema(name = "PlanPublication")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Publication(
            Publishing.OnRefusal onRefusal,
            Publishing.Outcome outcome,
            Publishing.Phase phase,
            @Schema(examples = "312") int total,
            @Schema(examples = "312") int held,
            @Schema(examples = "120") int confirmed,
            @Schema(examples = "0") int refused,
            String startedBy,
            Instant startedAt,
            @Nullable Instant endedAt) {

        static @Nullable Publication of(@Nullable Publishing of) {
            return of == null
                    ? null
                    : new Publication(
                            of.onRefusal(),
                            of.outcome(),
                            of.phase(),
                            of.total(),
                            of.held(),
                            of.confirmed(),
                            of.refused(),
                            of.actor(),
                            of.startedAt(),
                            of.endedAt());
        }
    }
}
