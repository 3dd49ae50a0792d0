package org.lectern.scheduler.planning.web;

import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.scheduler.booking.Participants.LecturerRef;

/** One lecturer's day of a plan. */
@Schema(name = "PlanDay")
public record DayView(
        LecturerRef lecturer,
        @Schema(examples = "2026-12-10") LocalDate date,

        @Schema(description = "From home over all lectures of the day, booked ones included, and back", examples = "75")
        int travelMinutes,

        @Schema(description = "The lectures of the plan, in order")
        List<PlanItemView> lectures) {}
