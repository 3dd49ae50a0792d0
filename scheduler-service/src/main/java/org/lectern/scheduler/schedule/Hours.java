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
 * Weekly windows, and dates with exceptional ones, in local time of one zone.
 *
 * <p>A make-up workday has the windows of its own weekday unless the calendar names another weekday. An announcement
 * alone does not make a lecturer work on a Saturday. The windows of an exception take precedence over the calendar.
 *
 * @param weekly minutes of the week; empty means no restriction
 */
public record Hours(ZoneId zone, List<Span> weekly, Map<LocalDate, List<Span>> exceptions) {

    /** Parses an exception from the database: the date, a space and a multirange. */
    static Map<LocalDate, List<Span>> exceptions(List<String> texts) {
        Map<LocalDate, List<Span>> exceptions = new HashMap<>();
        for (String text : texts) {
            exceptions.put(LocalDate.parse(text.substring(0, 10)), Span.ofMultirange(text.substring(11)));
        }
        return exceptions;
    }

    /** The windows of one date; {@code usual} applies when the week has no restriction. */
    List<Span> on(CalendarDay day, Span usual) {
        List<Span> exception = exceptions.get(day.date());
        if (exception != null) {
            return exception;
        }
        return weekly.isEmpty() ? List.of(usual) : of(day.timetable());
    }

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

    /** All windows of these dates as instants; windows that touch at midnight are merged. */
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

    /** The instant of a local minute. A minute skipped by a clock change is moved later by the length of the change. */
    public static long moment(LocalDate date, int minute, ZoneId zone) {
        LocalDate day = minute == Span.DAY ? date.plusDays(1) : date;
        int of = minute == Span.DAY ? 0 : minute;
        return day.atTime(of / 60, of % 60).atZone(zone).toEpochSecond();
    }
}
