package org.lectern.scheduler.planning.search;

/** The times of a route: the earliest schedule, how late each stop could start, and what fits between. */
final class Timetable {

    private final Problem problem;
    private final Occupancy occupancy;

    Timetable(Problem problem, Occupancy occupancy) {
        this.problem = problem;
        this.occupancy = occupancy;
    }

    /**
     * Whether the stops from a position on can follow when the lecturer is free at a location and time. Tests of
     * insertions and removals are exact by it.
     */
    boolean follows(Route route, int position, int location, int free) {
        int here = location;
        int moment = free;
        for (int i = position; i < route.size; i++) {
            int needed = moment + route.before[i];
            if (route.at[i] >= 0) {
                return needed + problem.travel(here, route.at[i]) <= route.late[i];
            }
            int start = route.next(i, occupancy.allowed(route, i), needed);
            if (start == Route.NONE) {
                return false;
            }
            moment = start + route.after[i];
        }
        return moment + problem.travel(here, route.home()) <= problem.shifts[route.shift].back();
    }

    /**
     * Sets the earliest schedule, and how late each stop could start.
     *
     * @return whether each stop fits; one that does not keeps its time
     */
    boolean earliest(Route route) {
        boolean fits = true;
        boolean stand = true; // all stops since the last one with a place
        for (int i = 0; i < route.size; i++) {
            int moment = route.arrival(i, route.at[i]) + route.before[i];
            int start = route.pinned[i] ? route.lo[i] : route.next(i, occupancy.allowed(route, i), moment);
            if (start != Route.NONE) {
                route.start[i] = start;
            }
            stand &= route.pinned[i];
            fits &= stand || moment <= start;
            stand = route.at[i] >= 0 ? route.pinned[i] : stand;
        }
        backward(route);
        return fits && isHomeInTime(route);
    }

    private boolean isHomeInTime(Route route) {
        int last = route.size - 1;
        return last < 0
                || route.pinned[last]
                || route.start[last] + route.after[last] + problem.travel(route.then[last], route.home())
                        <= problem.shifts[route.shift].back();
    }

    /** Whether each stop is reached in time. Stops that stand are not compared with each other. */
    boolean isInTime(Route route) {
        boolean stand = true; // all stops since the last one with a place
        for (int i = 0; i < route.size; i++) {
            stand &= route.pinned[i];
            if (!stand && route.arrival(i, route.at[i]) + route.before[i] > route.start[i]) {
                return false;
            }
            stand = route.at[i] >= 0 ? route.pinned[i] : stand;
        }
        return isHomeInTime(route);
    }

    /** How late each stop could start. */
    void backward(Route route) {
        for (int i = route.size - 1; i >= 0; i--) {
            int until = i + 1 == route.size
                    ? problem.shifts[route.shift].back() - problem.travel(route.then[i], route.home())
                    : route.late[i + 1]
                            - route.before[i + 1]
                            - (route.at[i + 1] < 0 ? 0 : problem.travel(route.then[i], route.at[i + 1]));
            int late = route.previous(i, occupancy.allowed(route, i), until - route.after[i]);
            // only bookings that stand can be too late for each other: then nothing moves before them
            route.late[i] = late == Route.NONE || late < route.start[i] ? route.start[i] : late;
        }
    }
}
