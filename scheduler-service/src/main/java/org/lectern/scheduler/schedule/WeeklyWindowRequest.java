package org.lectern.scheduler.schedule;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.DayOfWeek;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A daily period that recurs weekly. */
@Schema(name = "WeeklyWindow")
record WeeklyWindowRequest(
        @NotNull DayOfWeek day,

        @Schema(examples = "08:30")
        @NotNull
        @Pattern(regexp = WindowRequest.CLOCK, message = "{org.lectern.Clock.message}")
        String from,

        @Schema(description = "Exclusive; 24:00 is the end of the day", examples = "11:30")
        @NotNull
        @Pattern(regexp = WindowRequest.CLOCK + "|24:00", message = "{org.lectern.Clock.message}")
        String until) {}
