package org.lectern.scheduler.planning.search;

import java.util.Arrays;

/** Places visits one after another, each in the cheapest way among the routes near it. */
final class Recreate {

    private static final int NEAR = 60;
    private static final int MOST_ROUTES = 40;
    private static final int NEAR_LECTURERS = 10;
    private static final int OTHER_LECTURERS = 4;
    private static final int DAYS_TRIED = 8;
    private static final int OLD_ABSENT = 20;
    private static final int PAIRS_EVERY = 4;
    /** Up to so many routes it is cheap to try all for a visit that found none. */
    private static final int FEW_ROUTES = 400;

    private final State state;
    private final Problem problem;
    private final SplitMix random;
    private final Neighbours neighbours;
    private final Insertion insertion;
    private final int[] triedIn;
    private final int[] options;
    private final int[] standingShift;
    private int turn;
    /** Placed together with the next visit, as its guest. */
    private int guest = State.ABSENT;

    Recreate(State state, SplitMix random, Neighbours neighbours, double blinks) {
        this.state = state;
        this.problem = state.problem;
        this.random = random;
        this.neighbours = neighbours;
        insertion = new Insertion(state, random, blinks);
        triedIn = new int[state.routes.length];
        options = new int[problem.visits.length];
        standingShift = new int[problem.visits.length];
        for (int visit = 0; visit < options.length; visit++) {
            options[visit] = options(visit);
            standingShift[visit] = standingShift(visit);
        }
    }

    /** Roughly how many ways there are to place a visit. */
    private int options(int visit) {
        Instance.Visit asked = problem.visits[visit];
        if (problem.firstStart == null) {
            return asked.due() - asked.ready();
        }
        long count = 0;
        for (int day = 0; day < problem.days; day++) {
            long starts = 0;
            for (int option = 0; option < asked.options().size(); option++) {
                starts |= problem.placeStarts(problem.optionPlace(visit, option), day, asked.shape());
            }
            count += Long.bitCount(starts & problem.branchStarts(asked.branch(), day, asked.shape()));
        }
        return (int) Math.min(Integer.MAX_VALUE, count * problem.ableLecturers[asked.skill()].length);
    }

    private int standingShift(int visit) {
        Instance.Standing standing = problem.visits[visit].standing();
        if (standing != null && standing.lecturer() != Instance.NOBODY) {
            for (int shift : problem.shiftsOf[standing.lecturer()]) {
                if (problem.shifts[shift].day() == standing.day()) {
                    return shift;
                }
            }
        }
        return State.ABSENT;
    }

    /** The first plan: what matters most first, then what has the fewest options. */
    void construct() {
        int[] left = Arrays.copyOf(state.absent, state.absentCount);
        long[] keys = new long[left.length];
        for (int i = 0; i < left.length; i++) {
            long rank = Math.min(options[left[i]], 0xFFFFFFFL);
            long importance = 1000 - Math.min(1000, Math.round(problem.visits[left[i]].importance() * 100));
            keys[i] = importance << 52 | rank << 24 | left[i];
        }
        Arrays.sort(keys);
        for (long key : keys) {
            place((int) (key & 0xFFFFFF), true);
        }
    }

    /** Places what was removed, and some of what was left out before. */
    void recreate(int[] removed) {
        int old = Math.min(OLD_ABSENT, state.absentCount - removed.length);
        long[] keys = new long[removed.length + old];
        int order = random.below(problem.alike ? 15 : 11);
        for (int i = 0; i < removed.length; i++) {
            keys[i] = key(removed[i], order);
        }
        int found = removed.length;
        for (int i = 0; i < old; i++) {
            int visit = state.absent[random.below(state.absentCount)];
            long key = key(visit, order);
            boolean known = false;
            for (int j = 0; j < found && !known; j++) {
                known = (int) (keys[j] & 0xFFFFFF) == visit;
            }
            if (!known) {
                keys[found++] = key;
            }
        }
        Arrays.sort(keys, 0, found);
        boolean all = state.routes.length <= FEW_ROUTES;
        boolean pairs = problem.joint.most() > 0 && random.below(PAIRS_EVERY) == 0;
        for (int i = 0; i < found; i++) {
            int visit = (int) (keys[i] & 0xFFFFFF);
            if (!state.isPlaced(visit) && !(pairs && together(visit, keys, i + 1, found, all))) {
                place(visit, all);
            }
        }
    }

    /**
     * Places a visit and one of those after it as its guest. A visit alone goes to the cheapest place, where a guest
     * may not fit: the two find a slot only together.
     */
    private boolean together(int visit, long[] keys, int from, int until, boolean all) {
        if (from == until) {
            return false;
        }
        int other = (int) (keys[from + random.below(until - from)] & 0xFFFFFF);
        if (state.isPlaced(other) || !Insertion.mayPair(problem.visits[other], problem.visits[visit])) {
            return false;
        }
        guest = other;
        boolean placed = place(visit, all);
        guest = State.ABSENT;
        if (placed) {
            Candidate seat = new Candidate();
            seat.host = visit;
            state.insert(other, seat);
        }
        return placed;
    }

    /** Sorts by the chosen order: random, demand or options, far, near, early. The visit is in the low bits. */
    private long key(int visit, int order) {
        Instance.Visit asked = problem.visits[visit];
        long rank;
        if (order < 4) {
            rank = random.next() >>> 33;
        } else if (order < 8) {
            rank = problem.mostDemand > 1 && order < 6 ? problem.mostDemand - asked.demand() : options[visit];
        } else if (order < 10) {
            rank = (long) Integer.MAX_VALUE - neighbours.farFromHome(visit);
        } else if (order < 11) {
            rank = neighbours.farFromHome(visit);
        } else if (order < 13) {
            rank = asked.ready();
        } else {
            rank = asked.due();
        }
        return Math.clamp(rank, 0L, (long) Integer.MAX_VALUE) << 24 | visit;
    }

    /** @param all whether to try every route when none near is possible */
    boolean place(int visit, boolean all) {
        insertion.best.clear();
        turn++;
        near(visit);
        if (problem.alike) {
            unused(visit);
        } else {
            freeDays(visit);
        }
        if (!insertion.best.exists() && all) {
            everywhere(visit);
        }
        if (!insertion.best.exists()) {
            return false;
        }
        state.insert(visit, insertion.best);
        return true;
    }

    /** Places whatever can be placed: afterwards nothing that is left out can be inserted anywhere. */
    void complete() {
        boolean changed = state.absentCount > 0;
        while (changed) {
            changed = false;
            int[] left = Arrays.copyOf(state.absent, state.absentCount);
            for (int visit : left) {
                insertion.best.clear();
                turn++;
                everywhere(visit);
                if (insertion.best.exists()) {
                    state.insert(visit, insertion.best);
                    changed = true;
                }
            }
        }
    }

    /** The cheapest way among all routes, whether or not it is near. */
    Candidate cheapest(int visit) {
        insertion.best.clear();
        turn++;
        everywhere(visit);
        return insertion.best.copy();
    }

    private void near(int visit) {
        int[] near = neighbours.of(visit);
        int routes = 0;
        if (standingShift[visit] != State.ABSENT) {
            attempt(visit, standingShift[visit]);
        }
        for (int i = 1; i < near.length && i <= NEAR && routes < MOST_ROUTES; i++) {
            int point = near[i];
            int booked = neighbours.bookingRoute(point);
            if (booked != State.ABSENT) {
                routes += attempt(visit, booked);
            } else if (state.isPlaced(point)) {
                routes += attempt(visit, state.routeWith(point));
                if (guest == State.ABSENT) {
                    insertion.seat(visit, point);
                }
            }
        }
    }

    private int attempt(int visit, int shift) {
        if (triedIn[shift] == turn) {
            return 0;
        }
        triedIn[shift] = turn;
        if (guest == State.ABSENT) {
            insertion.route(visit, state.routes[shift]);
        } else {
            insertion.together(visit, guest, state.routes[shift]);
        }
        return 1;
    }

    /** One unused vehicle of the fleet: the others are the same. */
    private void unused(int visit) {
        for (Route route : state.routes) {
            if (route.isUnused()) {
                insertion.route(visit, route);
                return;
            }
        }
    }

    /** Days on which nothing is planned yet for lecturers who are able and near, and for a few others. */
    private void freeDays(int visit) {
        int[] near = neighbours.lecturers(visit);
        int[] able = problem.ableLecturers[problem.visits[visit].skill()];
        if (able.length == 0) {
            return;
        }
        for (int i = 0; i < NEAR_LECTURERS; i++) {
            double bias = random.unit();
            freeDay(visit, near[(int) (bias * bias * near.length)]);
        }
        for (int i = 0; i < OTHER_LECTURERS; i++) {
            freeDay(visit, able[random.below(able.length)]);
        }
    }

    private void freeDay(int visit, int lecturer) {
        int[] shifts = problem.shiftsOf[lecturer];
        if (shifts.length == 0) {
            return;
        }
        Instance.Visit asked = problem.visits[visit];
        int at = random.below(shifts.length);
        for (int i = 0; i < DAYS_TRIED && i < shifts.length; i++) {
            int shift = shifts[(at + i) % shifts.length];
            Route route = state.routes[shift];
            if (route.planned() == 0
                    && triedIn[shift] != turn
                    && (problem.lecturerStarts(shift, asked.shape())
                                    & problem.branchStarts(asked.branch(), route.day, asked.shape()))
                            != 0) {
                attempt(visit, shift);
                return;
            }
        }
    }

    private void everywhere(int visit) {
        for (int lecturer : problem.ableLecturers[problem.visits[visit].skill()]) {
            for (int shift : problem.shiftsOf[lecturer]) {
                attempt(visit, shift);
            }
        }
        if (problem.joint.most() > 0 && guest == State.ABSENT) {
            for (int host = 0; host < problem.visits.length; host++) {
                insertion.seat(visit, host);
            }
        }
    }
}
