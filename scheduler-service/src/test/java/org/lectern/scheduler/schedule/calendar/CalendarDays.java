package org.lectern.scheduler.schedule.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Days of the working calendar for tests without a database. */
public final class CalendarDays {

    private final Map<LocalDate, CalendarDay> named = new HashMap<>();
    private final Set<Integer> announced;

    private CalendarDays(Set<Integer> announced) {
        this.announced = announced;
    }

    /** Days with known holidays for these years only. */
    public static CalendarDays announcedFor(Integer... years) {
        return new CalendarDays(Set.of(years));
    }

    public CalendarDays holiday(String date) {
        return named(date, true, null);
    }

    public CalendarDays makeUpWorkday(String date, @Nullable DayOfWeek actsAs) {
        return named(date, false, actsAs);
    }

    private CalendarDays named(String date, boolean off, @Nullable DayOfWeek actsAs) {
        LocalDate day = LocalDate.parse(date);
        named.put(day, WorkingCalendar.day(day, "国庆节", off, actsAs == null ? null : actsAs.getValue()));
        return this;
    }

    public WorkingCalendar.Days days() {
        return new WorkingCalendar.Days(Map.copyOf(named), announced);
    }
}
