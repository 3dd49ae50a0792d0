package org.lectern.scheduler.planning.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lectern.scheduler.planning.search.TinyCity.at;
import static org.lectern.scheduler.planning.search.TinyCity.hours;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.planning.search.Repair.Outcome;

/** What a repair promises when a lecturer, a place or a day drops out of what is booked. */
class RepairTest {

    private static final long DAY = hours(9, 10, 11, 12, 13, 14, 15, 16);

    /** The instance in which a plan is booked. */
    private static Instance booked(Problem problem, Plan plan, double factor) {
        List<Instance.Visit> visits = new ArrayList<>();
        for (int i = 0; i < problem.visitCount(); i++) {
            Plan.Placement each = plan.of(i);
            Instance.Visit visit = problem.visit(i);
            if (each != null) {
                Instance.Shift shift = problem.shift(each.shift());
                visit = visit.with(
                        visit.importance(),
                        new Instance.Standing(shift.lecturer(), shift.day(), each.start(), each.place(), factor));
            }
            visits.add(visit);
        }
        Instance instance = problem.instance;
        return instance.with(visits, instance.places(), instance.shifts(), instance.weights());
    }

    private static Outcome repair(Instance after, Plan plan) {
        return Repair.of(new Problem(after), plan, 1, Repair.USUAL_ITERATIONS, () -> 0, Search.Observer.NONE);
    }

    private static Plan.Placement placed(Plan plan, int visit) {
        return Objects.requireNonNull(plan.of(visit));
    }

    private static Plan.Placement at(int visit, int shift, int hour) {
        return new Plan.Placement(visit, shift, visit, TinyCity.at(0, hour), Plan.NONE, false);
    }

    /** Two lecturers, one day; branches that are open at the given hours. */
    private static TinyCity city(long... open) {
        TinyCity city = new TinyCity();
        for (long each : open) {
            city.visit(city.branch(0, each));
        }
        city.lecturer(3, 9, DAY);
        city.lecturer(3, 9, DAY);
        return city;
    }

    private static Plan plan(int visits, Plan.Placement... placed) {
        return new Plan(visits, List.of(placed), Cost.NONE);
    }

    @Test
    void lostLecture_keepsItsTimeWithAnotherLecturer() {
        TinyCity city = city(DAY, DAY);
        Plan plan = plan(2, at(0, 0, 11), at(1, 1, 14));
        Outcome outcome = repair(WhatIf.withoutLecturer(booked(city.problem(), plan, 1), 0, 0, 1), plan);
        assertThat(outcome.lost()).containsExactly(0);
        assertThat(outcome.moved()).isEmpty();
        assertThat(placed(outcome.plan(), 0).start()).isEqualTo(TinyCity.at(0, 11));
        assertThat(placed(outcome.plan(), 0).shift()).isEqualTo(1);
    }

    @Test
    void otherLecture_staysWhileTheLostOneFindsRoom() {
        // the lost one could keep its time if the other moved
        TinyCity city = city(hours(11, 15), DAY);
        Plan plan = plan(2, at(0, 0, 11), at(1, 1, 11));
        Outcome outcome = repair(WhatIf.withoutLecturer(booked(city.problem(), plan, 1), 0, 0, 1), plan);
        assertThat(outcome.moved()).isEmpty();
        assertThat(placed(outcome.plan(), 0).start()).isEqualTo(TinyCity.at(0, 15));
    }

    @Test
    void otherLecture_makesRoomWhenNothingElseHelps() {
        TinyCity city = city(hours(11), DAY, DAY);
        Plan plan = plan(3, at(0, 0, 11), at(1, 1, 11), at(2, 1, 14));
        Outcome outcome = repair(WhatIf.withoutLecturer(booked(city.problem(), plan, 1), 0, 0, 1), plan);
        assertThat(outcome.leftOut()).isEmpty();
        assertThat(outcome.moved()).containsExactly(1);
    }

    @Test
    void notifiedLecture_staysRatherThanAnother() {
        // one of two must go: each is in the way
        TinyCity city = city(hours(11), hours(11, 13), hours(11, 13));
        city.lecturer(1, 9, hours(11));
        Plan plan = plan(3, at(0, 0, 11), at(1, 1, 11), at(2, 2, 11));
        for (int told : List.of(1, 2)) {
            Instance booked = booked(city.problem(), plan, 1);
            List<Instance.Visit> visits = new ArrayList<>(booked.visits());
            visits.set(told, booked(city.problem(), plan, 3).visits().get(told));
            Instance after = booked.with(visits, booked.places(), booked.shifts(), booked.weights());
            Outcome outcome = repair(WhatIf.withoutLecturer(after, 0, 0, 1), plan);
            assertThat(outcome.leftOut()).isEmpty();
            assertThat(outcome.moved()).doesNotContain(told).hasSize(1);
        }
    }

    @Test
    void pinnedLecture_staysEvenIfTheLostOneIsLeftOut() {
        TinyCity city = city(hours(11), DAY);
        Plan.Placement pin = new Plan.Placement(1, 1, 1, TinyCity.at(0, 11), Plan.NONE, true);
        Plan plan = plan(2, at(0, 0, 11), pin);
        Outcome outcome = repair(WhatIf.withoutLecturer(booked(city.problem(), plan, 1), 0, 0, 1), plan);
        assertThat(outcome.leftOut()).containsExactly(0);
        assertThat(outcome.plan().of(1)).isEqualTo(pin);
    }

    @Test
    void bookingOutsideOpeningHours_staysAsItIs() {
        TinyCity city = city(hours(11), DAY, hours(15));
        // the third is closed at noon, but it is booked
        Plan plan = plan(3, at(0, 0, 11), at(1, 1, 11), at(2, 1, 12));
        Outcome outcome = repair(WhatIf.withoutLecturer(booked(city.problem(), plan, 1), 0, 0, 1), plan);
        assertThat(outcome.leftOut()).isEmpty();
        assertThat(outcome.moved()).containsExactly(1);
        assertThat(placed(outcome.plan(), 2).start()).isEqualTo(TinyCity.at(0, 12));
    }

    @Test
    void lostPlace_isLeftAtTheSameTime() {
        TinyCity city = city(DAY);
        city.branch(3, DAY);
        Instance.Visit visit = city.visits.getFirst();
        city.visits.set(
                0,
                new Instance.Visit(
                        0,
                        0,
                        0,
                        List.of(new Instance.Option(0, 0), new Instance.Option(1, 0)),
                        1,
                        1,
                        10,
                        visit.ready(),
                        visit.due(),
                        true,
                        null));
        Plan plan = plan(1, at(0, 0, 11));
        Outcome outcome = repair(WhatIf.withoutPlace(booked(city.problem(), plan, 1), 0, 0, 1), plan);
        assertThat(outcome.plan().of(0)).isEqualTo(new Plan.Placement(0, 0, 1, TinyCity.at(0, 11), Plan.NONE, false));
        assertThat(outcome.plan().cost().disturbance()).isEqualTo(30 * 60);
    }

    @Test
    void lostDay_isLeftToAnother() {
        TinyCity city = new TinyCity();
        city.days = 2;
        city.visit(city.branch(0, DAY));
        city.lecturer(3, 9, DAY);
        Plan plan = plan(1, at(0, 0, 11));
        Outcome outcome = repair(WhatIf.withoutDays(booked(city.problem(), plan, 1), 0, 1), plan);
        assertThat(outcome.lost()).containsExactly(0);
        assertThat(placed(outcome.plan(), 0).shift()).isEqualTo(1);
    }

    @Test
    void guestsOfAHostThatStays_stay() {
        TinyCity city = city(DAY, DAY, DAY);
        Plan plan = plan(3, at(0, 0, 11), new Plan.Placement(1, 0, 0, TinyCity.at(0, 11), 0, false), at(2, 1, 11));
        Outcome outcome = repair(WhatIf.withoutLecturer(booked(city.problem(), plan, 1), 1, 0, 1), plan);
        assertThat(outcome.lost()).containsExactly(2);
        assertThat(outcome.moved()).isEmpty();
        assertThat(outcome.plan().cost().disturbance()).isEqualTo(120 * 60);
    }

    @Test
    void guestsOfALostHost_areLostToo() {
        TinyCity city = city(DAY, DAY);
        Plan plan = plan(2, at(0, 0, 11), new Plan.Placement(1, 0, 0, TinyCity.at(0, 11), 0, false));
        Outcome outcome = repair(WhatIf.withoutLecturer(booked(city.problem(), plan, 1), 0, 0, 1), plan);
        assertThat(outcome.lost()).containsExactly(0, 1);
        assertThat(outcome.leftOut()).isEmpty();
    }

    /** The lecturer with the most lectures drops out of the second half. */
    private static Instance withoutBusiest(Problem problem, Plan plan) {
        int[] load = new int[problem.lecturers.length];
        plan.placed().forEach(each -> load[problem.shift(each.shift()).lecturer()]++);
        int busiest = 0;
        for (int i = 0; i < load.length; i++) {
            busiest = load[i] > load[busiest] ? i : busiest;
        }
        return WhatIf.withoutLecturer(booked(problem, plan, 1), busiest, problem.days / 2, problem.days);
    }

    @Test
    void repairOfRandomCities_keepsRulesAndWhatIsNotLost() {
        int lost = 0;
        for (long seed = 1; seed <= 60; seed++) {
            Problem problem = RandomProblem.any(seed);
            Plan plan = Search.start(
                            problem, Plan.empty(problem), seed, Settings.USUAL, new Budget.Iterations(300), () -> 0)
                    .run(Search.Observer.NONE);
            Instance after = withoutBusiest(problem, plan);
            Outcome outcome = repair(after, plan);
            PlanCheck.Verdict verdict = PlanCheck.of(new Problem(after), outcome.plan());
            assertThat(verdict.broken()).as("seed %d", seed).isEmpty();
            assertThat(verdict.cost())
                    .as("seed %d", seed)
                    .isEqualTo(outcome.plan().cost());
            Set<Integer> gone = new HashSet<>(outcome.lost());
            for (Plan.Placement each : plan.placed()) {
                if (!gone.contains(each.visit())) {
                    assertThat(outcome.plan().of(each.visit()))
                            .as("seed %d", seed)
                            .isNotNull();
                }
                if (!gone.contains(each.visit()) && !outcome.moved().contains(each.visit())) {
                    assertThat(outcome.plan().of(each.visit())).isEqualTo(each);
                }
            }
            if (outcome.leftOut().isEmpty() && outcome.moved().isEmpty()) {
                lost += outcome.lost().size();
            }
        }
        assertThat(lost).isGreaterThan(10);
    }

    @Test
    void tinyCities_areRepairedWithTheFewestChanges() {
        int moved = 0;
        for (long seed = 1; seed <= 80; seed++) {
            RandomProblem made = new RandomProblem(seed);
            made.visits = 4;
            made.lecturers = 2 + made.random.nextInt(2);
            made.days = 1;
            made.starts = 6;
            made.broadcasts = 0;
            Problem problem = made.problem();
            Plan plan = Search.start(
                            problem, Plan.empty(problem), seed, Settings.USUAL, new Budget.Iterations(500), () -> 0)
                    .run(Search.Observer.NONE);
            Instance after = withoutBusiest(problem, plan);
            Outcome outcome = repair(after, plan);
            Problem firm = Repair.firm(new Problem(after), plan, new HashSet<>(outcome.lost()));
            Cost best = BruteForce.best(firm);
            Cost found = PlanCheck.of(firm, outcome.plan()).cost();
            assertThat(found.leftOut()).as("seed %d", seed).isEqualTo(best.leftOut());
            if (!outcome.moved().isEmpty()) {
                moved++;
                assertThat(found.disturbance()).as("seed %d", seed).isEqualTo(best.disturbance());
            }
        }
        assertThat(moved).isPositive();
    }
}
