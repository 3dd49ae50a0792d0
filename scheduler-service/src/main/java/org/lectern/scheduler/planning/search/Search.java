package org.lectern.scheduler.planning.search;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A large-neighbourhood search (Shaw 1998) by ruin and recreate (Schrimpf et al. 2000): removes strings of visits,
 * places them greedily, and accepts by simulated annealing. Anytime: {@link #best} is a whole plan from the first
 * moment on. One thread; memory is fixed after the first plan, but for neighbours and copies of routes.
 */
public final class Search {

    /** Between checks for cancellation, and between calls of the observer. */
    static final int CHECKED_EVERY = 256;

    /** Sees the progress, in the thread of the search. */
    @FunctionalInterface
    public interface Observer {

        Observer NONE = progress -> true;

        /** Returns false to stop: the best plan so far is the result. */
        boolean goOn(Progress progress);
    }

    /**
     * Where a search stands.
     *
     * @param share of the budget, from 0 to 1
     */
    public record Progress(long iterations, double share, Cost best, Cost current) {}

    private final Problem problem;
    private final long seed;
    private final State state;
    private final SplitMix random;
    private final Cooling cooling;
    private final Ruin ruin;
    private final Recreate recreate;
    private final Incumbent incumbent;
    private long iteration;
    private boolean isCancelled;

    private Search(
            Problem problem,
            long seed,
            Settings settings,
            Budget budget,
            LongSupplier nanos,
            State state,
            long random) {
        this.problem = problem;
        this.seed = seed;
        this.state = state;
        this.random = new SplitMix(random);
        cooling = Cooling.of(budget, settings, nanos);
        Neighbours neighbours = new Neighbours(problem);
        ruin = new Ruin(state, this.random, neighbours, settings);
        recreate = new Recreate(state, this.random, neighbours, settings.blinks());
        incumbent = new Incumbent(state);
    }

    /**
     * Starts a search with a first plan.
     *
     * @param from what to start from, with its pins; placements that no longer fit are placed as new ones are
     */
    public static Search start(
            Problem problem, Plan from, long seed, Settings settings, Budget budget, LongSupplier nanos) {
        State state = new State(problem);
        new Restore(state).load(from);
        Search search = new Search(problem, seed, settings, budget, nanos, state, seed);
        search.recreate.construct();
        search.incumbent.copyAll();
        return search;
    }

    /** Continues where a checkpoint was taken, for the rest of the same budget. */
    public static Search resume(Problem problem, Checkpoint at, Settings settings, Budget budget, LongSupplier nanos) {
        State current = new State(problem);
        List<Integer> stale = new Restore(current).load(at.current());
        Search search = new Search(problem, at.seed(), settings, budget, nanos, current, at.random());
        State best = new State(problem);
        new Restore(best).load(at.best());
        search.incumbent.copyFrom(best);
        if (stale.isEmpty()) {
            int[] order = at.leftOutOrder().stream().mapToInt(each -> each).toArray();
            current.absentAre(order, order.length);
        }
        search.iteration = at.iteration();
        search.cooling.resume(at.steps(), at.nanosSpent());
        return search;
    }

    /**
     * Runs until the budget is spent or the observer stops it.
     *
     * @return the best plan; nothing that it leaves out can be inserted
     */
    public Plan run(Observer observer) {
        while (!isCancelled && !ruin.isIdle()) {
            if (iteration % CHECKED_EVERY == 0) {
                ruin.measure();
                if (!observer.goOn(progress())) {
                    isCancelled = true;
                    break;
                }
            }
            if (iteration % 64 == 0) {
                cooling.at(iteration);
            }
            if (cooling.isOver(iteration)) {
                break;
            }
            iterate();
            iteration++;
        }
        return finished();
    }

    private void iterate() {
        Ledger ledger = state.ledger;
        long before = ledger.leftOut + ledger.placed();
        state.journal.begin();
        ruin.ruin();
        recreate.recreate(ruin.removed());
        double limit = before - cooling.temperature() * Math.log(1 - random.unit());
        if (ledger.leftOut + ledger.placed() < limit) {
            state.journal.commit(incumbent);
            if (incumbent.isWorseThan(ledger)) {
                incumbent.copy();
            }
        } else {
            state.journal.undo();
        }
    }

    private Plan finished() {
        State result = new State(problem);
        new Restore(result).load(incumbent.plan());
        new Recreate(result, new SplitMix(seed), new Neighbours(problem), 0).complete();
        return Plan.of(result);
    }

    public Progress progress() {
        return new Progress(iteration, cooling.share(), incumbent.cost(), state.ledger.cost());
    }

    /** The best plan so far. */
    public Plan best() {
        return incumbent.plan();
    }

    public long iterations() {
        return iteration;
    }

    /** The steps of the cooling, by which this run can be repeated. */
    public Budget.Steps steps() {
        long[] starts = cooling.starts().stream().mapToLong(each -> each).toArray();
        return new Budget.Steps(Arrays.stream(starts)
                .map(each -> Math.min(each, iteration))
                .boxed()
                .toList());
    }

    /** Only while the observer is asked, or before or after {@link #run}. */
    public Checkpoint checkpoint() {
        return new Checkpoint(
                seed,
                iteration,
                random.state,
                Plan.of(state),
                Arrays.stream(state.absent, 0, state.absentCount).boxed().toList(),
                incumbent.plan(),
                cooling.starts(),
                cooling.spent());
    }

    State state() {
        return state;
    }
}
