package org.lectern.scheduler.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lectern.scheduler.schedule.Intervals.Interval;
import org.lectern.scheduler.schedule.calendar.CalendarDay;
import org.lectern.scheduler.schedule.calendar.WorkingCalendar;

/**
 * Windows of a week and dates on which others hold, on the wall clock of one zone.
 *
 * <p>A make-up workday keeps the windows of its own weekday unless the calendar says whose timetable it follows: nobody
 * is taken to work on a Saturday because an announcement exists. A date with an exception has the exception's windows,
 * whatever the calendar says.
 *
 * @param weekly minutes of the week; none means that the week does not restrict
 */
public record Hours(ZoneId zone, List<Span> weekly, Map<LocalDate, List<Span>> exceptions) {

    /** An exception as it is read from the database: the date, a space and a multirange. */
    static Map<LocalDate, List<Span>> exceptions(List<String> texts) {
        Map<LocalDate, List<Span>> exceptions = new HashMap<>();
        for (String text : texts) {
            exceptions.put(LocalDate.parse(text.substring(0, 10)), Span.ofMultirange(text.substring(11)));
        }
        return exceptions;
    }

    /** The windows of one date; {@code usual} are those of a week that does not restrict. */
    List<Span> on(CalendarDay day, Span usual) {
        List<Span> exception = exceptions.get(day.date());
        if (exception != null) {
            return exception;
        }
        return weekly.isEmpty() ? List.of(usual) : of(day.timetable());
    }

    /** The windows of a weekday. */
    List<Span> of(DayOfWeek day) {
        int midnight = (day.getValue() - 1) * Span.DAY;
        List<Span> windows = new ArrayList<>();
        for (Span span : weekly) {
            int from = Math.max(span.from() - midnight, 0);
            int until = Math.min(span.until() - midnight, Span.DAY);
            if (from < until) {
                windows.add(new Span(from, until));
            }
        }
        return windows;
    }

    /** All windows of these dates as moments; windows that touch at midnight are one. */
    public Intervals open(LocalDate first, LocalDate last, WorkingCalendar.Days calendar, Span usual) {
        if (weekly.isEmpty() && exceptions.isEmpty() && usual.equals(new Span(0, Span.DAY))) {
            return Intervals.ALWAYS;
        }
        List<Interval> open = new ArrayList<>();
        for (LocalDate date = first; !date.isAfter(last); date = date.plusDays(1)) {
            for (Span window : on(calendar.on(date), usual)) {
                open.add(new Interval(moment(date, window.from(), zone), moment(date, window.until(), zone)));
            }
        }
        return Intervals.of(open);
    }

    /** When a clock in that zone shows the minute; one that a clock change skips comes as late as the change is long. */
    public static long moment(LocalDate date, int minute, ZoneId zone) {
        LocalDate day = minute == Span.DAY ? date.plusDays(1) : date;
        int of = minute == Span.DAY ? 0 : minute;
        return day.atTime(of / 60, of % 60).atZone(zone).toEpochSecond();
    }
}
