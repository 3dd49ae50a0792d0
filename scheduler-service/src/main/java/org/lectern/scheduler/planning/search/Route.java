package org.lectern.scheduler.planning.search;

import java.util.Arrays;

/**
 * The stops of one shift in order, with the earliest schedule and how late each stop could start. A stop is a visit, or
 * a booking that stands (numbered from −1 downwards).
 */
final class Route {

    static final int NONE = Integer.MIN_VALUE;

    private static final int[] NO_NUMBERS = {};
    private static final long[] NO_MASKS = {};
    private static final boolean[] NO_FLAGS = {};

    private final Problem problem;
    final int shift;
    final int lecturer;
    final int day;

    int size;
    int booked;
    int demand;
    int[] stop = NO_NUMBERS;
    int[] place = NO_NUMBERS;
    /** Location of the stop, or {@link Problem#NOWHERE} for a broadcast. */
    int[] at = NO_NUMBERS;
    /** Where the lecturer is after the stop: a broadcast changes nothing. */
    int[] then = NO_NUMBERS;

    int[] before = NO_NUMBERS;
    int[] after = NO_NUMBERS;
    int[] lo = NO_NUMBERS;
    int[] hi = NO_NUMBERS;
    long[] starts = NO_MASKS;
    /** Whether the start is on the grid; otherwise only {@code lo} and {@code hi} bound it. */
    boolean[] grid = NO_FLAGS;

    boolean[] pinned = NO_FLAGS;
    int[] start = NO_NUMBERS;
    int[] late = NO_NUMBERS;
    /** Travel of the whole journey. */
    long journey;

    Route(Problem problem, int shift) {
        this.problem = problem;
        this.shift = shift;
        this.lecturer = problem.shifts[shift].lecturer();
        this.day = problem.shifts[shift].day();
    }

    int home() {
        return problem.lecturers[lecturer].home();
    }

    boolean isUnused() {
        return size == 0;
    }

    int planned() {
        return size - booked;
    }

    int indexOf(int visit) {
        for (int i = 0; i < size; i++) {
            if (stop[i] == visit) {
                return i;
            }
        }
        throw new IllegalStateException("The visit is not in this route: " + visit);
    }

    /** The position that keeps the order of starts. */
    int positionFor(int moment) {
        int position = 0;
        while (position < size && start[position] < moment) {
            position++;
        }
        return position;
    }

    void fill(int position, int visit, int where, int location, int setup, int rest) {
        stop[position] = visit;
        place[position] = where;
        at[position] = location;
        before[position] = setup;
        after[position] = rest;
        pinned[position] = false;
    }

    void fix(int position, int moment) {
        grid[position] = false;
        starts[position] = Instance.EVERY_START;
        lo[position] = moment;
        hi[position] = moment;
        start[position] = moment;
    }

    /** Makes room at a position; the caller fills it. */
    void open(int position) {
        if (size == stop.length) {
            grow(Math.max(4, size * 2));
        }
        int moved = size - position;
        System.arraycopy(stop, position, stop, position + 1, moved);
        System.arraycopy(place, position, place, position + 1, moved);
        System.arraycopy(at, position, at, position + 1, moved);
        System.arraycopy(before, position, before, position + 1, moved);
        System.arraycopy(after, position, after, position + 1, moved);
        System.arraycopy(lo, position, lo, position + 1, moved);
        System.arraycopy(hi, position, hi, position + 1, moved);
        System.arraycopy(starts, position, starts, position + 1, moved);
        System.arraycopy(grid, position, grid, position + 1, moved);
        System.arraycopy(pinned, position, pinned, position + 1, moved);
        System.arraycopy(start, position, start, position + 1, moved);
        size++;
    }

    void close(int position) {
        int moved = size - position - 1;
        System.arraycopy(stop, position + 1, stop, position, moved);
        System.arraycopy(place, position + 1, place, position, moved);
        System.arraycopy(at, position + 1, at, position, moved);
        System.arraycopy(before, position + 1, before, position, moved);
        System.arraycopy(after, position + 1, after, position, moved);
        System.arraycopy(lo, position + 1, lo, position, moved);
        System.arraycopy(hi, position + 1, hi, position, moved);
        System.arraycopy(starts, position + 1, starts, position, moved);
        System.arraycopy(grid, position + 1, grid, position, moved);
        System.arraycopy(pinned, position + 1, pinned, position, moved);
        System.arraycopy(start, position + 1, start, position, moved);
        size--;
    }

    private void grow(int length) {
        stop = Arrays.copyOf(stop, length);
        place = Arrays.copyOf(place, length);
        at = Arrays.copyOf(at, length);
        then = Arrays.copyOf(then, length);
        before = Arrays.copyOf(before, length);
        after = Arrays.copyOf(after, length);
        lo = Arrays.copyOf(lo, length);
        hi = Arrays.copyOf(hi, length);
        starts = Arrays.copyOf(starts, length);
        grid = Arrays.copyOf(grid, length);
        pinned = Arrays.copyOf(pinned, length);
        start = Arrays.copyOf(start, length);
        late = Arrays.copyOf(late, length);
    }

    void copy(Route other) {
        if (stop.length < other.size) {
            grow(other.stop.length);
        }
        size = other.size;
        booked = other.booked;
        demand = other.demand;
        journey = other.journey;
        System.arraycopy(other.stop, 0, stop, 0, size);
        System.arraycopy(other.place, 0, place, 0, size);
        System.arraycopy(other.at, 0, at, 0, size);
        System.arraycopy(other.then, 0, then, 0, size);
        System.arraycopy(other.before, 0, before, 0, size);
        System.arraycopy(other.after, 0, after, 0, size);
        System.arraycopy(other.lo, 0, lo, 0, size);
        System.arraycopy(other.hi, 0, hi, 0, size);
        System.arraycopy(other.starts, 0, starts, 0, size);
        System.arraycopy(other.grid, 0, grid, 0, size);
        System.arraycopy(other.pinned, 0, pinned, 0, size);
        System.arraycopy(other.start, 0, start, 0, size);
        System.arraycopy(other.late, 0, late, 0, size);
    }

    /** Where the lecturer comes from before a position. */
    int from(int position) {
        return position == 0 ? home() : then[position - 1];
    }

    /** The next known location from a position on: the home at the end. */
    int to(int position) {
        for (int i = position; i < size; i++) {
            if (at[i] >= 0) {
                return at[i];
            }
        }
        return home();
    }

    /** When a lecture at a position may begin to occupy the lecturer, if it takes place at this location. */
    int arrival(int position, int location) {
        int free = position == 0 ? problem.shifts[shift].leaves() : start[position - 1] + after[position - 1];
        return location < 0 ? free : free + problem.travel(from(position), location);
    }

    /** The earliest allowed start that is not before the moment, or {@link #NONE}. */
    static int next(Problem problem, int day, boolean grid, long starts, int lo, int hi, int moment) {
        int earliest = Math.max(moment, lo);
        int[] first = problem.firstStart;
        if (grid && first != null) {
            int begin = first[day];
            int slot = earliest <= begin ? 0 : (earliest - begin + problem.step - 1) / problem.step;
            if (slot > 63) {
                return NONE;
            }
            long left = starts >>> slot;
            if (left == 0) {
                return NONE;
            }
            earliest = begin + problem.step * (slot + Long.numberOfTrailingZeros(left));
        }
        return earliest <= hi ? earliest : NONE;
    }

    /** The latest allowed start that is not after the moment, or {@link #NONE}. */
    static int previous(Problem problem, int day, boolean grid, long starts, int lo, int hi, int moment) {
        int latest = Math.min(moment, hi);
        int[] first = problem.firstStart;
        if (grid && first != null) {
            int begin = first[day];
            if (latest < begin) {
                return NONE;
            }
            int slot = Math.min(63, (latest - begin) / problem.step);
            long left = starts << (63 - slot);
            if (left == 0) {
                return NONE;
            }
            latest = begin + problem.step * (slot - Long.numberOfLeadingZeros(left));
        }
        return latest >= lo ? latest : NONE;
    }

    int next(int position, long allowed, int moment) {
        return next(problem, day, grid[position], allowed, lo[position], hi[position], moment);
    }

    int previous(int position, long allowed, int moment) {
        return previous(problem, day, grid[position], allowed, lo[position], hi[position], moment);
    }

    /** Locations after each stop, and the travel of the journey. */
    void retrace() {
        int here = home();
        long total = 0;
        for (int i = 0; i < size; i++) {
            if (at[i] >= 0) {
                total += problem.travel(here, at[i]);
                here = at[i];
            }
            then[i] = here;
        }
        journey = total + problem.travel(here, home());
    }
}
