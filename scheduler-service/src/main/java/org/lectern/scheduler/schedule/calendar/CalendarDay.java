package org.lectern.scheduler.schedule.calendar;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.DayOfWeek;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One date of the working calendar.
 *
 * @param announced whether the holidays of its year are known; if not, only weekdays and weekends are distinguished
 */
@Schema(name = "CalendarDay")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CalendarDay(
        @Schema(examples = "2026-10-01") LocalDate date,

        @Schema(
                description = "WORKDAY and WEEKEND as usual, or as announced: PUBLIC_HOLIDAY, MAKE_UP_WORKDAY",
                examples = "PUBLIC_HOLIDAY")
        Kind kind,

        @Schema(description = "Whether it is a working day, as far as is known", examples = "false")
        boolean workday,

        @Schema(description = "False while the year's holidays are unknown; the kind then follows the weekday")
        boolean announced,

        @Schema(examples = "国庆节") @Nullable String name,

        @Schema(description = "The weekday of the timetable of a make-up workday, if that was announced") @Nullable
        DayOfWeek actsAs) {

    /** The kind of a date. */
    @Schema(name = "CalendarDayKind")
    public enum Kind {
        WORKDAY,
        WEEKEND,
        PUBLIC_HOLIDAY,
        MAKE_UP_WORKDAY
    }

    static CalendarDay usual(LocalDate date, boolean announced) {
        boolean weekend = date.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
        return new CalendarDay(date, weekend ? Kind.WEEKEND : Kind.WORKDAY, !weekend, announced, null, null);
    }

    /**
     * The weekday for the windows of this date. It is the date's own weekday, also on a make-up workday, unless the
     * announcement names another.
     */
    public DayOfWeek timetable() {
        return actsAs == null ? date.getDayOfWeek() : actsAs;
    }

    public boolean publicHoliday() {
        return kind == Kind.PUBLIC_HOLIDAY;
    }
}
