package org.lectern.scheduler.booking.series;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Violation;
import org.lectern.chassis.time.Years;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.series.SeriesRequest.Weekly;

/**
 * The dates of a series. The local time stays the same across clock changes. Of a repeated time the first counts. A
 * skipped time does not exist: the date has no lecture (RFC 5545, section 3.3.10).
 */
final class Pattern {

    private Pattern() {}

    /**
     * One date of the pattern.
     *
     * @param start of a skipped time the first one after it
     */
    record Occurrence(
            String pointer,
            LocalDate date,
            ZonedDateTime start,
            @Nullable ClockChange clockChange) {}

    /** The local time is skipped or repeated on that date. */
    @Schema(
            name = "ClockChange",
            description = "`GAP`: the time is skipped, there is no lecture on that date; "
                    + "`OVERLAP`: the time comes twice, the lecture starts at the first")
    enum ClockChange {
        GAP,
        OVERLAP
    }

    /**
     * The requested occurrences, in order.
     *
     * @throws InvalidRequest when the pattern is empty, or has too many occurrences
     */
    static List<Occurrence> occurrences(SeriesRequest request, ZoneId zone, int most) {
        List<Violation> violations = new ArrayList<>();
        LocalTime time = request.startTime();
        if (time.getSecond() != 0 || time.getNano() != 0) {
            violations.add(new Violation("/startTime", "time.whole-minute"));
        }
        List<Dated> dates = new ArrayList<>();
        Weekly weekly = request.weekly();
        List<LocalDate> listed = request.dates();
        if (weekly != null && listed == null) {
            dates = weekly(weekly, most, violations);
        } else if (listed != null && weekly == null) {
            dates = listed(listed, violations);
        } else {
            violations.add(new Violation("", "series.weekly-or-dates"));
        }
        if (violations.isEmpty() && dates.size() > most) {
            violations.add(new Violation(weekly == null ? "/dates" : "/weekly", "series.too-many", most));
        }
        if (violations.isEmpty() && dates.isEmpty()) {
            violations.add(new Violation("/weekly/until", "series.no-date"));
        }
        Set<LocalDate> known = new HashSet<>();
        dates.forEach(each -> known.add(each.date()));
        if (violations.isEmpty()) {
            new TreeSet<>(request.skipped())
                    .stream()
                            .filter(date -> !known.contains(date))
                            .forEach(date -> violations.add(new Violation("/skip", "series.skip-unknown", date)));
        }
        InvalidRequest.unlessEmpty(violations);
        return dates.stream().map(each -> at(each, time, zone)).toList();
    }

    /**
     * Dates that a series gets in addition, in order.
     *
     * @param pattern as the series was asked for
     * @param missing its dates that were left out
     * @param like the time and zone of the new occurrences
     * @param present all occurrences so far
     * @throws InvalidRequest when there is no such date, one is there already, or there would be too many
     */
    static List<Occurrence> further(
            SeriesRequest pattern,
            List<LocalDate> missing,
            SeriesRequest like,
            List<BookingView> present,
            SeriesExtension more,
            int most) {
        more.demandOneWay();
        List<Violation> violations = new ArrayList<>();
        List<Dated> dates = new ArrayList<>();
        List<LocalDate> listed = more.dates();
        if (listed != null) {
            dates = listed(listed, violations);
        } else if (more.addsMissing()) {
            for (LocalDate date : missing) {
                dates.add(new Dated("/missing", date));
            }
        } else {
            String way = more.count() == null ? "/until" : "/count";
            Weekly rule = pattern.weekly();
            if (rule == null) {
                violations.add(new Violation(way, "series.no-rule"));
            } else if (more.until() != null) {
                year("/until", more.until(), violations);
            }
            InvalidRequest.unlessEmpty(violations);
            if (rule != null) {
                dates = after(rule, last(rule, missing, present), more, way, most);
            }
        }
        Set<LocalDate> taken = new HashSet<>();
        present.stream().filter(each -> each.status().occupies()).forEach(each -> taken.add(Template.date(each)));
        for (Dated each : dates) {
            if (taken.contains(each.date())) {
                violations.add(new Violation(each.pointer(), "series.date-exists", each.date()));
            }
        }
        if (violations.isEmpty() && dates.isEmpty()) {
            violations.add(new Violation(more.addsMissing() ? "/missing" : "/until", "series.no-further-date"));
        }
        if (violations.isEmpty() && present.size() + dates.size() > most) {
            violations.add(new Violation(dates.getFirst().pointer(), "series.too-many", most));
        }
        InvalidRequest.unlessEmpty(violations);
        ZoneId zone = ZoneId.of(String.valueOf(like.zone()));
        return dates.stream().map(each -> at(each, like.startTime(), zone)).toList();
    }

    /** The last date that the series has, or once had. */
    private static LocalDate last(Weekly rule, List<LocalDate> missing, List<BookingView> present) {
        return Stream.concat(missing.stream(), present.stream().map(Template::date))
                .max(Comparator.naturalOrder())
                .orElse(rule.from().minusDays(1));
    }

    /** The dates of the rule after a date; the weeks are counted from the rule's begin. */
    private static List<Dated> after(Weekly rule, LocalDate last, SeriesExtension more, String pointer, int most) {
        Set<DayOfWeek> weekdays = weekdays(rule);
        int interval = rule.interval() == null ? 1 : rule.interval();
        LocalDate until = more.until();
        Integer count = more.count();
        List<Dated> dates = new ArrayList<>();
        LocalDate monday = rule.from().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        while (true) {
            for (DayOfWeek day : weekdays) {
                LocalDate date = monday.with(TemporalAdjusters.nextOrSame(day));
                boolean enough = count != null && dates.size() == count || dates.size() > most;
                if (enough || until != null && date.isAfter(until)) {
                    return dates;
                }
                if (date.isAfter(last)) {
                    dates.add(new Dated(pointer, date));
                }
            }
            monday = monday.plusWeeks(interval);
        }
    }

    private static Set<DayOfWeek> weekdays(Weekly weekly) {
        return new TreeSet<>(weekly.weekdays() == null ? Set.of(weekly.from().getDayOfWeek()) : weekly.weekdays());
    }

    private record Dated(String pointer, LocalDate date) {}

    private static List<Dated> weekly(Weekly weekly, int most, List<Violation> violations) {
        year("/weekly/from", weekly.from(), violations);
        LocalDate until = weekly.until();
        Integer count = weekly.count();
        if (until != null) {
            year("/weekly/until", until, violations);
        }
        if ((count == null) == (until == null)) {
            violations.add(new Violation("/weekly", "series.count-or-until"));
        }
        if (!violations.isEmpty()) {
            return List.of();
        }
        Set<DayOfWeek> weekdays = weekdays(weekly);
        int interval = weekly.interval() == null ? 1 : weekly.interval();
        int wanted = count == null ? Integer.MAX_VALUE : count;
        List<Dated> dates = new ArrayList<>();
        LocalDate monday = weekly.from().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        while (true) {
            for (DayOfWeek day : weekdays) {
                LocalDate date = monday.with(TemporalAdjusters.nextOrSame(day));
                if (dates.size() == wanted || dates.size() > most || (until != null && date.isAfter(until))) {
                    return dates;
                }
                if (!date.isBefore(weekly.from())) {
                    dates.add(new Dated("/weekly", date));
                }
            }
            monday = monday.plusWeeks(interval);
        }
    }

    private static List<Dated> listed(List<LocalDate> listed, List<Violation> violations) {
        List<Dated> dates = new ArrayList<>();
        Set<LocalDate> seen = new HashSet<>();
        for (int i = 0; i < listed.size(); i++) {
            LocalDate date = listed.get(i);
            year("/dates/" + i, date, violations);
            if (!seen.add(date)) {
                violations.add(new Violation("/dates/" + i, "series.date-twice"));
            }
            dates.add(new Dated("/dates/" + i, date));
        }
        dates.sort(Comparator.comparing(Dated::date));
        return dates;
    }

    private static void year(String pointer, LocalDate date, List<Violation> violations) {
        if (!Years.accept(date.getYear())) {
            violations.add(new Violation(pointer, "time.year"));
        }
    }

    private static Occurrence at(Dated dated, LocalTime time, ZoneId zone) {
        LocalDateTime wall = dated.date().atTime(time);
        return new Occurrence(
                dated.pointer(), dated.date(), ZonedDateTime.ofLocal(wall, zone, null), clockChange(wall, zone));
    }

    /** Whether the zone skips or repeats that local time. */
    static @Nullable ClockChange clockChange(LocalDateTime wall, ZoneId zone) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(wall);
        if (transition == null) {
            return null;
        }
        return transition.isGap() ? ClockChange.GAP : ClockChange.OVERLAP;
    }
}
