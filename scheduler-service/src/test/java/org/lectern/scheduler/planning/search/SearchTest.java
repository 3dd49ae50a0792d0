package org.lectern.scheduler.planning.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a run of the search promises. */
class SearchTest {

    private static final Budget SHORT = new Budget.Iterations(600);

    private static Search start(Problem problem, long seed, Budget budget) {
        return Search.start(problem, Plan.empty(problem), seed, Settings.USUAL, budget, () -> 0);
    }

    private static Plan start(Problem problem, Plan from, long seed) {
        return Search.start(problem, from, seed, Settings.USUAL, SHORT, () -> 0).run(Search.Observer.NONE);
    }

    @Test
    void sameSeedAndIterations_giveTheSamePlan() {
        for (long seed = 1; seed <= 10; seed++) {
            Problem problem = RandomProblem.any(seed);
            Plan one = start(problem, seed, SHORT).run(Search.Observer.NONE);
            Plan other = start(problem, seed, SHORT).run(Search.Observer.NONE);
            assertThat(one).isEqualTo(other);
        }
    }

    @Test
    void recordedStepsOfATimedRun_repeatIt() {
        Problem problem = RandomProblem.any(7);
        AtomicLong clock = new AtomicLong();
        Search timed = Search.start(
                problem,
                Plan.empty(problem),
                7,
                Settings.USUAL,
                Budget.of(Duration.ofSeconds(2)),
                () -> clock.addAndGet(clock.get() % 5_000_000 + 30_000_000));
        Plan one = timed.run(Search.Observer.NONE);
        Search again = start(problem, 7, timed.steps());
        assertThat(again.run(Search.Observer.NONE)).isEqualTo(one);
        assertThat(again.iterations()).isEqualTo(timed.iterations()).isPositive();
    }

    @Test
    void continuedFromCheckpoint_endsAsUninterrupted() {
        for (long seed = 1; seed <= 15; seed++) {
            Problem problem = RandomProblem.any(seed);
            Plan whole = start(problem, seed, SHORT).run(Search.Observer.NONE);
            Search first = start(problem, seed, SHORT);
            AtomicReference<Checkpoint> kept = new AtomicReference<>();
            first.run(progress -> {
                kept.set(first.checkpoint());
                return progress.iterations() < 300;
            });
            Search second = Search.resume(problem, kept.get(), Settings.USUAL, SHORT, () -> 0);
            assertThat(second.run(Search.Observer.NONE)).as("seed %d", seed).isEqualTo(whole);
        }
    }

    @Test
    void cancelled_givesTheBestPlanSoFar() {
        Problem problem = RandomProblem.any(3);
        Search search = start(problem, 3, new Budget.Iterations(Long.MAX_VALUE / 2));
        AtomicLong asked = new AtomicLong();
        Plan plan = search.run(progress -> asked.incrementAndGet() < 3);
        assertThat(search.iterations()).isEqualTo(2L * Search.CHECKED_EVERY);
        assertThat(PlanCheck.of(problem, plan).broken()).isEmpty();
    }

    @Test
    void longerSearch_neverPlacesLessThanFirstPlan() {
        for (long seed = 1; seed <= 60; seed++) {
            Problem problem = RandomProblem.any(seed);
            Search search = start(problem, seed, SHORT);
            Plan first = search.best();
            Plan last = search.run(Search.Observer.NONE);
            assertThat(last.cost()).as("seed %d", seed).isLessThanOrEqualTo(first.cost());
            assertThat(PlanCheck.of(problem, last).broken()).isEmpty();
        }
    }

    @Test
    void leftOutVisit_canBeInsertedNowhere() {
        int leftOut = 0;
        for (long seed = 1; seed <= 40; seed++) {
            Problem problem = RandomProblem.located(seed);
            Plan plan = start(problem, seed, SHORT).run(Search.Observer.NONE);
            for (int visit : plan.leftOut()) {
                leftOut++;
                for (Plan.Placement way : AllWays.of(problem, plan, visit)) {
                    assertThat(PlanCheck.of(problem, plan.with(way)).broken())
                            .as("seed %d: %s", seed, way)
                            .isNotEmpty();
                }
            }
        }
        assertThat(leftOut).isGreaterThan(20);
    }

    @Test
    void continuedFromItsPlan_placesAllOfItAgain() {
        for (long seed = 1; seed <= 60; seed++) {
            Problem problem = RandomProblem.any(seed);
            Plan kept = start(problem, seed, SHORT).run(Search.Observer.NONE);
            Plan warm = start(problem, kept, seed);
            assertThat(warm.cost()).as("seed %d", seed).isLessThanOrEqualTo(kept.cost());
            assertThat(new Restore(new State(problem)).load(kept)).isEmpty();
        }
    }

    @Test
    void dayThatHoldsOnlyAsAWhole_isRestored() {
        TinyCity city = new TinyCity();
        city.visit(city.branch(0, TinyCity.hours(11)));
        city.visit(city.branch(0, TinyCity.hours(13)));
        int first = city.location(0);
        int last = city.location(0);
        city.lecturer(
                4,
                5,
                TinyCity.hours(11, 13),
                new Instance.Booked(TinyCity.at(0, 9), 0, 60, first, 1),
                new Instance.Booked(TinyCity.at(0, 15), 0, 60, last, 1));
        city.entered.put(Set.of(0, last), 300);
        city.entered.put(Set.of(first, 1), 300);
        Problem problem = city.problem();
        Plan plan = new Plan(
                2,
                List.of(
                        new Plan.Placement(0, 0, 0, TinyCity.at(0, 11), Plan.NONE, false),
                        new Plan.Placement(1, 0, 1, TinyCity.at(0, 13), Plan.NONE, false)),
                Cost.NONE);
        assertThat(PlanCheck.of(problem, plan).broken()).isEmpty();
        assertThat(new Restore(new State(problem)).load(plan)).isEmpty();
    }

    @Test
    void guestsOfAPinnedHost_stay() {
        TinyCity city = new TinyCity();
        city.visit(city.branch(0, TinyCity.hours(9)));
        city.visit(city.branch(5, TinyCity.hours(9)));
        city.lecturer(3, 5, TinyCity.hours(9));
        city.joint = new Instance.Joint(1, 60);
        Plan joint = new Plan(
                2,
                List.of(
                        new Plan.Placement(0, 0, 0, TinyCity.at(0, 9), Plan.NONE, true),
                        new Plan.Placement(1, 0, 0, TinyCity.at(0, 9), 0, false)),
                Cost.NONE);
        assertThat(city.planFrom(joint).of(1)).extracting(Plan.Placement::host).isEqualTo(0);
    }

    @Test
    void pinnedGuest_keepsItsHost() {
        TinyCity city = new TinyCity();
        city.visit(city.branch(0, TinyCity.hours(9, 10, 11)));
        city.visit(city.branch(5, TinyCity.hours(9, 10, 11)));
        city.lecturer(3, 5, TinyCity.hours(9, 10, 11));
        city.joint = new Instance.Joint(1, 60);
        Plan joint = new Plan(
                2,
                List.of(
                        new Plan.Placement(0, 0, 0, TinyCity.at(0, 10), Plan.NONE, false),
                        new Plan.Placement(1, 0, 0, TinyCity.at(0, 10), 0, true)),
                Cost.NONE);
        Plan again = city.planFrom(joint);
        assertThat(again.of(0)).extracting(Plan.Placement::start).isEqualTo(TinyCity.at(0, 10));
        assertThat(again.of(1)).extracting(Plan.Placement::host).isEqualTo(0);
    }

    @Test
    void pinnedVisits_stayAsTheyAre() {
        int pins = 0;
        for (long seed = 1; seed <= 30; seed++) {
            Problem problem = RandomProblem.any(seed);
            Plan plan = start(problem, seed, SHORT).run(Search.Observer.NONE);
            List<Plan.Placement> pinned = new ArrayList<>();
            for (Plan.Placement each : plan.placed()) {
                if (each.visit() % 3 == 0 && each.host() == Plan.NONE) {
                    pinned.add(new Plan.Placement(
                            each.visit(), each.shift(), each.place(), each.start(), Plan.NONE, true));
                }
            }
            Plan from = new Plan(problem.visitCount(), pinned, Cost.NONE);
            Plan again = Search.start(problem, from, seed + 1, Settings.USUAL, SHORT, () -> 0)
                    .run(Search.Observer.NONE);
            for (Plan.Placement each : pinned) {
                assertThat(again.of(each.visit())).isEqualTo(each);
                pins++;
            }
            assertThat(PlanCheck.of(problem, again).broken()).isEmpty();
            assertThat(PlanCheck.of(problem, again).cost()).isEqualTo(again.cost());
        }
        assertThat(pins).isGreaterThan(50);
    }

    @Test
    void pinThatBreaksRules_isKeptAndNothingElseDoes() {
        for (long seed = 1; seed <= 30; seed++) {
            Problem problem = RandomProblem.any(seed);
            int place = problem.visit(0).options().getFirst().place();
            Plan.Placement odd = new Plan.Placement(0, 0, place, 555, Plan.NONE, true);
            Plan from = new Plan(problem.visitCount(), List.of(odd), Cost.NONE);
            Plan plan = Search.start(problem, from, seed, Settings.USUAL, SHORT, () -> 0)
                    .run(Search.Observer.NONE);
            assertThat(plan.of(0)).isEqualTo(odd);
            assertThat(PlanCheck.of(problem, plan).broken())
                    .as("seed %d", seed)
                    .allMatch(each -> each.visit() == 0
                            || each.other() == 0
                            || each.rule() == PlanCheck.Rule.WEEK_LIMIT
                            || each.rule() == PlanCheck.Rule.DAY_LIMIT);
        }
    }

    @Test
    void smallProblems_areSolvedToOptimum() {
        for (long seed = 1; seed <= 40; seed++) {
            RandomProblem made = new RandomProblem(seed);
            made.visits = 3 + made.random.nextInt(2);
            made.lecturers = 2;
            made.days = 2;
            made.starts = 6;
            made.broadcasts = 0;
            made.guests = (int) (seed % 3);
            Problem problem = made.problem();
            Plan found = start(problem, seed, new Budget.Iterations(2_000)).run(Search.Observer.NONE);
            Cost best = BruteForce.best(problem);
            assertThat(found.cost().leftOut()).as("seed %d", seed).isEqualTo(best.leftOut());
            assertThat(found.cost().total()).as("seed %d", seed).isEqualTo(best.total());
        }
    }
}
