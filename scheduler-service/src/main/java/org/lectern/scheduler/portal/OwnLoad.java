package org.lectern.scheduler.portal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How much a lecturer has to do: lectures by day and week, with the limits, and the journeys between them. */
@Schema(name = "OwnLoad")
@JsonInclude(JsonInclude.Include.NON_NULL)
record OwnLoad(
        @Schema(description = "The zone of the days", examples = "Asia/Shanghai")
        String zone,

        @Schema(description = "The limit; absent without one", examples = "2") @Nullable
        Integer lecturesPerDay,

        @Schema(description = "The limit; absent without one", examples = "6") @Nullable
        Integer lecturesPerWeek,

        @Schema(description = "The days with lectures") List<Day> days,

        @Schema(description = "The ISO weeks with lectures; a week at the edge counts only the days asked for")
        List<Week> weeks,

        @Schema(description = "From one lecture at a place to the next, less than a day apart")
        List<Journey> journeys) {

    /** The lectures of a day. */
    @Schema(name = "OwnLoadDay")
    record Day(
            @Schema(examples = "2026-12-01") LocalDate date,
            @Schema(examples = "2") int lectures) {}

    /** The lectures of a week. */
    @Schema(name = "OwnLoadWeek")
    record Week(
            @Schema(description = "Its first day", examples = "2026-11-30")
            LocalDate monday,

            @Schema(examples = "5") int lectures) {}

    /** The way between two lectures. */
    @Schema(name = "OwnLoadJourney")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Journey(
            UUID fromBookingId,
            UUID toBookingId,

            @Schema(description = "How long the way takes; absent when a place is unknown", examples = "35") @Nullable
            Integer minutes,

            @Schema(description = "The free time between the lectures, without their buffers", examples = "90")
            int minutesAvailable) {}
}
