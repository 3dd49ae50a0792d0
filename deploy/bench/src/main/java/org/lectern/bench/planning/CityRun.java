package org.lectern.bench.planning;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.lectern.scheduler.planning.search.Budget;
import org.lectern.scheduler.planning.search.Plan;
import org.lectern.scheduler.planning.search.PlanCheck;
import org.lectern.scheduler.planning.search.Problem;
import org.lectern.scheduler.planning.search.Repair;
import org.lectern.scheduler.planning.search.Search;
import org.lectern.scheduler.planning.search.Settings;
import org.lectern.scheduler.planning.search.WhatIf;

/**
 * One city, one seed: what the planner and the suggestions make of it.
 *
 * @param firstSeconds until the first whole plan, from the facts in memory on
 * @param overBound in percent; NaN if no bound was computed
 * @param underSuggestions by how many percent the plan is cheaper than booked suggestions
 * @param fewerDays by how many percent fewer lecturers' days are used
 * @param missing lectures that the suggestions place beyond the plan
 * @param underFirst by how many percent the plan is cheaper than the first plan
 * @param megabytes of heap after the run, garbage collected
 */
public record CityRun(
        double firstSeconds,
        double overBound,
        double underSuggestions,
        double fewerDays,
        double missing,
        double underFirst,
        double megabytes,
        double leftOut,
        double iterationsPerSecond,
        double rescueSeconds,
        double rescueMoved,
        double rescueLeftOut) {

    /** The processor time of the calling thread. */
    static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /**
     * Plans a city.
     *
     * @param seconds for the search
     * @param bound whether to compute the lower bound
     * @param suggesting whether to compare with suggestions
     */
    public static CityRun of(
            int branches, int lecturers, int weeks, long seed, double seconds, boolean bound, boolean suggesting) {
        City city = new City(branches, lecturers, weeks, seed);
        Problem problem = city.problem();
        Budget budget = Budget.of(Duration.ofMillis(Math.round(seconds * 1000)));
        long began = processorNanos();
        Search search =
                Search.start(problem, Plan.empty(problem), seed, Settings.USUAL, budget, CityRun::processorNanos);
        double firstSeconds = (processorNanos() - began) / 1e9;
        double first = search.best().cost().minutes();
        Plan plan = search.run(Search.Observer.NONE);
        System.gc();
        Runtime memory = Runtime.getRuntime();
        double megabytes = (memory.totalMemory() - memory.freeMemory()) / 1e6;
        double cost = judged(problem, plan);
        double overBound = Double.NaN;
        if (bound) {
            overBound = percent(cost, LowerBound.of(city, cost, 400).minutes());
        }
        double under = Double.NaN;
        double fewer = Double.NaN;
        double missing = Double.NaN;
        if (suggesting) {
            Plan suggested = Suggesting.plan(city, problem);
            under = -percent(cost, judged(problem, suggested));
            fewer = -percent((double) days(problem, plan), (double) days(problem, suggested));
            missing = Math.max(0, suggested.placed().size() - plan.placed().size());
        }
        Rescue rescue = Rescue.of(city, problem, plan, seed);
        return new CityRun(
                firstSeconds,
                overBound,
                under,
                fewer,
                missing,
                -percent(cost, first),
                megabytes,
                plan.leftOut().size(),
                search.iterations() / seconds,
                rescue.seconds(),
                rescue.moved(),
                rescue.leftOut());
    }

    private static double percent(double one, double other) {
        return 100 * (one / other - 1);
    }

    /** The judge shares no code with the search: a plan that breaks a rule, or costs something else, ends the run. */
    static double judged(Problem problem, Plan plan) {
        PlanCheck.Verdict verdict = PlanCheck.of(problem, plan);
        if (!verdict.broken().isEmpty()) {
            throw new IllegalStateException("The plan breaks rules: " + verdict.broken());
        }
        return verdict.cost().minutes();
    }

    /** How many days lecturers are on the road: for a lecture of the plan, or for one that is booked already. */
    public static long days(Problem problem, Plan plan) {
        Set<Integer> used = new HashSet<>();
        plan.placed().forEach(each -> used.add(each.shift()));
        for (int shift = 0; shift < problem.shiftCount(); shift++) {
            if (!problem.shift(shift).booked().isEmpty()) {
                used.add(shift);
            }
        }
        return used.size();
    }

    /** The busiest lecturer drops out of the second half. */
    private record Rescue(double seconds, int moved, int leftOut) {

        static Rescue of(City city, Problem problem, Plan plan, long seed) {
            int[] load = new int[city.lecturers];
            int from = city.days / 2;
            for (Plan.Placement each : plan.placed()) {
                if (problem.shift(each.shift()).day() >= from) {
                    load[problem.shift(each.shift()).lecturer()]++;
                }
            }
            int gone = 0;
            for (int lecturer = 0; lecturer < load.length; lecturer++) {
                gone = load[lecturer] > load[gone] ? lecturer : gone;
            }
            Problem repaired = new Problem(WhatIf.withoutLecturer(city.instance(plan), gone, from, city.days));
            long began = processorNanos();
            Repair.Outcome found = Repair.of(
                    repaired, plan, seed, Repair.USUAL_ITERATIONS, CityRun::processorNanos, Search.Observer.NONE);
            double seconds = (processorNanos() - began) / 1e9;
            judged(repaired, found.plan());
            return new Rescue(seconds, found.moved().size(), found.leftOut().size());
        }
    }
}
