package org.lectern.scheduler.schedule.calendar;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A range of the working calendar by day. */
@Schema(name = "CalendarRange")
record RangeView(
        @Schema(description = "The years of the range, and whether their holidays are known")
        List<Year> years,

        List<CalendarDay> days) {

    /** Whether the holidays of a year are known. */
    @Schema(name = "CalendarYearStatus")
    record Year(int year, boolean announced) {}
}
