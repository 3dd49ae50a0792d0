package org.lectern.scheduler.planning.search;

import java.util.ArrayList;
import java.util.List;

/** Puts a plan into an empty state: a draft, a checkpoint, hand-made pins. */
final class Restore {

    private final State state;
    private final Problem problem;
    private final Insertion insertion;

    Restore(State state) {
        this.state = state;
        problem = state.problem;
        insertion = new Insertion(state, new SplitMix(0), 0);
    }

    /**
     * Places what still fits, at exactly its time.
     *
     * @return the visits that no longer fit; pinned ones always do
     */
    List<Integer> load(Plan plan) {
        List<Integer> stale = new ArrayList<>();
        for (Plan.Placement each : plan.inOrder()) {
            boolean fits = each.host() == Plan.NONE ? host(each) : guest(each);
            if (!fits) {
                stale.add(each.visit());
            }
        }
        return stale;
    }

    private boolean host(Plan.Placement each) {
        Instance.Visit asked = problem.visits[each.visit()];
        Route route = state.routes[each.shift()];
        Candidate where = new Candidate();
        where.route = each.shift();
        where.position = route.positionFor(each.start());
        where.option = option(each);
        if (where.option < 0) {
            return false;
        }
        Instance.Standing standing = asked.standing();
        boolean stands = standing != null && standing.day() == route.day && standing.start() == each.start();
        where.fixed = each.pinned() || stands || (problem.firstStart == null && asked.ready() == asked.due())
                ? each.start()
                : Candidate.ANY;
        where.pinned = each.pinned();
        where.restored = each.start();
        if (!each.pinned() && !insertion.fits(each.visit(), where)) {
            return false;
        }
        state.insert(each.visit(), where);
        return true;
    }

    private int option(Plan.Placement each) {
        List<Instance.Option> options = problem.visits[each.visit()].options();
        for (int i = 0; i < options.size(); i++) {
            if (options.get(i).place() == each.place()) {
                return i;
            }
        }
        return -1;
    }

    private boolean guest(Plan.Placement each) {
        if (state.routeOf[each.host()] == State.ABSENT) {
            return false;
        }
        if (!each.pinned() && !insertion.seatFits(each.visit(), each.host())) {
            return false;
        }
        Candidate where = new Candidate();
        where.host = each.host();
        where.restored = each.start();
        state.insert(each.visit(), where);
        return true;
    }
}
