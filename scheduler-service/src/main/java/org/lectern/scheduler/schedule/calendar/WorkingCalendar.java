package org.lectern.scheduler.schedule.calendar;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.scheduler.schedule.calendar.CalendarDay.Kind;

/** Lookup of working days. */
@ApplicationScoped
public class WorkingCalendar {

    private final Sql sql;

    @Inject
    WorkingCalendar(Sql sql) {
        this.sql = sql;
    }

    /** A range of calendar days. A date outside it gives its usual kind, marked as not announced. */
    public static final class Days {

        private final Map<LocalDate, CalendarDay> named;
        private final Set<Integer> announced;

        Days(Map<LocalDate, CalendarDay> named, Set<Integer> announced) {
            this.named = named;
            this.announced = announced;
        }

        public CalendarDay on(LocalDate date) {
            CalendarDay day = named.get(date);
            return day == null ? CalendarDay.usual(date, announced.contains(date.getYear())) : day;
        }

        public boolean announced(int year) {
            return announced.contains(year);
        }
    }

    /** The days from the first to the last, both included. */
    public Days between(LocalDate first, LocalDate last) {
        return sql.reading(reader -> between(reader, first, last));
    }

    /** The same over an existing connection. */
    public static Days between(Sql.Reader reader, LocalDate first, LocalDate last) {
        Set<Integer> announced = new HashSet<>();
        Map<LocalDate, CalendarDay> named = new HashMap<>();
        // one round trip: the years of the range, then its named days
        List<CalendarDay> days = reader.list(
                """
                SELECT year AS year, cast(NULL AS date) AS on_date, NULL AS name, NULL AS off, NULL AS acts_as
                FROM calendar_year WHERE announced AND year BETWEEN ? AND ?
                UNION ALL
                SELECT year, on_date, name, off, acts_as FROM calendar_day WHERE on_date BETWEEN ? AND ?""",
                row -> {
                    LocalDate date = row.dateOrNull("on_date");
                    if (date == null) {
                        announced.add(row.number("year"));
                        return CalendarDay.usual(first, false);
                    }
                    CalendarDay day = day(date, row.text("name"), row.flag("off"), row.numberOrNull("acts_as"));
                    named.put(date, day);
                    return day;
                },
                first.getYear(),
                last.getYear(),
                first,
                last);
        assert days.size() >= named.size();
        return new Days(named, announced);
    }

    static CalendarDay day(LocalDate date, String name, boolean off, @Nullable Integer actsAs) {
        return new CalendarDay(
                date,
                off ? Kind.PUBLIC_HOLIDAY : Kind.MAKE_UP_WORKDAY,
                !off,
                true,
                name,
                actsAs == null ? null : DayOfWeek.of(actsAs));
    }

    static Map<LocalDate, CalendarDay> byDate(List<CalendarDay> days) {
        return days.stream().collect(Collectors.toMap(CalendarDay::date, Function.identity()));
    }
}
