package org.lectern.scheduler.planning.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where each visit takes place, or that it is left out. Immutable. Names nothing of the search: a plan can be kept. */
public final class Plan {

    public static final int NONE = -1;

    /**
     * A visit that takes place.
     *
     * @param host the visit that has this one as its guest, or {@link #NONE}
     * @param pinned whether a search must leave it as it is
     */
    public record Placement(int visit, int shift, int place, int start, int host, boolean pinned) {}

    private final @Nullable Placement[] placements;
    private final Cost cost;

    public Plan(int visits, List<Placement> placed, Cost cost) {
        placements = new @Nullable Placement[visits];
        for (Placement each : placed) {
            if (placements[each.visit()] != null) {
                throw new IllegalArgumentException("The visit is placed twice: " + each.visit());
            }
            placements[each.visit()] = each;
        }
        this.cost = cost;
    }

    /** Nothing is placed. */
    public static Plan empty(Problem problem) {
        return new Plan(problem.visitCount(), List.of(), new State(problem).ledger.cost());
    }

    static Plan of(State state) {
        List<Placement> placed = new ArrayList<>();
        for (int visit = 0; visit < state.problem.visits.length; visit++) {
            int shift = state.routeWith(visit);
            if (shift != State.ABSENT) {
                int host = state.hostOf[visit];
                Route route = state.routes[shift];
                int position = route.indexOf(host == State.ABSENT ? visit : host);
                placed.add(new Placement(
                        visit, shift, route.place[position], route.start[position], host, route.pinned[position]));
            }
        }
        return new Plan(state.problem.visits.length, placed, state.ledger.cost());
    }

    public @Nullable Placement of(int visit) {
        return placements[visit];
    }

    public Cost cost() {
        return cost;
    }

    public int visits() {
        return placements.length;
    }

    public List<Placement> placed() {
        List<Placement> placed = new ArrayList<>();
        for (Placement each : placements) {
            if (each != null) {
                placed.add(each);
            }
        }
        return placed;
    }

    public List<Integer> leftOut() {
        List<Integer> out = new ArrayList<>();
        for (int i = 0; i < placements.length; i++) {
            if (placements[i] == null) {
                out.add(i);
            }
        }
        return out;
    }

    /** The same plan with one visit placed as given, for a hand edit; the cost is not recomputed. */
    public Plan with(Placement changed) {
        List<Placement> placed = new ArrayList<>(placed());
        placed.removeIf(each -> each.visit() == changed.visit());
        placed.add(changed);
        return new Plan(placements.length, placed, cost);
    }

    public Plan without(int visit) {
        List<Placement> placed = new ArrayList<>(placed());
        placed.removeIf(each -> each.visit() == visit);
        return new Plan(placements.length, placed, cost);
    }

    Plan priced(Cost other) {
        return new Plan(placements.length, placed(), other);
    }

    /** Hosts in order of shift and start, then guests. */
    List<Placement> inOrder() {
        List<Placement> placed = new ArrayList<>(placed());
        placed.sort(Comparator.comparing((Placement each) -> each.host() != NONE)
                .thenComparing(each -> !each.pinned())
                .thenComparingInt(Placement::shift)
                .thenComparingInt(Placement::start));
        return placed;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Plan plan && Arrays.equals(placements, plan.placements) && cost.equals(plan.cost);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(placements);
    }
}
