package org.lectern.scheduler.planning.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A routing instance: visits (lectures to place), shifts (one lecturer's day each), places, branches, and stops that
 * are booked already. Everything is an index from 0; times and durations are whole units from an origin that the caller
 * chooses, minutes for lectures.
 *
 * <p>With a {@link Grid}, each day has at most 64 possible starts and a {@code long} says which of them something
 * allows. Without one, only {@link Visit#ready} and {@link Visit#due} bound a start.
 *
 * @param grid null if any time can be a start
 * @param skills the number of skills
 * @param positions null if travel times say what is near
 * @param interval the least number of days between two lectures at a branch, 0 for none
 * @param visited lectures of the campaign that are booked, for the interval
 */
public record Instance(
        int days,
        List<Shape> shapes,
        @Nullable Grid grid,
        List<Visit> visits,
        List<Place> places,
        List<Branch> branches,
        List<Lecturer> lecturers,
        List<Shift> shifts,
        int skills,
        Skills able,
        Travel travel,
        @Nullable Positions positions,
        int interval,
        List<Visited> visited,
        Joint joint,
        Weights weights) {

    public static final int NOWHERE = -1;
    public static final int NOBODY = -1;
    public static final int ALWAYS = 1_000_000_000;
    public static final long EVERY_START = -1L;

    /** What a lecture occupies: setup before its start, then duration, then teardown. */
    public record Shape(int duration, int setup, int teardown) {}

    /** Start {@code k} of a day lies {@code k × step} after the day's first start. */
    public record Grid(List<Integer> firstStart, int step) {

        public Grid {
            firstStart = List.copyOf(firstStart);
        }
    }

    /** Bits of the allowed starts of a shape on a day. */
    @FunctionalInterface
    public interface Starts {

        Starts ALL = (day, shape) -> EVERY_START;

        long on(int day, int shape);
    }

    /** A place where a visit may take place. Its cost is in minutes, negative for a preferred one. */
    public record Option(int place, double cost) {}

    /**
     * Where a visit is booked now and should stay if possible.
     *
     * @param factor multiplies the cost of leaving it: more for a lecture that people were notified of
     * @param holds whether it may stay; otherwise lecturer, place or time is gone, and the slot says only what changes
     */
    public record Standing(int lecturer, int day, int start, int place, double factor, boolean holds) {

        public Standing(int lecturer, int day, int start, int place, double factor) {
            this(lecturer, day, start, place, factor, true);
        }

        Standing gone() {
            return new Standing(lecturer, day, start, place, factor, false);
        }
    }

    /**
     * A lecture to place.
     *
     * @param skill a lecturer needs it (a topic; or a topic and a tier)
     * @param options the places, own rooms first
     * @param importance multiplies the cost of leaving it out
     * @param demand of the capacity of a shift
     * @param heads for the capacity of a place that several branches share
     * @param ready the earliest start
     * @param due the latest start
     * @param joins whether it may be a guest or have guests
     */
    public record Visit(
            int branch,
            int skill,
            int shape,
            List<Option> options,
            double importance,
            int demand,
            int heads,
            int ready,
            int due,
            boolean joins,
            @Nullable Standing standing) {

        public Visit {
            options = List.copyOf(options);
        }

        public static Visit at(int branch, int skill, int place) {
            return new Visit(branch, skill, 0, List.of(new Option(place, 0)), 1, 1, 0, -ALWAYS, ALWAYS, false, null);
        }

        Visit nowhere() {
            return new Visit(branch, skill, shape, List.of(), importance, demand, heads, ready, due, false, null);
        }

        Visit with(double otherImportance, @Nullable Standing otherStanding) {
            return new Visit(
                    branch, skill, shape, options, otherImportance, demand, heads, ready, due, joins, otherStanding);
        }
    }

    /** A room or hall. Its starts bound the lecture itself, not its buffers. */
    public record Place(int location, int capacity, Starts starts) {}

    /** Who is visited; not exclusive if it allows parallel lectures. */
    public record Branch(int location, boolean exclusive, Starts starts) {}

    /**
     * Who visits.
     *
     * @param home where each shift starts and ends, or {@link #NOWHERE}
     * @param weekLimit lectures a week, those booked already included
     * @param load lectures that count for an even share and are booked already
     * @param cost per visit of this lecturer in minutes: scarce tiers are spared
     */
    public record Lecturer(int home, int weekLimit, int load, double cost) {}

    /**
     * One lecturer's day.
     *
     * @param capacity the sum of the demands, bookings included
     * @param leaves when the journey from home starts at the earliest; −{@link #ALWAYS} if that does not matter
     * @param back when the journey ends at the latest
     * @param starts one mask per shape
     * @param booked stops that stay
     */
    public record Shift(
            int lecturer,
            int day,
            int week,
            int capacity,
            int leaves,
            int back,
            List<Long> starts,
            List<Booked> booked) {

        public Shift {
            starts = List.copyOf(starts);
            booked = List.copyOf(booked);
        }
    }

    /** A stop that stays as it is; it occupies from {@code start − before} until {@code start + after}. */
    public record Booked(int start, int before, int after, int location, int demand) {}

    /** Joint lectures: the most guests of a lecture, and the longest way of a guest; none if {@code most} is 0. */
    public record Joint(int most, int longestWay) {}

    /** Whether a lecturer can give lectures of a skill. */
    @FunctionalInterface
    public interface Skills {

        boolean has(int lecturer, int skill);
    }

    /** Coordinates of the locations in any unit, to find what is near; NaN where unknown. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Positions(double[] x, double[] y) {}

    /** A branch has a lecture on that day already: the interval applies to it. */
    public record Visited(int branch, int day) {}

    Instance with(List<Visit> otherVisits, List<Place> otherPlaces, List<Shift> otherShifts, Weights otherWeights) {
        return new Instance(
                days,
                shapes,
                grid,
                otherVisits,
                otherPlaces,
                branches,
                lecturers,
                otherShifts,
                skills,
                able,
                travel,
                positions,
                interval,
                visited,
                joint,
                otherWeights);
    }
}
