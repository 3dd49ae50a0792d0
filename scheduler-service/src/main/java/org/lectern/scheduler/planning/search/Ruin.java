package org.lectern.scheduler.planning.search;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Removes visits that are near each other, so that they can be placed differently. */
final class Ruin {

    private final State state;
    private final Problem problem;
    private final SplitMix random;
    private final Neighbours neighbours;
    private final Settings settings;
    private final int[] ruinedIn;
    /** All visits but the pinned ones. */
    private final int[] movable;

    private int turn;
    private int[] removed = new int[64];
    private int count;
    private double averageRoute = 1;

    Ruin(State state, SplitMix random, Neighbours neighbours, Settings settings) {
        this.state = state;
        this.problem = state.problem;
        this.random = random;
        this.neighbours = neighbours;
        this.settings = settings;
        ruinedIn = new int[state.routes.length];
        movable = IntStream.range(0, problem.visits.length)
                .filter(visit -> !state.isPinned(visit))
                .toArray();
    }

    /** Measures the routes; called every few hundred iterations. */
    void measure() {
        int used = 0;
        int visits = 0;
        for (Route route : state.routes) {
            if (route.planned() > 0) {
                used++;
                visits += route.planned();
            }
        }
        averageRoute = used == 0 ? 1 : (double) visits / used;
    }

    int[] removed() {
        return Arrays.copyOf(removed, count);
    }

    /** Whether every visit is pinned. */
    boolean isIdle() {
        return movable.length == 0;
    }

    /** Removes some visits; {@link #removed} tells which. */
    void ruin() {
        count = 0;
        turn++;
        int seed = seed();
        int kind = problem.alike ? 0 : random.below(100);
        if (movable.length <= settings.removed()) {
            scattered();
        } else if (kind < 80 || !state.isPlaced(seed)) {
            strings(seed);
        } else if (kind < 88) {
            week(seed);
        } else if (kind < 96) {
            day(seed);
        } else {
            scattered();
        }
    }

    /** Mostly any visit; where something is left out, often that, because its neighbours may make room. */
    private int seed() {
        if (state.absentCount > 0 && random.below(4) == 0) {
            return state.absent[random.below(state.absentCount)];
        }
        return movable[random.below(movable.length)];
    }

    /** Strings of stops from routes near the seed (Christiaens, Vanden Berghe 2020). */
    private void strings(int seed) {
        double longest = Math.min(settings.longestString(), averageRoute);
        double most = 4.0 * settings.removed() / (1 + longest) - 1;
        int strings = (int) (random.unit() * most + 1);
        int[] near = neighbours.of(seed);
        for (int i = 0; i < near.length && strings > 0; i++) {
            int visit = near[i];
            int shift = visit < problem.visits.length ? state.routeWith(visit) : State.ABSENT;
            if (shift == State.ABSENT || ruinedIn[shift] == turn) {
                continue;
            }
            Route route = state.routes[shift];
            double limit = Math.min(route.planned(), longest);
            int length = (int) (random.unit() * limit + 1);
            string(route, visit, length);
            ruinedIn[shift] = turn;
            strings--;
        }
    }

    /** Removes a string that contains the visit; half of the time it leaves some of the stops in the middle. */
    private void string(Route route, int visit, int length) {
        int host = state.hostOf[visit] == State.ABSENT ? visit : state.hostOf[visit];
        int at = route.indexOf(host);
        int whole = length;
        int kept = 0;
        if (length > 1 && length < route.size && random.below(2) == 0) {
            kept = 1;
            while (whole + kept < route.size && random.unit() > 0.01) {
                kept++;
            }
            kept = Math.min(kept, route.size - length);
            whole = length + kept;
        }
        int lowest = Math.max(0, at - whole + 1);
        int highest = Math.min(at, route.size - whole);
        if (highest < lowest) {
            lowest = Math.min(at, Math.max(0, route.size - whole));
            highest = lowest;
        }
        int from = lowest + random.below(highest - lowest + 1);
        int until = Math.min(route.size, from + whole);
        int keepFrom = kept == 0 ? until : from + random.below(until - from - kept + 1);
        for (int position = until - 1; position >= from; position--) {
            if (position < keepFrom || position >= keepFrom + kept) {
                take(route, position);
            }
        }
    }

    /** All lectures of a lecturer's week: fairness and weekly limits bind them. */
    private void week(int seed) {
        Route one = state.routes[state.routeWith(seed)];
        int week = problem.shifts[one.shift].week();
        for (int shift : problem.shiftsOf[one.lecturer]) {
            if (problem.shifts[shift].week() == week && count < 3 * settings.removed()) {
                all(state.routes[shift]);
            }
        }
    }

    /** Lectures of one date near the seed. */
    private void day(int seed) {
        int day = state.routes[state.routeWith(seed)].day;
        for (int near : neighbours.of(seed)) {
            int shift = near < problem.visits.length ? state.routeWith(near) : State.ABSENT;
            if (shift != State.ABSENT && state.routes[shift].day == day && count < settings.removed()) {
                all(state.routes[shift]);
            }
        }
    }

    private void scattered() {
        int wanted = 1 + random.below(settings.removed());
        for (int i = 0; i < wanted; i++) {
            int visit = movable[random.below(movable.length)];
            int shift = state.routeWith(visit);
            if (shift != State.ABSENT) {
                Route route = state.routes[shift];
                int host = state.hostOf[visit];
                if (host == State.ABSENT) {
                    take(route, route.indexOf(visit));
                } else if (!route.pinned[route.indexOf(host)]) {
                    state.remove(visit);
                    note(visit);
                }
            }
        }
    }

    private void all(Route route) {
        for (int position = route.size - 1; position >= 0; position--) {
            take(route, position);
        }
    }

    private void take(Route route, int position) {
        if (!state.isRemovable(route, position)) {
            return;
        }
        int visit = route.stop[position];
        for (int guest : state.guestsOf[visit]) {
            note(guest);
        }
        note(visit);
        state.remove(visit);
    }

    private void note(int visit) {
        if (count == removed.length) {
            removed = Arrays.copyOf(removed, count * 2);
        }
        removed[count++] = visit;
    }
}
