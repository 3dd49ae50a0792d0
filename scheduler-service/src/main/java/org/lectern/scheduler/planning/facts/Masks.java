package org.lectern.scheduler.planning.facts;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.planning.facts.Facts.Busy;
import org.lectern.scheduler.planning.facts.Facts.Engagement;
import org.lectern.scheduler.planning.facts.Facts.Lecturer;
import org.lectern.scheduler.planning.facts.Facts.Target;
import org.lectern.scheduler.planning.facts.Facts.Venue;
import org.lectern.scheduler.planning.search.Instance;
import org.lectern.scheduler.planning.search.Instance.Shape;
import org.lectern.scheduler.schedule.Hours;
import org.lectern.scheduler.schedule.Intervals;
import org.lectern.scheduler.schedule.Intervals.Interval;
import org.lectern.scheduler.schedule.LecturerSchedule;
import org.lectern.scheduler.schedule.Span;

/** The starts that lecturers, venues and branches allow, decided by the classes that booking and its search ask. */
final class Masks {

    private static final Span ALL_DAY = new Span(0, Span.DAY);

    private final Facts facts;
    private final Terms terms;
    private final Grid grid;
    private final List<Shape> shapes;
    private final Atlas atlas;
    /** Bookings that the plan may change: they occupy nothing. */
    private final Set<UUID> loose;

    private final Map<Hours, long[]> openByHours = new HashMap<>();
    private final Map<ZoneId, long[]> workdaysByZone = new HashMap<>();
    private final Map<Integer, Integer> longestWays = new HashMap<>();

    Masks(Facts facts, Terms terms, Grid grid, List<Shape> shapes, Atlas atlas, Set<UUID> loose) {
        this.facts = facts;
        this.terms = terms;
        this.grid = grid;
        this.shapes = shapes;
        this.atlas = atlas;
        this.loose = loose;
    }

    /** What a lecturer's schedule is evaluated with, once for all days. */
    final class OfLecturer {

        private final Lecturer lecturer;
        private final List<Engagement> engagements;
        private final Intervals open;

        OfLecturer(Lecturer lecturer, List<Engagement> engagements) {
            this.lecturer = lecturer;
            this.engagements = engagements;
            open = lecturer.schedule().hours().open(facts.first(), facts.last(), facts.calendar(), facts.usual());
        }

        /** The date on which a lecture counts for the lecturer's limits. */
        LocalDate date(long moment) {
            return Instant.ofEpochSecond(moment)
                    .atZone(lecturer.schedule().hours().zone())
                    .toLocalDate();
        }

        /** One mask per shape; the bookings of the day itself are stops of the shift and not asked here. */
        List<Long> on(int day) {
            LocalDate date = grid.date(day);
            List<Long> masks = new ArrayList<>();
            boolean none = !grid.isPlanned(day) || terms.isLecturerGone(lecturer.id(), date);
            List<Engagement> others = none
                    ? List.of()
                    : engagements.stream()
                            .filter(each -> !date(each.start()).equals(date))
                            .toList();
            for (Shape shape : shapes) {
                masks.add(none ? 0L : grid.mask(day, start -> allows(date, day, start, shape, others)));
            }
            return masks;
        }

        private boolean allows(LocalDate date, int day, long start, Shape shape, List<Engagement> others) {
            LecturerSchedule schedule = lecturer.schedule();
            long end = start + shape.duration() * 60L;
            return end <= grid.closing(day)
                    && start >= terms.earliest().getEpochSecond()
                    && start <= facts.latest().getEpochSecond()
                    && date(start).equals(date)
                    && open.cover(start, end)
                    && !schedule.blackouts().touch(start, end)
                    && schedule.noticed(start, terms.earliest().getEpochSecond())
                    && others.stream()
                            .allMatch(each ->
                                    leavesTime(each, start - shape.setup() * 60L, end + shape.teardown() * 60L));
        }

        /** Whether a booking of another day leaves time for the longest way from or to its place. */
        private boolean leavesTime(Engagement other, long from, long until) {
            long gap = Math.max(from - other.until(), other.from() - until);
            return gap >= 0 && (other.spot() == null || gap >= way(atlas.number(other.spot()), gap) * 60L);
        }

        private int way(int location, long gap) {
            return atlas.longest() * 60L <= gap
                    ? atlas.longest()
                    : longestWays.computeIfAbsent(location, atlas::longestFrom);
        }
    }

    Instance.Starts venue(Venue venue) {
        long[] open = openByHours.computeIfAbsent(venue.hours(), this::open);
        List<Busy> busy = occupied(facts.venueBusy().get(venue.id()));
        return (day, shape) -> terms.isVenueGone(venue.id(), grid.date(day))
                ? 0
                : free(open[day * shapes.size() + shape], busy, day, shape);
    }

    /** The public holidays of the branch's zone, and its other lectures unless it allows parallel ones. */
    Instance.Starts branch(Target branch) {
        long[] workdays = workdaysByZone.computeIfAbsent(branch.zone(), this::workdays);
        List<Busy> busy =
                branch.parallel() ? List.of() : occupied(facts.branchBusy().get(branch.id()));
        return (day, shape) -> free(workdays[day * shapes.size() + shape], busy, day, shape);
    }

    private List<Busy> occupied(@Nullable List<Busy> all) {
        return all == null
                ? List.of()
                : all.stream().filter(each -> !loose.contains(each.bookingId())).toList();
    }

    private long[] open(Hours hours) {
        Intervals open = hours.open(facts.first(), facts.last(), facts.calendar(), ALL_DAY);
        return table((day, shape) -> grid.mask(
                day, start -> open.cover(start, start + shapes.get(shape).duration() * 60L)));
    }

    private long[] workdays(ZoneId zone) {
        return table((day, shape) -> grid.mask(day, start -> {
            LocalDate date = Instant.ofEpochSecond(start).atZone(zone).toLocalDate();
            return !facts.calendar().on(date).publicHoliday();
        }));
    }

    private long[] table(Instance.Starts starts) {
        long[] table = new long[grid.days() * shapes.size()];
        for (int day = 0; day < grid.days(); day++) {
            for (int shape = 0; shape < shapes.size() && grid.isPlanned(day); shape++) {
                table[day * shapes.size() + shape] = starts.on(day, shape);
            }
        }
        return table;
    }

    private long free(long open, List<Busy> busy, int day, int shape) {
        if (open == 0 || busy.isEmpty()) {
            return open;
        }
        Shape of = shapes.get(shape);
        List<Interval> taken = new ArrayList<>();
        busy.forEach(each -> taken.add(new Interval(each.from(), each.until())));
        Intervals intervals = Intervals.of(taken);
        return open
                & grid.mask(
                        day,
                        start -> !intervals.touch(
                                start - of.setup() * 60L, start + (of.duration() + of.teardown()) * 60L));
    }
}
