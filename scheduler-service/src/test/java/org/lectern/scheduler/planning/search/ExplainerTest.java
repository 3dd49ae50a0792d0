package org.lectern.scheduler.planning.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.planning.search.Explainer.Alternative;
import org.lectern.scheduler.planning.search.Explainer.Displacement;
import org.lectern.scheduler.planning.search.Explainer.LeftOut;
import org.lectern.scheduler.planning.search.Explainer.Reasons;
import org.lectern.scheduler.planning.search.Explainer.Trial;

/** Explanations agree with the judge, who shares no code with them. */
class ExplainerTest {

    private static Plan plan(Problem problem, long seed) {
        return Search.start(problem, Plan.empty(problem), seed, Settings.USUAL, new Budget.Iterations(300), () -> 0)
                .run(Search.Observer.NONE);
    }

    private static Plan.Placement placement(int visit, Alternative way) {
        return new Plan.Placement(visit, way.shift(), way.place(), way.start(), way.host(), false);
    }

    @Test
    void whyHere_namesTheExactDifferenceOfTheVisit() {
        for (long seed = 1; seed <= 20; seed++) {
            Problem problem = RandomProblem.any(seed);
            Plan plan = plan(problem, seed);
            Explainer explainer = new Explainer(problem, plan);
            for (Plan.Placement each : plan.placed()) {
                boolean hosts = plan.placed().stream().anyMatch(other -> other.host() == each.visit());
                if (!hosts) {
                    Reasons reasons = explainer.why(each.visit(), 3);
                    Cost without =
                            PlanCheck.of(problem, plan.without(each.visit())).cost();
                    assertThat(reasons.adds().placed())
                            .as("seed %d", seed)
                            .isEqualTo(plan.cost().placed() - without.placed());
                    assertThat(reasons.instead())
                            .isSortedAccordingTo(
                                    (one, other) -> one.difference().compareTo(other.difference()));
                }
            }
        }
    }

    @Test
    void alternativeSlot_costsWhatWasSaid() {
        int checked = 0;
        for (long seed = 1; seed <= 20; seed++) {
            Problem problem = RandomProblem.any(seed);
            Plan plan = plan(problem, seed);
            Explainer explainer = new Explainer(problem, plan);
            for (Plan.Placement each : plan.placed()) {
                if (plan.placed().stream().noneMatch(other -> other.host() == each.visit())) {
                    for (Alternative way : explainer.why(each.visit(), 5).instead()) {
                        Plan changed = plan.with(placement(each.visit(), way));
                        Cost difference = PlanCheck.of(problem, changed).cost().minus(plan.cost());
                        assertThat(way.difference()).as("seed %d", seed).isEqualTo(difference);
                        checked++;
                    }
                }
            }
        }
        assertThat(checked).isGreaterThan(100);
    }

    @Test
    void impossibleShift_isRefusedByTheJudgeAtEveryStart() {
        int impossible = 0;
        for (long seed = 1; seed <= 15; seed++) {
            Problem problem = RandomProblem.located(seed);
            Plan plan = plan(problem, seed);
            Explainer explainer = new Explainer(problem, plan);
            for (int visit = 0; visit < problem.visitCount(); visit++) {
                int asked = visit;
                if (plan.placed().stream().anyMatch(each -> each.host() == asked)) {
                    continue;
                }
                for (int shift = 0; shift < problem.shiftCount(); shift++) {
                    Trial trial = explainer.attempt(visit, List.of(shift), OptionalInt.empty());
                    if (trial instanceof Trial.Impossible refused) {
                        assertThat(refused.obstacles()).hasSize(1);
                        int at = shift;
                        assertThat(AllWays.of(problem, plan, visit).stream()
                                        .filter(way -> way.shift() == at && way.host() == Plan.NONE))
                                .as("seed %d", seed)
                                .noneMatch(way -> PlanCheck.of(problem, plan.with(way))
                                        .broken()
                                        .isEmpty());
                        impossible++;
                    }
                }
            }
        }
        assertThat(impossible).isGreaterThan(200);
    }

    @Test
    void startThatTheJudgeAllows_isPossible() {
        for (long seed = 1; seed <= 15; seed++) {
            Problem problem = RandomProblem.located(seed);
            Plan plan = plan(problem, seed);
            Explainer explainer = new Explainer(problem, plan);
            for (int visit : plan.leftOut()) {
                for (Plan.Placement way : AllWays.of(problem, plan, visit)) {
                    if (way.host() == Plan.NONE) {
                        Trial trial = explainer.attempt(visit, List.of(way.shift()), OptionalInt.of(way.start()));
                        boolean allowed =
                                PlanCheck.of(problem, plan.with(way)).broken().isEmpty();
                        assertThat(trial instanceof Trial.Possible || !allowed).isTrue();
                    }
                }
            }
        }
    }

    /** 9:00 at a place, 11:00 at another, 13:00 at a third that is far from the first. */
    private static TinyCity chain() {
        TinyCity city = new TinyCity();
        city.days = 2;
        for (int hour : List.of(9, 11, 13)) {
            city.visit(city.branch(0, TinyCity.hours(hour)));
        }
        city.lecturer(3, 5, TinyCity.hours(9, 11, 13));
        city.entered.put(Set.of(0, 2), 300);
        return city;
    }

    private static Plan chainedOnFirstDay() {
        List<Plan.Placement> day = IntStream.range(0, 3)
                .mapToObj(each -> new Plan.Placement(each, 0, each, TinyCity.at(0, 9 + 2 * each), Plan.NONE, false))
                .toList();
        return new Plan(3, day, Cost.NONE);
    }

    @Test
    void lectureThatTheDayNeeds_hasNoOtherWay() {
        Explainer explainer = new Explainer(chain().problem(), chainedOnFirstDay());
        assertThat(explainer.why(1, 5).instead()).isEmpty();
        assertThat(explainer.attempt(1, List.of(1), OptionalInt.empty()))
                .isEqualTo(new Trial.Impossible(Map.of(Obstacle.TAKEN, 1)));
        assertThat(explainer.attempt(1, List.of(0), OptionalInt.empty())).isInstanceOf(Trial.Possible.class);
    }

    @Test
    void lectureThatTheDayCanSpare_hasOtherWays() {
        Explainer explainer = new Explainer(chain().problem(), chainedOnFirstDay());
        assertThat(explainer.why(2, 5).instead()).isNotEmpty();
        assertThat(explainer.attempt(2, List.of(1), OptionalInt.empty())).isInstanceOf(Trial.Possible.class);
    }

    @Test
    void placedByHand_isPinnedThere() {
        Problem problem = chain().problem();
        Explainer explainer = new Explainer(problem, chainedOnFirstDay());
        Trial trial = explainer.attempt(2, List.of(1), OptionalInt.empty());
        Plan changed = explainer.place(2, ((Trial.Possible) trial).way());
        assertThat(changed.of(2)).isEqualTo(new Plan.Placement(2, 1, 2, TinyCity.at(1, 13), Plan.NONE, true));
        assertThat(PlanCheck.of(problem, changed)).isEqualTo(new PlanCheck.Verdict(List.of(), changed.cost()));
    }

    @Test
    void standingTimeAskedFor_isPossible() {
        TinyCity city = new TinyCity();
        int branch = city.branch(0, TinyCity.hours(9, 10, 11));
        city.visit(branch, branch, 10, new Instance.Standing(0, 0, TinyCity.at(0, 10), branch, 1));
        city.lecturer(3, 5, TinyCity.hours(9, 10, 11));
        Problem problem = city.problem();
        Explainer explainer = new Explainer(problem, Plan.empty(problem));
        Trial trial = explainer.attempt(0, List.of(0), OptionalInt.of(TinyCity.at(0, 10)));
        assertThat(((Trial.Possible) trial).way().difference().disturbance()).isZero();
    }

    @Test
    void leftOut_countsEachLecturersDayOnceAndNamesWhoCouldGiveWay() {
        int leftOut = 0;
        int displaced = 0;
        for (long seed = 1; seed <= 40; seed++) {
            Problem problem = RandomProblem.any(seed);
            Plan plan = plan(problem, seed);
            Explainer explainer = new Explainer(problem, plan);
            for (int visit : plan.leftOut()) {
                leftOut++;
                LeftOut why = explainer.whyLeftOut(visit);
                assertThat(why.obstacles().values().stream()
                                .mapToInt(each -> each)
                                .sum())
                        .isEqualTo(problem.shiftCount());
                Displacement giveWay = why.giveWay();
                if (giveWay != null) {
                    displaced++;
                    assertThat(plan.of(giveWay.visit())).isNotNull();
                    assertThat(giveWay.visit()).isNotEqualTo(visit);
                }
            }
        }
        assertThat(leftOut).isGreaterThan(20);
        assertThat(displaced).isPositive();
    }

    @Test
    void explaining_leavesThePlanAsItIs() {
        Problem problem = RandomProblem.any(4);
        Plan plan = plan(problem, 4);
        Explainer explainer = new Explainer(problem, plan);
        List<Integer> all = IntStream.range(0, problem.shiftCount()).boxed().toList();
        for (Plan.Placement each : plan.placed()) {
            Reasons first = explainer.why(each.visit(), 5);
            explainer.attempt(each.visit(), all, OptionalInt.empty());
            assertThat(explainer.why(each.visit(), 5)).isEqualTo(first);
        }
    }
}
