package org.lectern.scheduler.planning.search;

/** Finds the cheapest way to place a visit. The caller gives the routes to try. */
final class Insertion {

    private final State state;
    private final Problem problem;
    private final SplitMix random;
    private final double blinks;
    final Candidate best = new Candidate();
    /** Comes along as a guest of what is placed, or {@link State#ABSENT}. */
    private int guest = State.ABSENT;

    /**
     * @param blinks the share of possibilities that are overlooked, which keeps a greedy insertion from repeating
     *     itself (Christiaens, Vanden Berghe 2020)
     */
    Insertion(State state, SplitMix random, double blinks) {
        this.state = state;
        this.problem = state.problem;
        this.random = random;
        this.blinks = blinks;
    }

    private boolean blink() {
        return blinks > 0 && random.unit() < blinks;
    }

    /** Whether a route can take a visit as far as lecturer, capacity and limits are concerned. */
    boolean isOpen(int visit, Route route) {
        Instance.Visit asked = problem.visits[visit];
        return problem.able(route.lecturer, asked.skill())
                && route.demand + asked.demand() <= problem.capacity[route.shift]
                && state.lecturesInWeek(route) < problem.weekLimit[route.lecturer]
                && state.farEnough(visit, route.day);
    }

    /** Tries all positions and places in a route at which another visit can be the guest of this one. */
    void together(int visit, int other, Route route) {
        if (mayPair(problem.visits[other], problem.visits[visit]) && state.farEnough(other, route.day)) {
            guest = other;
            route(visit, route);
            guest = State.ABSENT;
        }
    }

    static boolean mayPair(Instance.Visit guest, Instance.Visit host) {
        return guest.joins()
                && host.joins()
                && guest.skill() == host.skill()
                && guest.shape() == host.shape()
                && guest.branch() != host.branch()
                && guest.ready() <= host.ready()
                && guest.due() >= host.due();
    }

    /** Whether a place has seats for the guest that comes along, near enough for it. */
    private boolean suitsGuest(Instance.Visit host, int place) {
        Instance.Visit asked = problem.visits[guest];
        int location = problem.places[place].location();
        int home = problem.branches[asked.branch()].location();
        return location >= 0
                && home >= 0
                && problem.travel(home, location) <= problem.joint.longestWay()
                && (long) asked.heads() + host.heads() <= problem.places[place].capacity();
    }

    /** Tries all positions and places in a route. */
    void route(int visit, Route route) {
        long base = problem.loadCost(state.ledger.load[route.lecturer])
                + problem.laterCost * route.day
                + problem.lecturerCost[route.lecturer]
                + (route.isUnused() ? problem.dayCost : 0);
        boolean isDear = base + problem.leastOptionCost[visit] >= best.cost && blinks > 0;
        if (isDear || !isOpen(visit, route)) {
            return;
        }
        Instance.Visit asked = problem.visits[visit];
        Instance.Standing standing = asked.standing();
        if (standing != null && standing.day() == route.day && guest == State.ABSENT) {
            starts(visit, asked, route, base, standing.start());
        }
        starts(visit, asked, route, base, Candidate.ANY);
    }

    private void starts(int visit, Instance.Visit asked, Route route, long base, int fixed) {
        Instance.Shape shape = problem.shapes[asked.shape()];
        int before = shape.setup();
        int after = shape.duration() + shape.teardown();
        for (int option = 0; option < asked.options().size(); option++) {
            int place = problem.optionPlace(visit, option);
            long cost = base + problem.optionCost(visit, option) + state.ledger.disturbance(asked, route, fixed, place);
            if (guest != State.ABSENT) {
                if (!suitsGuest(asked, place)) {
                    continue;
                }
                cost += guestCost(guest, problem.places[place].location(), route);
            }
            // a detour is negative where the way is longer than over a third place: only a search may overlook that
            if (cost >= best.cost && blinks > 0) {
                continue;
            }
            long starts;
            if (fixed == Candidate.ANY) {
                starts = state.starts(visit, route, place);
                if (starts == 0) {
                    continue;
                }
                starts = state.occupancy.free(state.occupancy.ofPlace(place, route.day), route, before, after, starts);
                starts = state.occupancy.free(
                        state.occupancy.ofBranchOf(visit, route.day), route, before, after, starts);
                if (guest != State.ABSENT) {
                    starts &= problem.branchStarts(problem.visits[guest].branch(), route.day, asked.shape());
                    starts = state.occupancy.free(
                            state.occupancy.ofBranchOf(guest, route.day), route, before, after, starts);
                }
                if (starts == 0) {
                    continue;
                }
            } else {
                if (!keepsStanding(visit, asked, route, place, before, after)) {
                    continue;
                }
                starts = Instance.EVERY_START;
            }
            positions(asked, route, option, place, before, after, starts, cost, fixed);
        }
    }

    /** The own slot is allowed as it is booked; for another lecturer or place it must be a start that they allow. */
    private boolean keepsStanding(int visit, Instance.Visit asked, Route route, int place, int before, int after) {
        Instance.Standing standing = asked.standing();
        if (standing == null) {
            return false;
        }
        int start = standing.start();
        long bit = problem.bit(route.day, start);
        boolean allowed = (standing.holds() && route.lecturer == standing.lecturer() && place == standing.place())
                || (problem.lecturerStarts(route.shift, asked.shape())
                                & problem.placeStarts(place, route.day, asked.shape())
                                & problem.branchStarts(asked.branch(), route.day, asked.shape())
                                & bit)
                        != 0;
        return allowed
                && state.occupancy.isFree(state.occupancy.ofPlace(place, route.day), route, before, after, start)
                && state.occupancy.isFree(state.occupancy.ofBranchOf(visit, route.day), route, before, after, start);
    }

    private void positions(
            Instance.Visit asked,
            Route route,
            int option,
            int place,
            int before,
            int after,
            long starts,
            long base,
            int fixed) {
        int location = problem.places[place].location();
        int lo = fixed == Candidate.ANY ? asked.ready() : fixed;
        int hi = fixed == Candidate.ANY ? asked.due() : fixed;
        boolean grid = fixed == Candidate.ANY && problem.firstStart != null;
        for (int position = 0; position <= route.size; position++) {
            int moment = route.arrival(position, Instance.NOWHERE) + before;
            if (moment > hi) {
                return; // later positions are later still
            }
            int from = route.from(position);
            long cost = base;
            if (location >= 0) {
                int to = route.to(position);
                int there = problem.travel(from, location);
                long detour = (long) there + problem.travel(location, to) - problem.travel(from, to);
                cost += detour * problem.travelCost;
                moment += there;
            }
            if (cost >= best.cost || blink()) {
                continue;
            }
            int start = Route.next(problem, route.day, grid, starts, lo, hi, moment);
            if (start != Route.NONE
                    && state.timetable.follows(route, position, location < 0 ? from : location, start + after)) {
                best.clear();
                best.cost = cost;
                best.route = route.shift;
                best.position = position;
                best.option = option;
                best.fixed = fixed;
            }
        }
    }

    /** Whether a visit fits where and when a plan says. */
    boolean fits(int visit, Candidate where) {
        if (!isAllowed(visit, where)) {
            return false;
        }
        Instance.Shape shape = problem.shapes[problem.visits[visit].shape()];
        Route route = state.routes[where.route];
        int location = problem.places[problem.optionPlace(visit, where.option)].location();
        int start = where.restored;
        return route.arrival(where.position, location) + shape.setup() <= start
                && state.timetable.follows(
                        route,
                        where.position,
                        location < 0 ? route.from(where.position) : location,
                        start + shape.duration() + shape.teardown());
    }

    /** The same, but for the ways to and from it. */
    boolean isAllowed(int visit, Candidate where) {
        Instance.Visit asked = problem.visits[visit];
        Route route = state.routes[where.route];
        if (!isOpen(visit, route)) {
            return false;
        }
        Instance.Shape shape = problem.shapes[asked.shape()];
        int before = shape.setup();
        int after = shape.duration() + shape.teardown();
        int place = problem.optionPlace(visit, where.option);
        int start = where.restored;
        return (where.fixed != Candidate.ANY && asked.standing() != null)
                ? keepsStanding(visit, asked, route, place, before, after)
                : asked.ready() <= start
                        && start <= asked.due()
                        && (problem.firstStart == null
                                || (state.starts(visit, route, place) & problem.bit(route.day, start)) != 0)
                        && state.occupancy.isFree(
                                state.occupancy.ofPlace(place, route.day), route, before, after, start)
                        && state.occupancy.isFree(
                                state.occupancy.ofBranchOf(visit, route.day), route, before, after, start);
    }

    /** Whether a visit can be a guest of another without moving it. */
    boolean seatFits(int visit, int host) {
        Route route = state.routes[state.routeOf[host]];
        int position = route.indexOf(host);
        if (!mayJoin(visit, host, route, position)) {
            return false;
        }
        return seatHolds(visit, route, position);
    }

    /** Whether the branch of a guest has time when the host takes place, or had that seat already. */
    private boolean seatHolds(int visit, Route route, int position) {
        Instance.Visit asked = problem.visits[visit];
        int start = route.start[position];
        long bit = problem.bit(route.day, start);
        return (!route.grid[position] || (problem.branchStarts(asked.branch(), route.day, asked.shape()) & bit) != 0)
                && state.occupancy.isFree(
                        state.occupancy.ofBranchOf(visit, route.day),
                        route,
                        route.before[position],
                        route.after[position],
                        start);
    }

    private static boolean stoodHere(Instance.Visit guest, Route route, int position) {
        Instance.Standing standing = guest.standing();
        return standing != null
                && standing.holds()
                && standing.day() == route.day
                && standing.start() == route.lo[position]
                && standing.place() == route.place[position];
    }

    private boolean mayJoin(int visit, int host, Route route, int position) {
        Instance.Visit asked = problem.visits[visit];
        Instance.Visit other = problem.visits[host];
        if (!route.grid[position]) {
            return stoodHere(asked, route, position)
                    && !hears(asked.branch(), other, host)
                    && state.farEnough(visit, route.day);
        }
        int location = route.at[position];
        int home = problem.branches[asked.branch()].location();
        return mayPair(asked, other)
                && !hears(asked.branch(), other, host)
                && state.guestsOf[host].length < problem.joint.most()
                && location >= 0
                && home >= 0
                && problem.travel(home, location) <= problem.joint.longestWay()
                && hasSeats(asked, other, host, route.place[position])
                && state.farEnough(visit, route.day);
    }

    /** Tries a seat as guest of another visit. */
    void seat(int visit, int host) {
        Instance.Visit asked = problem.visits[visit];
        if ((problem.joint.most() == 0 && asked.standing() == null) || state.routeOf[host] == State.ABSENT) {
            return;
        }
        Route route = state.routes[state.routeOf[host]];
        int position = route.indexOf(host);
        int location = route.at[position];
        if (!mayJoin(visit, host, route, position)) {
            return;
        }
        long cost = state.ledger.guestCost(visit, location)
                + problem.laterCost * route.day
                + state.ledger.disturbanceOfGuest(asked, route, position);
        if (cost >= best.cost || blink()) {
            return;
        }
        if (!route.grid[position]) {
            if (seatHolds(visit, route, position)) {
                seated(cost, route, host);
            }
            return;
        }
        int before = route.before[position];
        int after = route.after[position];
        long starts = state.occupancy.allowed(route, position)
                & problem.branchStarts(asked.branch(), route.day, asked.shape());
        starts = state.occupancy.free(state.occupancy.ofBranchOf(visit, route.day), route, before, after, starts);
        int start = route.next(position, starts, route.arrival(position, location) + before);
        if (start != Route.NONE && state.timetable.follows(route, position + 1, location, start + after)) {
            seated(cost, route, host);
        }
    }

    private long guestCost(int visit, int location, Route route) {
        return state.ledger.guestCost(visit, location)
                + problem.laterCost * route.day
                + state.ledger.disturbance(problem.visits[visit], route, Candidate.ANY, Instance.NOWHERE);
    }

    private void seated(long cost, Route route, int host) {
        best.clear();
        best.cost = cost;
        best.route = route.shift;
        best.host = host;
    }

    /** A way to place a visit at exactly this time, whether or not it fits. */
    Candidate at(int visit, int shift, int option, int start) {
        Route route = state.routes[shift];
        Candidate where = new Candidate();
        where.route = shift;
        where.position = route.positionFor(start);
        where.option = option;
        where.restored = start;
        Instance.Visit asked = problem.visits[visit];
        Instance.Standing standing = asked.standing();
        boolean stands = standing != null && standing.day() == route.day && standing.start() == start;
        if (stands || (problem.firstStart == null && asked.ready() == asked.due())) {
            where.fixed = start;
        }
        return where;
    }

    private boolean hasSeats(Instance.Visit guest, Instance.Visit host, int hostIndex, int place) {
        int capacity = problem.places[place].capacity();
        long heads = (long) guest.heads() + host.heads();
        for (int other : state.guestsOf[hostIndex]) {
            heads += problem.visits[other].heads();
        }
        return heads <= capacity;
    }

    /** Whether a branch hears a lecture already, as host or guest. */
    private boolean hears(int branch, Instance.Visit host, int hostIndex) {
        boolean hears = host.branch() == branch;
        for (int guest : state.guestsOf[hostIndex]) {
            hears |= problem.visits[guest].branch() == branch;
        }
        return hears;
    }
}
