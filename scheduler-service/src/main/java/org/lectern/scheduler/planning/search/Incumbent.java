package org.lectern.scheduler.planning.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The best plan so far. Copies only the routes that changed since the last copy. */
final class Incumbent implements Journal.Routes {

    private final State state;
    private final int[] shift;
    private final int[] place;
    private final int[] start;
    private final int[] host;
    private final boolean[] pinned;
    private final boolean[] isDirty;
    private int[] dirty = new int[64];
    private int count;
    private Cost cost = Cost.NONE;
    private long leftOut = Long.MAX_VALUE;
    private long placed = Long.MAX_VALUE;

    Incumbent(State state) {
        this.state = state;
        int visits = state.problem.visits.length;
        shift = new int[visits];
        place = new int[visits];
        start = new int[visits];
        host = new int[visits];
        pinned = new boolean[visits];
        isDirty = new boolean[state.routes.length];
    }

    @Override
    public void add(int route) {
        if (!isDirty[route]) {
            if (count == dirty.length) {
                dirty = Arrays.copyOf(dirty, count * 2);
            }
            isDirty[route] = true;
            dirty[count++] = route;
        }
    }

    /** Less left out comes first, then the cost. */
    boolean isWorseThan(Ledger ledger) {
        return ledger.leftOut != leftOut ? ledger.leftOut < leftOut : ledger.placed() < placed;
    }

    void copyAll() {
        for (int route = 0; route < state.routes.length; route++) {
            add(route);
        }
        copy();
    }

    /** Takes the plan of another state as the best one. What is dirty here is all. */
    void copyFrom(State other) {
        Incumbent copy = new Incumbent(other);
        copy.copyAll();
        take(copy);
        for (int route = 0; route < state.routes.length; route++) {
            add(route);
        }
    }

    private void take(Incumbent other) {
        System.arraycopy(other.shift, 0, shift, 0, shift.length);
        System.arraycopy(other.place, 0, place, 0, shift.length);
        System.arraycopy(other.start, 0, start, 0, shift.length);
        System.arraycopy(other.host, 0, host, 0, shift.length);
        System.arraycopy(other.pinned, 0, pinned, 0, shift.length);
        cost = other.cost;
        leftOut = other.leftOut;
        placed = other.placed;
    }

    void copy() {
        for (int i = 0; i < count; i++) {
            Route route = state.routes[dirty[i]];
            isDirty[dirty[i]] = false;
            for (int position = 0; position < route.size; position++) {
                int visit = route.stop[position];
                if (visit >= 0) {
                    write(visit, route, position, State.ABSENT);
                    for (int guest : state.guestsOf[visit]) {
                        write(guest, route, position, visit);
                    }
                }
            }
        }
        count = 0;
        for (int i = 0; i < state.absentCount; i++) {
            shift[state.absent[i]] = State.ABSENT;
        }
        cost = state.ledger.cost();
        leftOut = cost.leftOut();
        placed = cost.placed();
    }

    private void write(int visit, Route route, int position, int hostOf) {
        shift[visit] = route.shift;
        place[visit] = route.place[position];
        start[visit] = route.start[position];
        host[visit] = hostOf;
        pinned[visit] = route.pinned[position];
    }

    Cost cost() {
        return cost;
    }

    Plan plan() {
        List<Plan.Placement> found = new ArrayList<>();
        for (int visit = 0; visit < shift.length; visit++) {
            if (shift[visit] != State.ABSENT) {
                found.add(new Plan.Placement(
                        visit, shift[visit], place[visit], start[visit], host[visit], pinned[visit]));
            }
        }
        return new Plan(shift.length, found, cost);
    }
}
