package org.lectern.scheduler.planning.search;

import java.util.Arrays;

/**
 * A plan that changes: visits are placed, seated as guests and removed, and the cost follows exactly. Changes since
 * {@link Journal#begin} can be undone bit for bit.
 */
final class State {

    static final int ABSENT = -1;
    private static final int[] NOBODY = {};

    final Problem problem;
    final Route[] routes;
    /** The route of a placed visit; {@link #ABSENT} for guests and for visits left out. */
    final int[] routeOf;

    final int[] hostOf;
    final int[][] guestsOf;
    final Ledger ledger;
    final Occupancy occupancy;
    final Timetable timetable;
    final Journal journal;

    /** The visits left out, in an order that is part of the state. */
    final int[] absent;

    private final int[] absentAt;
    int absentCount;

    State(Problem problem) {
        this.problem = problem;
        int visits = problem.visits.length;
        routes = new Route[problem.shifts.length];
        routeOf = new int[visits];
        hostOf = new int[visits];
        guestsOf = new int[visits][];
        Arrays.fill(routeOf, ABSENT);
        Arrays.fill(hostOf, ABSENT);
        Arrays.fill(guestsOf, NOBODY);
        absent = new int[visits];
        absentAt = new int[visits];
        for (int i = 0; i < visits; i++) {
            absentAdd(i);
        }
        ledger = new Ledger(problem);
        occupancy = new Occupancy(this);
        timetable = new Timetable(problem, occupancy);
        journal = new Journal(this);
        int booking = -1;
        for (int i = 0; i < routes.length; i++) {
            Route route = new Route(problem, i);
            routes[i] = route;
            for (Instance.Booked each : problem.shifts[i].booked()) {
                int position = route.positionFor(each.start());
                route.open(position);
                route.fill(position, booking--, Instance.NOWHERE, each.location(), each.before(), each.after());
                route.fix(position, each.start());
                route.pinned[position] = true;
                route.booked++;
                route.demand += each.demand();
                ledger.countWeek(route, 1);
            }
            retrace(route);
            timetable.backward(route);
        }
    }

    boolean isPlaced(int visit) {
        return routeOf[visit] != ABSENT || hostOf[visit] != ABSENT;
    }

    boolean isPinned(int visit) {
        int shift = routeWith(visit);
        int host = hostOf[visit] == ABSENT ? visit : hostOf[visit];
        return shift != ABSENT && routes[shift].pinned[routes[shift].indexOf(host)];
    }

    /** The route in which a visit takes place, as host or guest. */
    int routeWith(int visit) {
        int host = hostOf[visit];
        return host == ABSENT ? routeOf[visit] : routeOf[host];
    }

    int lecturesInWeek(Route route) {
        return ledger.inWeek(route.lecturer, problem.shifts[route.shift].week());
    }

    /** Whether the interval between lectures at the branch of a visit allows this day. */
    boolean farEnough(int visit, int day) {
        int interval = problem.interval;
        if (interval <= 0) {
            return true;
        }
        int branch = problem.visits[visit].branch();
        if (problem.tooNearBooking(branch, day)) {
            return false;
        }
        for (int other : problem.visitsOf[branch]) {
            int route = other == visit ? ABSENT : routeWith(other);
            if (route != ABSENT && Math.abs(routes[route].day - day) < interval) {
                return false;
            }
        }
        return true;
    }

    /** The starts that lecturer, place and branch allow, whatever else is planned. */
    long starts(int visit, Route route, int place) {
        Instance.Visit asked = problem.visits[visit];
        long starts = problem.lecturerStarts(route.shift, asked.shape())
                & problem.placeStarts(place, route.day, asked.shape())
                & problem.branchStarts(asked.branch(), route.day, asked.shape());
        Instance.Standing standing = asked.standing();
        if (standing != null && standing.day() == route.day) {
            // the standing time is a candidate of its own, which costs less
            starts &= ~problem.bit(route.day, standing.start());
        }
        return starts;
    }

    /** Whether the stops around a visit may follow each other directly: only a longer way without it forbids that. */
    boolean isRemovable(Route route, int position) {
        if (route.pinned[position]) {
            return false;
        }
        int here = route.from(position);
        int free = position == 0
                ? problem.shifts[route.shift].leaves()
                : route.start[position - 1] + route.after[position - 1];
        return timetable.follows(route, position + 1, here, free);
    }

    /**
     * Places a visit. The caller has checked that it fits, or checks the route afterwards by {@link
     * Timetable#isInTime}.
     *
     * @return whether all stops of the route still fit; those that do not keep their times
     */
    boolean insert(int visit, Candidate where) {
        if (where.host != ABSENT) {
            return join(visit, where.host, where.restored);
        }
        Route route = routes[where.route];
        journal.keep(route);
        int position = where.position;
        Instance.Visit asked = problem.visits[visit];
        int place = asked.options().get(where.option).place();
        Instance.Shape shape = problem.shapes[asked.shape()];
        absentRemove(visit);
        route.open(position);
        route.fill(
                position,
                visit,
                place,
                problem.places[place].location(),
                shape.setup(),
                shape.duration() + shape.teardown());
        if (where.fixed == Candidate.ANY) {
            route.grid[position] = problem.firstStart != null;
            route.starts[position] = starts(visit, route, place);
            route.lo[position] = asked.ready();
            route.hi[position] = asked.due();
        } else {
            route.fix(position, where.fixed);
            route.pinned[position] = where.pinned;
        }
        route.demand += asked.demand();
        boolean onlyOne = route.size == 1;
        ledger.visit(visit, route, place, where.fixed, onlyOne, 1);
        took(visit, route, place, 1);
        journal.inserted(visit, route.shift, place);
        boolean fits = true;
        if (where.restored == Candidate.ANY) {
            fits = reschedule(route);
        } else {
            route.start[position] = where.restored;
            retrace(route);
            timetable.backward(route);
        }
        settle(route);
        return fits;
    }

    private boolean join(int visit, int host, int restored) {
        Route route = routes[routeOf[host]];
        journal.keep(route);
        absentRemove(visit);
        seated(visit, host, 1);
        int position = route.indexOf(host);
        restrict(route, position);
        ledger.guest(visit, route, position, 1);
        journal.joined(visit, host);
        boolean fits = true;
        if (restored == Candidate.ANY) {
            fits = reschedule(route);
        } else {
            timetable.backward(route);
        }
        settle(route);
        return fits;
    }

    /**
     * Takes a visit out; a host's guests go with it.
     *
     * @return whether the stops around it still fit. The way between them may be longer than over a third place: then
     *     they keep their times, and the caller fills the gap or undoes the change
     */
    boolean remove(int visit) {
        if (hostOf[visit] != ABSENT) {
            return leave(visit, hostOf[visit]);
        }
        while (guestsOf[visit].length > 0) {
            remove(guestsOf[visit][guestsOf[visit].length - 1]);
        }
        Route route = routes[routeOf[visit]];
        journal.keep(route);
        int position = route.indexOf(visit);
        int place = route.place[position];
        int fixed = route.grid[position] ? Candidate.ANY : route.lo[position];
        ledger.visit(visit, route, place, fixed, route.size == 1, -1);
        route.demand -= problem.visits[visit].demand();
        route.close(position);
        took(visit, route, place, -1);
        absentAdd(visit);
        journal.removed(visit, route.shift, place);
        boolean fits = reschedule(route);
        settle(route);
        settle(route, occupancy.ofPlace(place, route.day));
        settle(route, occupancy.ofBranchOf(visit, route.day));
        return fits;
    }

    private boolean leave(int visit, int host) {
        Route route = routes[routeOf[host]];
        journal.keep(route);
        int position = route.indexOf(host);
        seated(visit, host, -1);
        restrict(route, position);
        ledger.guest(visit, route, position, -1);
        absentAdd(visit);
        journal.left(visit, host);
        boolean fits = reschedule(route);
        settle(route);
        settle(route, occupancy.ofBranchOf(visit, route.day));
        return fits;
    }

    /** A visit belongs to a route, or no longer does. Also undoes that. */
    void took(int visit, Route route, int place, int sign) {
        ledger.count(route, sign);
        int shared = occupancy.ofPlace(place, route.day);
        int branch = occupancy.ofBranchOf(visit, route.day);
        if (sign > 0) {
            routeOf[visit] = route.shift;
            occupancy.add(shared, visit);
            occupancy.add(branch, visit);
        } else {
            routeOf[visit] = ABSENT;
            occupancy.remove(shared, visit);
            occupancy.remove(branch, visit);
        }
    }

    /** A visit is a guest of another, or no longer is. Also undoes that. */
    void seated(int visit, int host, int sign) {
        int branch = occupancy.ofBranchOf(visit, routes[routeOf[host]].day);
        if (sign > 0) {
            hostOf[visit] = host;
            guestsOf[host] = with(guestsOf[host], visit);
            occupancy.add(branch, visit);
        } else {
            hostOf[visit] = ABSENT;
            guestsOf[host] = without(guestsOf[host], visit);
            occupancy.remove(branch, visit);
        }
    }

    private void restrict(Route route, int position) {
        if (!route.grid[position]) {
            return;
        }
        int host = route.stop[position];
        long starts = starts(host, route, route.place[position]);
        for (int guest : guestsOf[host]) {
            Instance.Visit asked = problem.visits[guest];
            starts &= problem.branchStarts(asked.branch(), route.day, asked.shape());
        }
        route.starts[position] = starts;
    }

    private void retrace(Route route) {
        long was = route.journey;
        route.retrace();
        ledger.travel += (route.journey - was) * problem.travelCost;
    }

    private boolean reschedule(Route route) {
        retrace(route);
        return timetable.earliest(route);
    }

    /** How late routes may start that share a place or branch with this one changes with its times. */
    private void settle(Route route) {
        for (int i = 0; i < route.size; i++) {
            int visit = route.stop[i];
            if (visit >= 0) {
                settle(route, occupancy.ofPlace(route.place[i], route.day));
                settle(route, occupancy.ofBranchOf(visit, route.day));
                for (int guest : guestsOf[visit]) {
                    settle(route, occupancy.ofBranchOf(guest, route.day));
                }
            }
        }
    }

    private void settle(Route route, int list) {
        for (int i = occupancy.count(list) - 1; i >= 0; i--) {
            Route other = occupancy.route(list, i);
            if (other != route) {
                journal.keep(other);
                timetable.backward(other);
            }
        }
    }

    private void absentRemove(int visit) {
        int hole = absentAt[visit];
        int last = absent[--absentCount];
        absent[hole] = last;
        absentAt[last] = hole;
    }

    private void absentAdd(int visit) {
        absentAt[visit] = absentCount;
        absent[absentCount++] = visit;
    }

    void absentAre(int[] visits, int count) {
        absentCount = count;
        for (int i = 0; i < count; i++) {
            absent[i] = visits[i];
            absentAt[visits[i]] = i;
        }
    }

    private static int[] with(int[] sorted, int added) {
        int[] more = Arrays.copyOf(sorted, sorted.length + 1);
        int i = sorted.length;
        while (i > 0 && more[i - 1] > added) {
            more[i] = more[i - 1];
            i--;
        }
        more[i] = added;
        return more;
    }

    private static int[] without(int[] sorted, int gone) {
        return Arrays.stream(sorted).filter(each -> each != gone).toArray();
    }
}
