package org.lectern.scheduler.planning.facts;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.lectern.scheduler.planning.search.Instance;
import org.lectern.scheduler.schedule.Hours;
import org.lectern.scheduler.schedule.Span;

/**
 * The proposed starts of each day: at most 64, so that one {@code long} says which of them something allows. The days
 * of the plan come first; after them come other days of their weeks, which only count for limits.
 */
final class Grid {

    private static final int MOST = 64;

    private final ZoneId zone;
    private final List<LocalDate> dates = new ArrayList<>();
    private final Map<LocalDate, Integer> days = new HashMap<>();
    private final long[] first;
    private final int planned;
    private final long origin;
    final Span hours;
    final int step;
    final int starts;

    /**
     * Lays out the starts.
     *
     * @param wish the minutes between two starts; more if a day would have too many
     * @param more instants that should be starts if a finer step has them
     */
    Grid(ZoneId zone, LocalDate from, LocalDate until, Span hours, int wish, List<Instant> more) {
        this.zone = zone;
        this.hours = hours;
        add(from, until);
        planned = dates.size();
        add(monday(from), from.minusDays(1));
        add(until.plusDays(1), monday(until).plusDays(6));
        first = new long[dates.size()];
        for (int i = 0; i < first.length; i++) {
            first[i] = Hours.moment(dates.get(i), hours.from(), zone);
        }
        origin = first[0] - first[0] % 60;
        int length = hours.until() - hours.from();
        int coarse = wish;
        while (length / coarse + 1 > MOST) {
            coarse += wish;
        }
        step = finer(coarse, length, more);
        starts = length / step + 1;
    }

    private int finer(int coarse, int length, List<Instant> more) {
        for (int each = coarse; each >= 5; each--) {
            int tried = each;
            if (coarse % each == 0
                    && length / each < MOST
                    && more.stream().allMatch(start -> isOn(start.getEpochSecond(), tried))) {
                return each;
            }
        }
        return coarse;
    }

    private boolean isOn(long start, int step) {
        Integer day = days.get(Instant.ofEpochSecond(start).atZone(zone).toLocalDate());
        return day == null || Math.floorMod(start - first[day], step * 60L) == 0;
    }

    private void add(LocalDate from, LocalDate until) {
        for (LocalDate date = from; !date.isAfter(until); date = date.plusDays(1)) {
            days.put(date, dates.size());
            dates.add(date);
        }
    }

    static LocalDate monday(LocalDate date) {
        return date.minusDays(date.getDayOfWeek().getValue() - 1L);
    }

    int days() {
        return dates.size();
    }

    boolean isPlanned(int day) {
        return day < planned;
    }

    LocalDate date(int day) {
        return dates.get(day);
    }

    /** The day of a date, or −1 outside the weeks of the plan. */
    int day(LocalDate date) {
        return days.getOrDefault(date, -1);
    }

    /** Number of the ISO week, from 0. */
    int week(int day) {
        return (int)
                ((monday(dates.get(day)).toEpochDay() - monday(dates.getFirst()).toEpochDay()) / 7);
    }

    LocalDate localDate(long moment) {
        return Instant.ofEpochSecond(moment).atZone(zone).toLocalDate();
    }

    /** The bits of the starts that a test allows. */
    long mask(int day, LongPredicate allowed) {
        long mask = 0;
        for (int start = 0; start < starts; start++) {
            if (allowed.test(first[day] + 60L * step * start)) {
                mask |= 1L << start;
            }
        }
        return mask;
    }

    /** The first start of a day, in seconds since 1970. */
    long first(int day) {
        return first[day];
    }

    /** When proposals of a day have to end. */
    long closing(int day) {
        return Hours.moment(dates.get(day), hours.until(), zone);
    }

    /** Whole minutes of the problem, rounded down. */
    int minute(long moment) {
        return Math.toIntExact(Math.floorDiv(moment - origin, 60));
    }

    /** Whole minutes of the problem, rounded up. */
    int minuteAfter(long moment) {
        return Math.toIntExact(Math.ceilDiv(moment - origin, 60L));
    }

    Instant moment(int minute) {
        return Instant.ofEpochSecond(origin + minute * 60L);
    }

    Instance.Grid toInstance() {
        List<Integer> minutes = new ArrayList<>();
        for (long each : first) {
            minutes.add(minute(each));
        }
        return new Instance.Grid(minutes, step);
    }
}
