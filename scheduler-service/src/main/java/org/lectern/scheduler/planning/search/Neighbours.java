package org.lectern.scheduler.planning.search;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The nearest visits, bookings and lecturers of each visit. Computed when first asked; memory is bounded by {@link
 * #MOST} entries per visit.
 */
final class Neighbours {

    static final int MOST = 100;
    private static final int MOST_LECTURERS = 24;

    private final Problem problem;
    private final int[] location;
    /** Points from the number of visits on are routes with bookings. */
    private final int[] routeOfBooking;

    private final int[] @Nullable [] near;
    private final int[] @Nullable [] lecturers;

    Neighbours(Problem problem) {
        this.problem = problem;
        int visits = problem.visits.length;
        int bookings = 0;
        for (Instance.Shift shift : problem.shifts) {
            bookings += shift.booked().size();
        }
        location = new int[visits + bookings];
        routeOfBooking = new int[bookings];
        for (int i = 0; i < visits; i++) {
            location[i] = location(i);
        }
        int next = 0;
        for (int shift = 0; shift < problem.shifts.length; shift++) {
            for (Instance.Booked each : problem.shifts[shift].booked()) {
                location[visits + next] = each.location();
                routeOfBooking[next++] = shift;
            }
        }
        near = new int[visits][];
        lecturers = new int[visits][];
    }

    /** Where a visit probably takes place: its first option, or its branch. */
    private int location(int visit) {
        Instance.Visit asked = problem.visits[visit];
        int first = asked.options().isEmpty()
                ? Instance.NOWHERE
                : problem.places[asked.options().getFirst().place()].location();
        return first >= 0 ? first : problem.branches[asked.branch()].location();
    }

    /** The route of a point that is a booking, otherwise {@link State#ABSENT}. */
    int bookingRoute(int point) {
        int booking = point - problem.visits.length;
        return booking < 0 ? State.ABSENT : routeOfBooking[booking];
    }

    /** The nearest points, the visit itself first. */
    int[] of(int visit) {
        int[] found = near[visit];
        if (found == null) {
            long[] nearest = new long[Math.min(MOST, location.length)];
            int count = 0;
            for (int other = 0; other < location.length; other++) {
                int far = other == visit ? -1 : far(location[visit], location[other]);
                count = keep(nearest, count, far, other);
            }
            found = indexes(nearest, count);
            near[visit] = found;
        }
        return found;
    }

    /** Lecturers who are able to give the lecture, the nearest first. */
    int[] lecturers(int visit) {
        int[] found = lecturers[visit];
        if (found == null) {
            int[] able = problem.ableLecturers[problem.visits[visit].skill()];
            long[] nearest = new long[Math.min(MOST_LECTURERS, able.length)];
            int count = 0;
            for (int lecturer : able) {
                int far = far(problem.lecturers[lecturer].home(), location[visit]);
                count = keep(nearest, count, far, lecturer);
            }
            found = indexes(nearest, count);
            lecturers[visit] = found;
        }
        return found;
    }

    /** Grows with the distance: coordinates are much faster than travel times. */
    private int far(int from, int to) {
        if (from < 0 || to < 0) {
            return Integer.MAX_VALUE;
        }
        Instance.Positions positions = problem.positions;
        if (positions == null) {
            return problem.travel(from, to);
        }
        double x = positions.x()[from] - positions.x()[to];
        double y = positions.y()[from] - positions.y()[to];
        return Float.floatToIntBits((float) (x * x + y * y)); // in the order of the numbers, NaN last
    }

    /** How far the lecture is from the nearest able lecturer. */
    int farFromHome(int visit) {
        int[] able = lecturers(visit);
        return able.length == 0 ? 0 : problem.travel(problem.lecturers[able[0]].home(), location[visit]);
    }

    /** Keeps the smallest keys (distance, then index) in order. */
    private static int keep(long[] nearest, int count, int far, int index) {
        long key = (long) far << 32 | index;
        if (count == nearest.length && key >= nearest[count - 1]) {
            return count;
        }
        int at = Arrays.binarySearch(nearest, 0, count, key);
        int position = at < 0 ? -at - 1 : at;
        int moved = Math.min(count, nearest.length - 1) - position;
        System.arraycopy(nearest, position, nearest, position + 1, moved);
        nearest[position] = key;
        return Math.min(count + 1, nearest.length);
    }

    private static int[] indexes(long[] keys, int count) {
        int[] indexes = new int[count];
        for (int i = 0; i < count; i++) {
            indexes[i] = (int) keys[i];
        }
        return indexes;
    }
}
