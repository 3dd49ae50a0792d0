package org.lectern.scheduler.planning.draft;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.validation.MaxLength;
import org.lectern.scheduler.validation.SingleLine;

/** A plan as an organizer asks for it. Absent members have the defaults that the stored plan shows. */
@Schema(name = "PlanRequest")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanRequest(
        @NotNull UUID campaignId,

        @Schema(description = "By default the campaign's name", examples = "First plan")
        @SingleLine
        @MaxLength(200)
        @Nullable
        String name,

        @Schema(description = "PLAN by default") @Nullable Purpose purpose,

        @Schema(description = "How long the search runs; a setting by default", examples = "60") @Min(1) @Nullable
        Integer seconds,

        @Schema(description = "Equal facts, seed and number of iterations give an equal plan", examples = "1") @Nullable
        Long seed,

        @Schema(
                description = "The first day, in the campaign's zone; by default tomorrow or the campaign's first day",
                examples = "2026-12-07")
        @Nullable
        LocalDate from,

        @Schema(
                description = "The last day; by default the campaign's last. Only a WHAT_IF may go beyond it",
                examples = "2026-12-31")
        @Nullable
        LocalDate until,

        @Schema(description = "By default the first format of the campaign that needs a venue", examples = "lecture")
        @MaxLength(50)
        @Nullable
        String format,

        @Schema(description = "The link of a broadcast, for all lectures of the plan") @MaxLength(500) @Nullable
        String joinLink,

        @Valid @Nullable PlanWeights weights,

        @Schema(description = "Joint lectures; none by default") @Valid @Nullable
        Guests guests,

        @Schema(
                description =
                        "Whether a venue must hold all members of a branch. Then venues that are too small are not "
                                + "used, and bookings expect all members; false by default")
        @Nullable
        Boolean headCounts,

        @Schema(
                description =
                        "Lectures a day of lecturers without a limit of their own, booked ones included; a setting "
                                + "by default",
                examples = "4")
        @Min(1)
        @Max(20)
        @Nullable
        Integer lecturesPerDay,

        @Schema(
                description = "Lecturers, venues or days that drop out. A RESCUE needs at least one; a PLAN does not "
                        + "use them")
        @Size(max = 100)
        @Nullable
        List<@NotNull @Valid Gone> gone,

        @Schema(description = "Invented lecturers; only of a WHAT_IF") @Size(max = 20) @Nullable
        List<@NotNull @Valid Extra> extra) {

    /** What a plan pays for, in minutes of a lecturer's time. */
    @Schema(name = "PlanWeights", description = "Minutes of a lecturer's time; absent ones have the usual value")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PlanWeights(
            @Schema(description = "Per minute on the road", examples = "1")
            @DecimalMin("0")
            @DecimalMax("100000")
            @Nullable
            Double travel,

            @Schema(description = "Per day that sends a lecturer on the road", examples = "60")
            @DecimalMin("0")
            @DecimalMax("100000")
            @Nullable
            Double day,

            @Schema(description = "Times the square of a lecturer's lectures: an even share is cheap", examples = "5")
            @DecimalMin("0")
            @DecimalMax("100000")
            @Nullable
            Double load,

            @Schema(description = "Per day that a lecture takes place later", examples = "1")
            @DecimalMin("0")
            @DecimalMax("100000")
            @Nullable
            Double later,

            @Schema(description = "Per lecture that is left out", examples = "1000")
            @DecimalMin("0")
            @DecimalMax("100000")
            @Nullable
            Double leftOut,

            @Schema(description = "Multiplies `leftOut` for a priority branch", examples = "3")
            @DecimalMin("0")
            @DecimalMax("100")
            @Nullable
            Double priority,

            @Schema(description = "Multiplies `leftOut` for a lecture that the branch requested", examples = "1.5")
            @DecimalMin("0")
            @DecimalMax("100")
            @Nullable
            Double requested,

            @Schema(description = "Per lecture in a lecture hall rather than a room of the branch", examples = "30")
            @DecimalMin("0")
            @DecimalMax("100000")
            @Nullable
            Double hall,

            @Schema(description = "Per branch that is a guest rather than a host", examples = "30")
            @DecimalMin("0")
            @DecimalMax("100000")
            @Nullable
            Double guest,

            @Schema(description = "Per minute of a guest branch's way", examples = "0.5")
            @DecimalMin("0")
            @DecimalMax("100000")
            @Nullable
            Double guestTravel,

            @Schema(
                    description =
                            "RESCUE: per lecture with another lecturer at the same time; twice if its branches were notified",
                    examples = "30")
            @DecimalMin("0")
            @DecimalMax("100000")
            @Nullable
            Double otherLecturer,

            @Schema(description = "RESCUE: per lecture at another time of the same day", examples = "120")
            @DecimalMin("0")
            @DecimalMax("100000")
            @Nullable
            Double otherTime,

            @Schema(description = "RESCUE: per lecture on another day", examples = "240")
            @DecimalMin("0")
            @DecimalMax("100000")
            @Nullable
            Double otherDay) {

        public static final PlanWeights NONE =
                new PlanWeights(null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** Joint lectures. */
    @Schema(name = "PlanGuests")
    public record Guests(
            @Schema(description = "Branches that may join a lecture", examples = "2") @Min(1) @Max(50)
            int most,

            @Schema(description = "The longest way of a guest, in minutes", examples = "30") @Min(0) @Max(240)
            int minutes) {}

    /** What drops out on some days. */
    @Schema(
            name = "PlanGone",
            description =
                    "A lecturer or a venue on these days, both included; without both, there are no lectures on these days")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Gone(
            @Nullable UUID lecturerId,
            @Nullable UUID venueId,
            @Schema(examples = "2026-12-10") @NotNull LocalDate from,
            @Schema(examples = "2026-12-12") @NotNull LocalDate until) {}

    /** Invented lecturers. */
    @Schema(name = "PlanExtra")
    public record Extra(
            @Schema(description = "They have the topics, hours, limits and home of this lecturer, and no bookings")
            @NotNull
            UUID likeLecturerId,

            @Schema(examples = "2") @Min(1) @Max(20) int count) {}
}
