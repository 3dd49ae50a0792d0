package org.lectern.scheduler.planning.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Repairs booked lectures after a loss: a lecturer, a place or a day drops out. First, only the lost lectures are
 * placed; all others stay. If that leaves some of them out, others make room: as few as possible, each weighed by the
 * disturbance that it means. Travel and even share decide only between equally few changes.
 *
 * <p>The problem says what is booked by {@link Instance.Visit#standing()}, and {@link WhatIf} makes it of the one
 * before the loss.
 */
public final class Repair {

    /** Enough for a handful of lost lectures. */
    public static final int USUAL_ITERATIONS = 4_000;

    private final Problem problem;
    private final Plan booked;
    private final long seed;
    private final int iterations;
    private final LongSupplier nanos;
    private final Search.Observer observer;

    /**
     * The outcome for the bookings.
     *
     * @param lost what cannot stay as it is booked, placed again or not
     * @param moved all others that change; empty if the lost ones found room between them
     * @param leftOut lost ones without a slot
     */
    public record Outcome(Plan plan, List<Integer> lost, List<Integer> moved, List<Integer> leftOut) {

        public Outcome {
            lost = List.copyOf(lost);
            moved = List.copyOf(moved);
            leftOut = List.copyOf(leftOut);
        }
    }

    private Repair(
            Problem problem, Plan booked, long seed, int iterations, LongSupplier nanos, Search.Observer observer) {
        this.problem = problem;
        this.booked = booked;
        this.seed = seed;
        this.iterations = iterations;
        this.nanos = nanos;
        this.observer = observer;
    }

    /**
     * Repairs a plan.
     *
     * @param booked where everything was before the loss. What has no standing slot that holds is lost, with all
     *     guests, also if the plan does not place it. What is pinned is never moved, unless it is pinned to the lost
     *     slot
     * @param iterations of the search, for each of its two parts
     * @param observer may stop it; the repair so far is the result
     */
    public static Outcome of(
            Problem problem, Plan booked, long seed, int iterations, LongSupplier nanos, Search.Observer observer) {
        return new Repair(problem, booked, seed, iterations, nanos, observer).outcome();
    }

    private Outcome outcome() {
        Set<Integer> lost = lost();
        Plan result = priced(search(alone(lost), from(booked, lost, each -> true)));
        if (result.leftOut().stream().anyMatch(each -> lost.contains(each) && hasPlaces(each))) {
            Problem firm = firm(problem, booked, lost);
            IntPredicate stuck = stuck(firm, result);
            Plan second = priced(search(firm, from(result, Set.of(), stuck.or(wasPinned(lost)))));
            if (second.cost().leftOut() < result.cost().leftOut()) {
                result = second;
            }
        }
        Plan plan = from(result, Set.of(), wasPinned(lost)).priced(result.cost());
        List<Integer> moved = new ArrayList<>();
        for (Plan.Placement each : booked.placed()) {
            if (!lost.contains(each.visit()) && !isSame(each, plan.of(each.visit()))) {
                moved.add(each.visit());
            }
        }
        return new Outcome(
                plan,
                lost.stream().sorted().toList(),
                moved,
                plan.leftOut().stream().filter(lost::contains).toList());
    }

    /** What cannot stay, with all guests of a lost host. */
    private Set<Integer> lost() {
        Set<Integer> lost = new HashSet<>();
        for (int visit = 0; visit < problem.visitCount(); visit++) {
            Plan.Placement each = booked.of(visit);
            boolean isLost = each == null
                    ? isGone(visit)
                    : !isElsewhere(each) && (!holds(visit) || (each.host() != Plan.NONE && !holds(each.host())));
            if (isLost) {
                lost.add(visit);
            }
        }
        return lost;
    }

    private boolean isGone(int visit) {
        Instance.Standing standing = problem.visit(visit).standing();
        return standing != null && !standing.holds();
    }

    /** Whether a lost lecture is pinned to another slot: people have replaced it. */
    private boolean isElsewhere(Plan.Placement each) {
        Instance.Standing standing = problem.visit(each.visit()).standing();
        if (!each.pinned() || standing == null) {
            return false;
        }
        Instance.Shift shift = problem.shift(each.shift());
        return shift.lecturer() != standing.lecturer()
                || each.start() != standing.start()
                || each.place() != standing.place();
    }

    private boolean hasPlaces(int visit) {
        return !problem.visit(visit).options().isEmpty();
    }

    private boolean holds(int visit) {
        Instance.Standing standing = problem.visit(visit).standing();
        return standing != null && standing.holds();
    }

    private Plan search(Problem of, Plan from) {
        return Search.start(of, from, seed, Settings.USUAL, new Budget.Iterations(iterations), nanos)
                .run(observer);
    }

    private static boolean isSame(Plan.Placement one, Plan.@Nullable Placement other) {
        return other != null
                && one.shift() == other.shift()
                && one.place() == other.place()
                && one.start() == other.start()
                && one.host() == other.host();
    }

    private static Plan from(Plan plan, Set<Integer> without, IntPredicate pinned) {
        return new Plan(
                plan.visits(),
                plan.placed().stream()
                        .filter(each -> !without.contains(each.visit()))
                        .map(each -> new Plan.Placement(
                                each.visit(),
                                each.shift(),
                                each.place(),
                                each.start(),
                                each.host(),
                                pinned.test(each.visit())))
                        .toList(),
                Cost.NONE);
    }

    /** Bookings that break a rule: they fit nowhere but where they are. */
    private static IntPredicate stuck(Problem in, Plan plan) {
        Set<Integer> stuck = new HashSet<>();
        while (stuck.addAll(new Restore(new State(in)).load(from(plan, Set.of(), stuck::contains)))) {
            // what is stuck may leave no room for others
        }
        return stuck::contains;
    }

    private IntPredicate wasPinned(Set<Integer> lost) {
        return visit -> {
            Plan.Placement before = booked.of(visit);
            return before != null && before.pinned() && !lost.contains(visit);
        };
    }

    /** Only what was booked is placed. */
    private static List<Instance.Visit> booked(Instance instance, Plan booked, Set<Integer> lost) {
        List<Instance.Visit> visits = new ArrayList<>();
        for (int i = 0; i < instance.visits().size(); i++) {
            Instance.Visit each = instance.visits().get(i);
            visits.add(booked.of(i) == null && !lost.contains(i) ? each.nowhere() : each);
        }
        return visits;
    }

    private Problem alone(Set<Integer> lost) {
        Instance instance = problem.instance;
        return new Problem(instance.with(
                booked(instance, booked, lost), instance.places(), instance.shifts(), instance.weights()));
    }

    /** Others never give way for good, and changes count before travel. */
    static Problem firm(Problem problem, Plan booked, Set<Integer> lost) {
        Instance instance = problem.instance;
        double most = 1;
        for (Instance.Visit each : instance.visits()) {
            most = Math.max(most, each.importance());
        }
        List<Instance.Visit> visits = booked(instance, booked, lost);
        for (int i = 0; i < visits.size(); i++) {
            Instance.Visit each = visits.get(i);
            if (booked.of(i) != null && !lost.contains(i)) {
                visits.set(i, each.with(each.importance() + most * lost.size(), each.standing()));
            }
        }
        return new Problem(instance.with(
                visits, instance.places(), instance.shifts(), instance.weights().firm()));
    }

    /** The plan as the problem prices it. */
    private Plan priced(Plan plan) {
        State state = new State(problem);
        new Restore(state).load(from(plan, Set.of(), stuck(problem, plan)));
        return Plan.of(state);
    }
}
