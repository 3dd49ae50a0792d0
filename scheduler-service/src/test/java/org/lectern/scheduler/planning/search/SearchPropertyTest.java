package org.lectern.scheduler.planning.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold in every state of the search, on random problems with all rules. */
class SearchPropertyTest {

    private static final Settings SETTINGS = new Settings(6000, 60, 6, 4, 0.02);
    private static final int PROBLEMS = 40;
    private static final int STEPS = 40;

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, 2_000})
    void incrementalCost_equalsFullEvaluation(long seed) {
        for (long i = seed; i < seed + PROBLEMS; i++) {
            Problem problem = RandomProblem.any(i);
            Walk walk = new Walk(problem, i);
            for (int step = 0; step < STEPS; step++) {
                walk.step();
                Plan plan = Plan.of(walk.state);
                PlanCheck.Verdict verdict = PlanCheck.of(problem, plan);
                assertThat(plan.cost()).as("problem %d, step %d", i, step).isEqualTo(verdict.cost());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, 2_000})
    void everyState_keepsEveryRule(long seed) {
        for (long i = seed; i < seed + PROBLEMS; i++) {
            Problem problem = RandomProblem.any(i);
            Walk walk = new Walk(problem, i);
            for (int step = 0; step < STEPS; step++) {
                walk.step();
                assertThat(PlanCheck.of(problem, Plan.of(walk.state)).broken())
                        .as("problem %d, step %d", i, step)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000})
    void undo_restoresTheStateExactly(long seed) {
        for (long i = seed; i < seed + PROBLEMS; i++) {
            Walk walk = new Walk(RandomProblem.any(i), i);
            for (int step = 0; step < STEPS; step++) {
                Image before = Image.of(walk.state);
                walk.state.journal.begin();
                walk.change();
                walk.state.journal.undo();
                assertThat(Image.of(walk.state))
                        .as("problem %d, step %d", i, step)
                        .isEqualTo(before);
                walk.step();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000})
    void restoredPlan_isTheSameState(long seed) {
        for (long i = seed; i < seed + PROBLEMS; i++) {
            Problem problem = RandomProblem.any(i);
            Walk walk = new Walk(problem, i);
            for (int step = 0; step < 10; step++) {
                walk.step();
            }
            State restored = new State(problem);
            assertThat(new Restore(restored).load(Plan.of(walk.state)))
                    .as("problem %d", i)
                    .isEmpty();
            restored.absentAre(walk.state.absent, walk.state.absentCount);
            assertThat(Image.of(restored)).as("problem %d", i).isEqualTo(Image.of(walk.state));
        }
    }

    /** A search that accepts everything. */
    private static final class Walk {

        final State state;
        private final Ruin ruin;
        private final Recreate recreate;

        Walk(Problem problem, long seed) {
            state = new State(problem);
            SplitMix random = new SplitMix(seed);
            Neighbours neighbours = new Neighbours(problem);
            ruin = new Ruin(state, random, neighbours, SETTINGS);
            recreate = new Recreate(state, random, neighbours, SETTINGS.blinks());
            recreate.construct();
        }

        void step() {
            state.journal.begin();
            change();
            state.journal.commit(route -> {});
        }

        void change() {
            ruin.measure();
            ruin.ruin();
            recreate.recreate(ruin.removed());
        }
    }

    /** Everything that a later step depends on. */
    private record Image(Plan plan, String routes, String absent, String load) {

        static Image of(State state) {
            StringBuilder routes = new StringBuilder();
            for (Route route : state.routes) {
                for (int i = 0; i < route.size; i++) {
                    routes.append(route.stop[i])
                            .append(' ')
                            .append(route.start[i])
                            .append(' ')
                            .append(route.late[i])
                            .append(' ')
                            .append(route.starts[i])
                            .append(' ')
                            .append(route.then[i])
                            .append(',');
                }
                routes.append(route.journey)
                        .append(' ')
                        .append(route.demand)
                        .append(' ')
                        .append(state.lecturesInWeek(route))
                        .append('\n');
            }
            return new Image(
                    Plan.of(state),
                    routes.toString(),
                    Arrays.toString(Arrays.copyOf(state.absent, state.absentCount)),
                    Arrays.toString(state.ledger.load));
        }
    }
}
