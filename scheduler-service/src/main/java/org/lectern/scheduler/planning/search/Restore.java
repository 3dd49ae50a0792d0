package org.lectern.scheduler.planning.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
     * @return the visits that no longer fit; pinned ones always do, as do the guests of a pinned host
     */
    List<Integer> load(Plan plan) {
        Set<Integer> hostsOfPinned = new HashSet<>();
        for (Plan.Placement each : plan.placed()) {
            if (each.pinned() && each.host() != Plan.NONE) {
                hostsOfPinned.add(each.host());
            }
        }
        List<Integer> stale = new ArrayList<>();
        List<Plan.Placement> guests = new ArrayList<>();
        Map<Integer, List<Plan.Placement>> byShift = new LinkedHashMap<>();
        for (Plan.Placement each : plan.inOrder()) {
            if (each.host() != Plan.NONE) {
                guests.add(each);
            } else if (option(each) < 0) {
                stale.add(each.visit());
            } else if (each.pinned() || hostsOfPinned.contains(each.visit())) {
                state.insert(each.visit(), where(each, true));
            } else {
                byShift.computeIfAbsent(each.shift(), key -> new ArrayList<>()).add(each);
            }
        }
        for (List<Plan.Placement> day : byShift.values()) {
            if (!together(day)) {
                oneByOne(day).forEach(each -> stale.add(each.visit()));
            }
        }
        for (Plan.Placement each : guests) {
            if (!guest(each)) {
                stale.add(each.visit());
            }
        }
        return stale;
    }

    /** A day may hold only as a whole: the way between two stops may be longer than over a third. */
    private boolean together(List<Plan.Placement> day) {
        List<Integer> placed = new ArrayList<>();
        for (Plan.Placement each : day) {
            Candidate where = where(each, false);
            if (!insertion.isAllowed(each.visit(), where)) {
                takeOut(placed);
                return false;
            }
            state.insert(each.visit(), where);
            placed.add(each.visit());
        }
        if (state.timetable.isInTime(state.routes[day.getFirst().shift()])) {
            return true;
        }
        takeOut(placed);
        return false;
    }

    private void takeOut(List<Integer> placed) {
        placed.reversed().forEach(state::remove);
    }

    /** Returns those that fit in no order. */
    private Collection<Plan.Placement> oneByOne(List<Plan.Placement> day) {
        List<Plan.Placement> left = new ArrayList<>(day);
        boolean changed = true;
        while (changed) {
            changed = left.removeIf(this::fitted);
        }
        return left;
    }

    private boolean fitted(Plan.Placement each) {
        Candidate where = where(each, false);
        if (!insertion.fits(each.visit(), where)) {
            return false;
        }
        state.insert(each.visit(), where);
        return true;
    }

    private Candidate where(Plan.Placement each, boolean pinned) {
        Candidate where = insertion.at(each.visit(), each.shift(), option(each), each.start());
        if (pinned) {
            where.fixed = each.start();
            where.pinned = true;
        }
        return where;
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
        int shift = state.routeOf[each.host()];
        if (shift == State.ABSENT) {
            return false;
        }
        Route route = state.routes[shift];
        boolean stays = route.pinned[route.indexOf(each.host())];
        if (!stays && !insertion.seatFits(each.visit(), each.host())) {
            return false;
        }
        Candidate where = new Candidate();
        where.host = each.host();
        where.restored = each.start();
        state.insert(each.visit(), where);
        return true;
    }
}
