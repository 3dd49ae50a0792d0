package org.lectern.scheduler.planning.search;

/** Finds the cheapest way to place a visit. The caller gives the routes to try. */
final class Insertion {

    private final State state;
    private final Problem problem;
    private final SplitMix random;
    private final double blinks;
    final Candidate best = new Candidate();

    /**
     * @param blinks the share of possibilities that are overlooked, which keeps a greedy insertion from repeating itself
     *     (Christiaens, Vanden Berghe 2020)
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
        Instance.Shift shift = problem.shifts[route.shift];
        return problem.able(route.lecturer, asked.skill())
                && route.demand + asked.demand() <= shift.capacity()
                && state.lecturesInWeek(route) < problem.lecturers[route.lecturer].weekLimit()
                && state.farEnough(visit, route.day);
    }

    /** Tries all positions and places in a route. */
    void route(int visit, Route route) {
        if (!isOpen(visit, route)) {
            return;
        }
        Instance.Visit asked = problem.visits[visit];
        long base = problem.loadCost(state.ledger.load[route.lecturer])
                + problem.laterCost * route.day
                + problem.lecturerCost[route.lecturer]
                + (route.isUnused() ? problem.dayCost : 0);
        Instance.Standing standing = asked.standing();
        if (standing == null || standing.day() != route.day) {
            starts(visit, asked, route, base + state.ledger.disturbance(asked, route, Candidate.ANY), Candidate.ANY);
        } else {
            int start = standing.start();
            starts(visit, asked, route, base + state.ledger.disturbance(asked, route, start), start);
            starts(visit, asked, route, base + state.ledger.disturbance(asked, route, Candidate.ANY), Candidate.ANY);
        }
    }

    private void starts(int visit, Instance.Visit asked, Route route, long base, int fixed) {
        Instance.Shape shape = problem.shapes[asked.shape()];
        int before = shape.setup();
        int after = shape.duration() + shape.teardown();
        for (int option = 0; option < asked.options().size(); option++) {
            long cost = base + problem.optionCost(visit, option);
            if (cost >= best.cost) {
                continue;
            }
            int place = problem.optionPlace(visit, option);
            long starts;
            if (fixed == Candidate.ANY) {
                starts = state.starts(visit, route, place);
                if (starts == 0) {
                    continue;
                }
                starts = state.occupancy.free(state.occupancy.ofPlace(place, route.day), route, before, after, starts);
                starts = state.occupancy.free(
                        state.occupancy.ofBranchOf(visit, route.day), route, before, after, starts);
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
        boolean allowed = (route.lecturer == standing.lecturer() && place == standing.place())
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
            if (route.arrival(position, Instance.NOWHERE) + before > hi) {
                return; // later positions are later still
            }
            int moment = route.arrival(position, location) + before;
            int from = route.from(position);
            long cost = base;
            if (location >= 0) {
                int to = route.to(position);
                long detour =
                        (long) problem.travel(from, location) + problem.travel(location, to) - problem.travel(from, to);
                cost += detour * problem.travelCost;
            }
            if (cost >= best.cost || blink()) {
                continue;
            }
            int start = Route.next(problem, route.day, grid, starts, lo, hi, moment);
            if (start != Route.NONE && state.follows(route, position, location < 0 ? from : location, start + after)) {
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
        Instance.Visit asked = problem.visits[visit];
        Route route = state.routes[where.route];
        if (!isOpen(visit, route)) {
            return false;
        }
        Instance.Shape shape = problem.shapes[asked.shape()];
        int before = shape.setup();
        int after = shape.duration() + shape.teardown();
        int place = problem.optionPlace(visit, where.option);
        int location = problem.places[place].location();
        int start = where.restored;
        boolean allowed = (where.fixed != Candidate.ANY && asked.standing() != null)
                ? keepsStanding(visit, asked, route, place, before, after)
                : asked.ready() <= start
                        && start <= asked.due()
                        && (problem.firstStart == null
                                || (state.starts(visit, route, place) & problem.bit(route.day, start)) != 0)
                        && state.occupancy.isFree(
                                state.occupancy.ofPlace(place, route.day), route, before, after, start)
                        && state.occupancy.isFree(
                                state.occupancy.ofBranchOf(visit, route.day), route, before, after, start);
        return allowed
                && route.arrival(where.position, location) + before <= start
                && state.follows(
                        route, where.position, location < 0 ? route.from(where.position) : location, start + after);
    }

    /** Whether a visit can be a guest of another without moving it. */
    boolean seatFits(int visit, int host) {
        Route route = state.routes[state.routeOf[host]];
        int position = route.indexOf(host);
        if (!mayJoin(visit, host, route, position)) {
            return false;
        }
        Instance.Visit asked = problem.visits[visit];
        int start = route.start[position];
        return (problem.branchStarts(asked.branch(), route.day, asked.shape()) & problem.bit(route.day, start)) != 0
                && state.occupancy.isFree(
                        state.occupancy.ofBranchOf(visit, route.day),
                        route,
                        route.before[position],
                        route.after[position],
                        start);
    }

    private boolean mayJoin(int visit, int host, Route route, int position) {
        Instance.Visit asked = problem.visits[visit];
        Instance.Visit other = problem.visits[host];
        int location = route.at[position];
        int home = problem.branches[asked.branch()].location();
        return asked.joins()
                && other.joins()
                && asked.skill() == other.skill()
                && asked.shape() == other.shape()
                && asked.branch() != other.branch()
                && asked.ready() <= other.ready()
                && asked.due() >= other.due()
                && state.guestsOf[host].length < problem.joint.most()
                && route.grid[position]
                && location >= 0
                && home >= 0
                && problem.travel(home, location) <= problem.joint.longestWay()
                && hasSeats(asked, other, host, route.place[position])
                && state.farEnough(visit, route.day);
    }

    /** Tries a seat as guest of another visit. */
    void seat(int visit, int host) {
        if (problem.joint.most() == 0 || state.routeOf[host] == State.ABSENT) {
            return;
        }
        Instance.Visit asked = problem.visits[visit];
        Route route = state.routes[state.routeOf[host]];
        int position = route.indexOf(host);
        int location = route.at[position];
        if (!mayJoin(visit, host, route, position)) {
            return;
        }
        long cost = state.ledger.guestCost(visit, location)
                + problem.laterCost * route.day
                + state.ledger.disturbance(asked, route, Candidate.ANY);
        if (cost >= best.cost || blink()) {
            return;
        }
        int before = route.before[position];
        int after = route.after[position];
        long starts = state.occupancy.allowed(route, position)
                & problem.branchStarts(asked.branch(), route.day, asked.shape());
        starts = state.occupancy.free(state.occupancy.ofBranchOf(visit, route.day), route, before, after, starts);
        int start = route.next(position, starts, route.arrival(position, location) + before);
        if (start != Route.NONE && state.follows(route, position + 1, location, start + after)) {
            best.clear();
            best.cost = cost;
            best.route = route.shift;
            best.host = host;
        }
    }

    private boolean hasSeats(Instance.Visit guest, Instance.Visit host, int hostIndex, int place) {
        int capacity = problem.places[place].capacity();
        long heads = (long) guest.heads() + host.heads();
        for (int other : state.guestsOf[hostIndex]) {
            Instance.Visit asked = problem.visits[other];
            if (asked.branch() == guest.branch()) {
                return false;
            }
            heads += asked.heads();
        }
        return heads <= capacity;
    }
}
