package org.lectern.scheduler.planning.search;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which visits use each shared place and branch on each day, and which starts they leave free for others. */
final class Occupancy {

    private static final int UNSHARED = -1;

    private final State state;
    private final Problem problem;
    private final int[] placeRow;
    private final int[] branchRow;
    private final int[] @Nullable [] visits;
    private final int[] count;

    Occupancy(State state) {
        this.state = state;
        problem = state.problem;
        placeRow = new int[problem.places.length];
        branchRow = new int[problem.branches.length];
        int rows = 0;
        for (int i = 0; i < placeRow.length; i++) {
            placeRow[i] = problem.sharedPlace[i] ? rows++ : UNSHARED;
        }
        for (int i = 0; i < branchRow.length; i++) {
            branchRow[i] = problem.sharedBranch[i] ? rows++ : UNSHARED;
        }
        visits = new int[rows * problem.days][];
        count = new int[rows * problem.days];
    }

    /** The list of a place on a day, negative if the place is not shared. */
    int ofPlace(int place, int day) {
        return place < 0 || placeRow[place] == UNSHARED ? UNSHARED : placeRow[place] * problem.days + day;
    }

    int ofBranchOf(int visit, int day) {
        int row = branchRow[problem.visits[visit].branch()];
        return row == UNSHARED ? UNSHARED : row * problem.days + day;
    }

    void add(int list, int visit) {
        if (list < 0) {
            return;
        }
        int[] users = visits[list];
        if (users == null || count[list] == users.length) {
            users = users == null ? new int[2] : Arrays.copyOf(users, users.length * 2);
            visits[list] = users;
        }
        users[count[list]++] = visit;
    }

    void remove(int list, int visit) {
        if (list < 0) {
            return;
        }
        int[] users = visits[list];
        int last = --count[list];
        for (int i = 0; users != null && i <= last; i++) {
            if (users[i] == visit) {
                users[i] = users[last];
                return;
            }
        }
        throw new IllegalStateException("The visit does not use this: " + visit);
    }

    int count(int list) {
        return list < 0 ? 0 : count[list];
    }

    /** The route in which a user of a list takes place. */
    Route route(int list, int index) {
        return state.routes[state.routeOf[host(list, index)]];
    }

    private int host(int list, int index) {
        int[] users = visits[list];
        if (users == null) {
            throw new IndexOutOfBoundsException(index);
        }
        int visit = users[index];
        return state.hostOf[visit] == State.ABSENT ? visit : state.hostOf[visit];
    }

    /** The given starts without those at which other routes use the place or branch. */
    long free(int list, Route route, int before, int after, long starts) {
        int[] first = problem.firstStart;
        if (list < 0 || first == null) {
            return starts;
        }
        long left = starts;
        for (int i = count[list] - 1; i >= 0; i--) {
            Route other = route(list, i);
            if (other == route) {
                continue; // the lecturer cannot be there twice at once
            }
            int position = other.indexOf(host(list, i));
            int from = other.start[position] - other.before[position] - after - first[route.day];
            int until = other.start[position] + other.after[position] + before - first[route.day];
            // a start is blocked if from < start < until
            int lowest = Math.max(0, Math.floorDiv(from, problem.step) + 1);
            int highest = Math.min(63, Math.ceilDiv(until, problem.step) - 1);
            if (lowest <= highest) {
                left &= ~(-1L >>> (63 - highest) & -1L << lowest);
            }
        }
        return left;
    }

    /** Whether other routes leave the place or branch free at a start that need not be on the grid. */
    boolean isFree(int list, Route route, int before, int after, int start) {
        for (int i = count(list) - 1; i >= 0; i--) {
            Route other = route(list, i);
            if (other != route) {
                int position = other.indexOf(host(list, i));
                if (start - before < other.start[position] + other.after[position]
                        && other.start[position] - other.before[position] < start + after) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The allowed starts of a stop, without those that other routes occupy. */
    long allowed(Route route, int position) {
        long starts = route.starts[position];
        if (!route.grid[position]) {
            return starts;
        }
        int visit = route.stop[position];
        int before = route.before[position];
        int after = route.after[position];
        starts = free(ofPlace(route.place[position], route.day), route, before, after, starts);
        starts = free(ofBranchOf(visit, route.day), route, before, after, starts);
        for (int guest : state.guestsOf[visit]) {
            starts = free(ofBranchOf(guest, route.day), route, before, after, starts);
        }
        return starts;
    }
}
