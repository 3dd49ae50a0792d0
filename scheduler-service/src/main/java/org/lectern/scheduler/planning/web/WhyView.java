package org.lectern.scheduler.planning.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.Participants.LecturerRef;
import org.lectern.scheduler.planning.web.PlanItemView.PlannedVenue;
import org.lectern.scheduler.planning.web.PlanView.Component;

/** Why an item takes place where it does, or why it is left out. Every statement was found by trying. */
@Schema(name = "PlanWhy")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WhyView(
        int number,
        boolean placed,

        @Schema(description = "In the language of `Accept-Language`")
        String text,

        @Schema(description = "Placed: what the plan costs more with it, in minutes")
        List<Component> components,

        @Schema(description = "Placed: the lectures of its lecturer, this one included") @Nullable
        Integer load,

        @Schema(description = "Placed: the mean of all lecturers") @Nullable
        Double meanLoad,

        @Schema(description = "Placed: the best other ways, the cheapest first")
        List<Way> instead,

        @Schema(description = "Left out: each lecturer's day, counted at its first obstacle")
        List<ObstacleView> obstacles,

        @Schema(description = "Left out: the lecture that makes room at the least cost, if one alone can") @Nullable
        GiveWay giveWay) {

    /** Another way to place an item. */
    @Schema(name = "PlanWay")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Way(
            @Nullable LecturerRef lecturer,
            @Nullable PlannedVenue venue,
            OffsetDateTime start,

            @Schema(description = "As guest of this item") @Nullable
            Integer hostNumber,

            @Schema(description = "Minutes that the plan would cost more", examples = "47")
            double differenceMinutes,

            List<Component> components,

            @Schema(description = "In the language of `Accept-Language`")
            String text) {}

    /** A lecture that could give way. */
    @Schema(name = "PlanGiveWay")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record GiveWay(
            @Schema(description = "The item that would give way")
            int number,

            @Schema(description = "Whether it finds another slot")
            boolean placedAgain,

            Way way,
            String text) {}

    /** What to try. */
    @Schema(name = "PlanTryRequest")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Try(
            @Schema(description = "By default any lecturer") @Nullable
            UUID lecturerId,

            @Schema(description = "By default any day", examples = "2026-12-11") @Nullable
            LocalDate day,

            @Schema(description = "By default any time", examples = "2026-12-11T14:00:00+08:00") @Nullable
            OffsetDateTime start,

            @Schema(description = "Needs a start; by default any venue") @Nullable
            UUID venueId) {}

    /** What a trial found. */
    @Schema(name = "PlanTrial")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Tried(
            boolean possible,
            String text,

            @Schema(description = "If it is possible") @Nullable
            Way way,

            @Schema(description = "If it is not: each lecturer's day that was tried, at its first obstacle")
            List<ObstacleView> obstacles) {}
}
