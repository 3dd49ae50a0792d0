package org.lectern.scheduler.schedule.calendar;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.DayOfWeek;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.validation.MaxLength;
import org.lectern.scheduler.validation.SingleLine;

/** A date named by an announcement: a public holiday or a make-up workday. */
@Schema(name = "NamedDay")
@JsonInclude(JsonInclude.Include.NON_NULL)
record NamedDay(
        @Schema(examples = "2026-10-01") @NotNull LocalDate date,

        @Schema(examples = "国庆节") @NotBlank @SingleLine @MaxLength(100)
        String name,

        @Schema(description = "true: a public holiday; false: a make-up workday", examples = "true") @NotNull
        Boolean isOffDay,

        @Schema(
                description = "Only for a make-up workday: the announced weekday of its timetable. "
                        + "Without it, its own weekday counts")
        @Nullable
        DayOfWeek actsAs) {

    static NamedDay of(CalendarDay day) {
        return new NamedDay(day.date(), day.name() == null ? "" : day.name(), day.publicHoliday(), day.actsAs());
    }
}
