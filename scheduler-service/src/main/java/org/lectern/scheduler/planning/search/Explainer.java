package org.lectern.scheduler.planning.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Explains a plan by trying: every answer is the result of an insertion that was made and undone, so it cannot disagree
 * with the search. Not for concurrent use.
 */
public final class Explainer {

    private final Problem problem;
    private final State state;
    /** Only bookings and pins. */
    private final State bare;

    private final Insertion insertion;
    private final Insertion bareInsertion;

    public Explainer(Problem problem, Plan plan) {
        this.problem = problem;
        state = new State(problem);
        new Restore(state).load(plan);
        bare = new State(problem);
        List<Plan.Placement> pinned =
                plan.placed().stream().filter(Plan.Placement::pinned).toList();
        new Restore(bare).load(new Plan(plan.visits(), pinned, Cost.NONE));
        SplitMix random = new SplitMix(0);
        insertion = new Insertion(state, random, 0);
        bareInsertion = new Insertion(bare, random, 0);
    }

    /**
     * Why a visit takes place where it does.
     *
     * @param adds what the plan costs more with it, by component; what it would leave out not counted
     * @param load the lectures of its lecturer, this one included
     * @param instead the best other ways with what each would cost more than this one, the cheapest first
     */
    public record Reasons(Cost adds, int load, double meanLoad, List<Alternative> instead) {}

    public record Alternative(int shift, int place, int start, int host, Cost difference) {}

    /** What a trial found. */
    public sealed interface Trial {

        /** It is possible; the way tells what the plan would cost more. */
        record Possible(Alternative way) implements Trial {}

        /** It is not: each shift that was tried, counted at its first obstacle. */
        record Impossible(Map<Obstacle, Integer> obstacles) implements Trial {}
    }

    /**
     * Why a visit is left out.
     *
     * @param obstacles each (shift, visit) counted at its first obstacle; all lecturers' days are tried
     * @param giveWay the visit that makes room at the least cost when it is removed, if one alone can
     */
    public record LeftOut(
            Map<Obstacle, Integer> obstacles, @Nullable Displacement giveWay) {}

    /**
     * A visit that makes room.
     *
     * @param placedAgain whether the visit that gives way finds another slot
     */
    public record Displacement(int visit, Alternative way, boolean placedAgain, Cost difference) {}

    /**
     * Why a visit takes place where it does. There is no other way if the rest of the day cannot do without it:
     * the way between its neighbours would be too long.
     *
     * @throws IllegalArgumentException when the visit is left out
     */
    public Reasons why(int visit, int most) {
        requirePlaced(visit);
        Cost with = state.ledger.cost();
        int lecturer = state.routes[state.routeWith(visit)].lecturer;
        int load = state.ledger.load[lecturer];
        int here = state.routeWith(visit);
        int host = state.hostOf[visit];
        return undone(() -> {
            boolean isFree = state.remove(visit);
            Cost without = state.ledger.cost();
            List<Alternative> instead = new ArrayList<>();
            for (Candidate each : isFree ? ways(visit) : List.<Candidate>of()) {
                if (each.route != here || each.host != host) {
                    instead.add(cost(visit, each, with));
                }
            }
            instead.sort(Comparator.comparing(Alternative::difference).thenComparingInt(Alternative::shift));
            double mean = 0;
            for (int each : state.ledger.load) {
                mean += (double) each / state.ledger.load.length;
            }
            Cost adds = with.minus(without);
            return new Reasons(
                    new Cost(
                            0,
                            adds.travel(),
                            adds.days(),
                            adds.load(),
                            adds.later(),
                            adds.preference(),
                            adds.guests(),
                            adds.disturbance()),
                    load,
                    mean,
                    instead.subList(0, Math.min(most, instead.size())));
        });
    }

    private void requirePlaced(int visit) {
        if (!state.isPlaced(visit)) {
            throw new IllegalArgumentException("The visit is left out: " + visit);
        }
    }

    /** The cheapest way in each shift and at each host. */
    private List<Candidate> ways(int visit) {
        List<Candidate> ways = new ArrayList<>();
        for (int lecturer : problem.ableLecturers[problem.visits[visit].skill()]) {
            for (int shift : problem.shiftsOf[lecturer]) {
                insertion.best.clear();
                insertion.route(visit, state.routes[shift]);
                keep(ways);
            }
        }
        for (int host = 0; host < problem.visits.length && problem.joint.most() > 0; host++) {
            insertion.best.clear();
            insertion.seat(visit, host);
            keep(ways);
        }
        return ways;
    }

    private void keep(List<Candidate> ways) {
        if (insertion.best.exists()) {
            ways.add(insertion.best.copy());
        }
    }

    /** Inserts, reads, removes. */
    private Alternative cost(int visit, Candidate way, Cost before) {
        state.insert(visit, way);
        int host = state.hostOf[visit];
        Route route = state.routes[state.routeWith(visit)];
        int position = route.indexOf(host == State.ABSENT ? visit : host);
        Alternative found = new Alternative(
                route.shift,
                route.place[position],
                route.start[position],
                host,
                state.ledger.cost().minus(before));
        state.remove(visit);
        return found;
    }

    /**
     * Tries a visit in other shifts, as if it were not placed yet.
     *
     * @param start exactly this start; empty for any
     */
    public Trial attempt(int visit, List<Integer> shifts, OptionalInt start) {
        return attempt(visit, shifts, start, OptionalInt.empty());
    }

    /**
     * Tries a visit in other shifts, as if it were not placed yet.
     *
     * @param start exactly this start; empty for any
     * @param place exactly this place, which needs a start; empty for any
     */
    public Trial attempt(int visit, List<Integer> shifts, OptionalInt start, OptionalInt place) {
        Cost before = state.ledger.cost();
        int here = state.routeWith(visit);
        int position = state.routeOf[visit] == State.ABSENT ? 0 : state.routes[here].indexOf(visit);
        return undone(() -> {
            boolean isFree = here == State.ABSENT || state.remove(visit);
            Alternative best = null;
            Map<Obstacle, Integer> obstacles = new EnumMap<>(Obstacle.class);
            for (int shift : shifts) {
                List<Candidate> ways = isFree
                        ? way(visit, state, insertion, shift, start, place).stream()
                                .toList()
                        : shift == here ? fillings(visit, shift, position, start, place) : List.of();
                for (Candidate way : ways) {
                    Alternative found = cost(visit, way, before);
                    if (best == null || found.difference().compareTo(best.difference()) < 0) {
                        best = found;
                    }
                }
                if (ways.isEmpty()) {
                    obstacles.merge(obstacle(visit, shift, start, place), 1, Integer::sum);
                }
            }
            return best == null ? new Trial.Impossible(obstacles) : new Trial.Possible(best);
        });
    }

    /** The ways to fill the gap that a visit left which the day cannot do without. */
    private List<Candidate> fillings(int visit, int shift, int position, OptionalInt start, OptionalInt place) {
        int[] first = problem.firstStart;
        IntStream starts = start.isPresent() || first == null
                ? start.stream()
                : IntStream.range(0, Long.SIZE).map(slot -> first[state.routes[shift].day] + slot * problem.step);
        List<Candidate> found = new ArrayList<>();
        for (int moment : starts.toArray()) {
            for (int option = 0; option < problem.visits[visit].options().size(); option++) {
                Candidate way = insertion.at(visit, shift, option, moment);
                way.position = position;
                if (isAsked(place, visit, option) && insertion.fits(visit, way)) {
                    found.add(way);
                }
            }
        }
        return found;
    }

    private boolean isAsked(OptionalInt place, int visit, int option) {
        return place.isEmpty() || place.getAsInt() == problem.optionPlace(visit, option);
    }

    private Optional<Candidate> way(
            int visit, State in, Insertion by, int shift, OptionalInt start, OptionalInt place) {
        Route route = in.routes[shift];
        by.best.clear();
        if (start.isEmpty()) {
            by.route(visit, route);
            return by.best.exists() ? Optional.of(by.best.copy()) : Optional.empty();
        }
        for (int option = 0; option < problem.visits[visit].options().size(); option++) {
            Candidate way = by.at(visit, shift, option, start.getAsInt());
            if (isAsked(place, visit, option) && by.fits(visit, way)) {
                return Optional.of(way);
            }
        }
        return Optional.empty();
    }

    /** The first obstacle of a visit that does not fit into a shift. */
    private Obstacle obstacle(int visit, int shift, OptionalInt start, OptionalInt place) {
        Instance.Visit asked = problem.visits[visit];
        Route route = state.routes[shift];
        if (!problem.able(route.lecturer, asked.skill())) {
            return Obstacle.SKILL;
        }
        long wanted = start.isEmpty() ? Instance.EVERY_START : problem.bit(route.day, start.getAsInt());
        long lecturer = problem.lecturerStarts(shift, asked.shape()) & wanted;
        long branch = problem.branchStarts(asked.branch(), route.day, asked.shape()) & wanted;
        long places = 0;
        for (int option = 0; option < asked.options().size(); option++) {
            if (isAsked(place, visit, option)) {
                places |= problem.placeStarts(problem.optionPlace(visit, option), route.day, asked.shape()) & wanted;
            }
        }
        if (problem.firstStart != null) {
            if (lecturer == 0) {
                return Obstacle.LECTURER_UNAVAILABLE;
            }
            if (places == 0) {
                return Obstacle.PLACE_CLOSED;
            }
            if (branch == 0) {
                return Obstacle.BRANCH_UNAVAILABLE;
            }
            if ((lecturer & places & branch) == 0) {
                return Obstacle.NO_COMMON_START;
            }
        }
        if (!state.farEnough(visit, route.day)) {
            return Obstacle.INTERVAL;
        }
        if (route.demand + asked.demand() > problem.shifts[shift].capacity()) {
            return Obstacle.DAY_LIMIT;
        }
        if (state.lecturesInWeek(route) >= problem.lecturers[route.lecturer].weekLimit()) {
            return Obstacle.WEEK_LIMIT;
        }
        return way(visit, bare, bareInsertion, shift, start, place).isPresent() ? Obstacle.TAKEN : Obstacle.BOOKINGS;
    }

    /**
     * Why a visit is left out.
     *
     * @throws IllegalArgumentException when the visit takes place
     */
    public LeftOut whyLeftOut(int visit) {
        if (state.isPlaced(visit)) {
            throw new IllegalArgumentException("The visit takes place: " + visit);
        }
        Map<Obstacle, Integer> obstacles = new EnumMap<>(Obstacle.class);
        List<Integer> taken = new ArrayList<>();
        for (int shift = 0; shift < problem.shifts.length; shift++) {
            Obstacle found = obstacle(visit, shift, OptionalInt.empty(), OptionalInt.empty());
            obstacles.merge(found, 1, Integer::sum);
            if (found == Obstacle.TAKEN || found == Obstacle.DAY_LIMIT) {
                taken.add(shift);
            }
        }
        return new LeftOut(obstacles, giveWay(visit, taken));
    }

    private @Nullable Displacement giveWay(int visit, List<Integer> shifts) {
        Cost before = state.ledger.cost();
        Displacement best = null;
        for (int shift : shifts) {
            Route route = state.routes[shift];
            for (int i = 0; i < route.size; i++) {
                int other = route.stop[i];
                if (other >= 0 && state.isRemovable(route, i)) {
                    @Nullable Displacement found = undone(() -> displaced(visit, shift, other, before));
                    if (found != null && (best == null || found.difference().compareTo(best.difference()) < 0)) {
                        best = found;
                    }
                }
            }
        }
        return best;
    }

    private @Nullable Displacement displaced(int visit, int shift, int other, Cost before) {
        state.remove(other);
        Optional<Candidate> way = way(visit, state, insertion, shift, OptionalInt.empty(), OptionalInt.empty());
        if (way.isEmpty()) {
            return null;
        }
        state.insert(visit, way.get());
        Route route = state.routes[shift];
        int position = route.indexOf(visit);
        int place = route.place[position];
        int start = route.start[position];
        Candidate cheapest = null;
        for (Candidate each : ways(other)) {
            if (cheapest == null || each.cost < cheapest.cost) {
                cheapest = each;
            }
        }
        if (cheapest != null) {
            state.insert(other, cheapest);
        }
        Cost difference = state.ledger.cost().minus(before);
        return new Displacement(
                other, new Alternative(shift, place, start, Plan.NONE, difference), cheapest != null, difference);
    }

    /** The plan with its exact cost; without placements that did not fit. */
    public Plan plan() {
        return Plan.of(state);
    }

    /**
     * Places a visit and pins it; others of its shift may start later. Its guests are left out.
     *
     * @param way of a trial that was possible since the last change
     */
    public Plan place(int visit, Alternative way) {
        if (state.isPlaced(visit)) {
            state.remove(visit);
        }
        int option = 0;
        while (problem.optionPlace(visit, option) != way.place()) {
            option++;
        }
        Candidate where = insertion.at(visit, way.shift(), option, way.start());
        where.restored = Candidate.ANY;
        where.fixed = way.start();
        where.pinned = true;
        state.insert(visit, where);
        return plan();
    }

    private interface Attempt<T extends @Nullable Object> {

        T make();
    }

    private <T extends @Nullable Object> T undone(Attempt<T> attempt) {
        state.journal.begin();
        try {
            return attempt.make();
        } finally {
            state.journal.undo();
        }
    }
}
