package org.lectern.scheduler.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Violation;
import org.lectern.chassis.time.Years;
import org.lectern.chassis.time.Zones;

/** Parses windows from a request; every violation is recorded with its pointer. */
final class Windows {

    private final List<Violation> violations = new ArrayList<>();

    List<Violation> violations() {
        return violations;
    }

    ZoneId zone(@Nullable String name, ZoneId usual) {
        if (name == null) {
            return usual;
        }
        var zone = Zones.find(name);
        if (zone.isEmpty()) {
            violations.add(new Violation("/zone", "zone.unknown"));
        }
        return zone.orElse(usual);
    }

    /** Minutes of the week. */
    List<Span> weekly(@Nullable List<WeeklyWindowRequest> windows) {
        List<Span> spans = new ArrayList<>();
        List<WeeklyWindowRequest> given = windows == null ? List.of() : windows;
        for (int i = 0; i < given.size(); i++) {
            WeeklyWindowRequest window = given.get(i);
            int midnight = (window.day().getValue() - 1) * Span.DAY;
            add(spans, midnight, window.from(), window.until(), "/weekly/" + i);
        }
        return Span.merged(spans);
    }

    /** Minutes of the day. */
    List<Span> of(DateWindows date, String pointer) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < date.windows().size(); i++) {
            WindowRequest window = date.windows().get(i);
            add(spans, 0, window.from(), window.until(), pointer + "/windows/" + i);
        }
        return Span.merged(spans);
    }

    private void add(List<Span> spans, int midnight, String from, String until, String pointer) {
        int start = midnight + Span.minute(from);
        int end = midnight + Span.minute(until);
        if (start >= end) {
            violations.add(backwards(start - midnight, end - midnight, from, until, pointer + "/until"));
            return;
        }
        if (spans.stream().anyMatch(other -> other.from() < end && start < other.until())) {
            violations.add(new Violation(pointer + "/from", "window.overlap"));
            return;
        }
        spans.add(new Span(start, end));
    }

    /** A window over midnight is two windows; the end of the day is 24:00. */
    private static Violation backwards(int start, int end, String from, String until, String pointer) {
        if (start == end) {
            return new Violation(pointer, "window.until-after-from");
        }
        return end == 0
                ? new Violation(pointer, "window.until-midnight")
                : new Violation(pointer, "window.over-midnight", from, until);
    }

    /** Checks that dates are in range and unique. */
    void dates(List<DateWindows> exceptions) {
        Set<LocalDate> seen = new HashSet<>();
        for (int i = 0; i < exceptions.size(); i++) {
            LocalDate date = exceptions.get(i).date();
            String pointer = "/exceptions/" + i + "/date";
            within(date, pointer);
            if (!seen.add(date)) {
                violations.add(new Violation(pointer, "calendar.date-twice"));
            }
        }
    }

    boolean within(LocalDate date, String pointer) {
        boolean within = Years.accept(date.getYear());
        if (!within) {
            violations.add(new Violation(pointer, "time.year"));
        }
        return within;
    }

    static List<WeeklyWindowRequest> weekly(Hours hours) {
        List<WeeklyWindowRequest> windows = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            for (Span span : hours.of(day)) {
                windows.add(new WeeklyWindowRequest(day, Span.clock(span.from()), Span.clock(span.until())));
            }
        }
        return windows;
    }
}
