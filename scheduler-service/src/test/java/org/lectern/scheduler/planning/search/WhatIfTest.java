package org.lectern.scheduler.planning.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What must hold between the plans of an instance and of a changed one. */
class WhatIfTest {

    private static Cost cost(Instance instance, long seed) {
        Problem problem = new Problem(instance);
        Plan plan = Search.start(
                        problem, Plan.empty(problem), seed, Settings.USUAL, new Budget.Iterations(2_000), () -> 0)
                .run(Search.Observer.NONE);
        assertThat(PlanCheck.of(problem, plan).broken()).as("seed %d", seed).isEmpty();
        return plan.cost();
    }

    @Test
    void oneMoreLecturer_neverMakesThePlanWorse() {
        int better = 0;
        for (long seed = 1; seed <= 40; seed++) {
            Instance instance = RandomProblem.any(seed).instance;
            Cost before = cost(instance, seed);
            Cost after = cost(WhatIf.withMoreLecturers(instance, 0, 1), seed);
            assertThat(after.leftOut()).as("seed %d", seed).isLessThanOrEqualTo(before.leftOut());
            assertThat(after.total()).as("seed %d", seed).isLessThanOrEqualTo(before.total() * 101 / 100);
            better += after.total() < before.total() ? 1 : 0;
        }
        assertThat(better).isGreaterThan(20);
    }

    @Test
    void twoDaysMore_neverMakeThePlanWorse() {
        for (long seed = 1; seed <= 40; seed++) {
            Instance instance = RandomProblem.any(seed).instance;
            int days = instance.days();
            Cost shorter = cost(WhatIf.withoutDays(instance, Math.max(1, days - 2), days), seed);
            Cost longer = cost(instance, seed);
            assertThat(longer.leftOut()).as("seed %d", seed).isLessThanOrEqualTo(shorter.leftOut());
            assertThat(longer.total()).as("seed %d", seed).isLessThanOrEqualTo(shorter.total() * 101 / 100);
        }
    }

    @Test
    void lostLecturerOrDay_hasNoLectures() {
        for (long seed = 1; seed <= 20; seed++) {
            Instance instance = RandomProblem.any(seed).instance;
            Problem without =
                    new Problem(WhatIf.withoutLecturer(WhatIf.withoutDays(instance, 0, 1), 0, 0, instance.days()));
            Plan plan = Search.start(
                            without, Plan.empty(without), seed, Settings.USUAL, new Budget.Iterations(300), () -> 0)
                    .run(Search.Observer.NONE);
            assertThat(plan.placed())
                    .noneMatch(each -> without.shift(each.shift()).lecturer() == 0
                            || without.shift(each.shift()).day() == 0);
        }
    }

    @Test
    void orderOfTheInput_doesNotChangeTheBestPrice() {
        for (long seed = 1; seed <= 12; seed++) {
            RandomProblem made = new RandomProblem(seed);
            made.visits = 5;
            made.lecturers = 2;
            made.days = 3;
            made.guests = (int) (seed % 2);
            Instance instance = made.problem().instance;
            List<Instance.Visit> visits = new ArrayList<>(instance.visits());
            List<Instance.Shift> shifts = new ArrayList<>(instance.shifts());
            Collections.shuffle(visits, new Random(seed));
            Collections.shuffle(shifts, new Random(seed + 1));
            Instance shuffled = instance.with(visits, instance.places(), shifts, instance.weights());
            assertThat(best(shuffled)).as("seed %d", seed).isEqualTo(best(instance));
        }
    }

    /** Of several runs, so that it is the optimum of such a small instance. */
    private static long best(Instance instance) {
        return LongStream.rangeClosed(1, 5)
                .map(seed -> cost(instance, seed).total())
                .min()
                .orElseThrow();
    }
}
