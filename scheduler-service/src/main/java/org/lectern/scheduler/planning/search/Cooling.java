package org.lectern.scheduler.planning.search;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The temperature of the annealing, lowered in steps. In a timed run each step's first iteration is recorded; a run
 * that is given the recorded steps repeats the timed one exactly.
 */
final class Cooling {

    static final int STEPS = 200;

    private final long[] starts = new long[STEPS + 1];
    private final LongSupplier nanos;
    private final long budget;
    private final boolean timed;
    private final double[] temperatures = new double[STEPS];
    private long spentBefore;
    private long began;
    private int step;

    private Cooling(long budget, boolean timed, LongSupplier nanos, Settings settings) {
        this.budget = budget;
        this.timed = timed;
        this.nanos = nanos;
        for (int i = 0; i < STEPS; i++) {
            temperatures[i] = settings.hot() * Math.pow(settings.cold() / settings.hot(), (double) i / STEPS);
        }
        began = nanos.getAsLong();
    }

    static Cooling of(Budget budget, Settings settings, LongSupplier nanos) {
        return switch (budget) {
            case Budget.Time time -> {
                Cooling cooling = new Cooling(time.nanos(), true, nanos, settings);
                Arrays.fill(cooling.starts, Long.MAX_VALUE);
                cooling.starts[0] = 0;
                yield cooling;
            }
            case Budget.Iterations iterations -> {
                Cooling cooling = new Cooling(0, false, nanos, settings);
                for (int i = 0; i <= STEPS; i++) {
                    cooling.starts[i] = (long) ((double) iterations.count() * i / STEPS);
                }
                yield cooling;
            }
            case Budget.Steps steps -> {
                Cooling cooling = new Cooling(0, false, nanos, settings);
                for (int i = 0; i <= STEPS; i++) {
                    cooling.starts[i] = steps.starts().get(i);
                }
                yield cooling;
            }
        };
    }

    /** Called when a run continues: time spent before counts. */
    void resume(List<Long> recorded, long spent) {
        spentBefore = spent;
        began = nanos.getAsLong();
        if (timed) {
            for (int i = 0; i < starts.length; i++) {
                starts[i] = recorded.get(i);
            }
        }
    }

    long spent() {
        return spentBefore + nanos.getAsLong() - began;
    }

    /** Records and follows the steps. Call it before each iteration, or at least every 64th in a timed run. */
    void at(long iteration) {
        if (timed) {
            int reached = (int) Math.min(STEPS, (double) spent() / budget * STEPS);
            for (int i = reached; i > 0 && starts[i] == Long.MAX_VALUE; i--) {
                starts[i] = iteration;
            }
        }
        while (step < STEPS && starts[step + 1] <= iteration) {
            step++;
        }
    }

    boolean isOver(long iteration) {
        return starts[STEPS] <= iteration;
    }

    double temperature() {
        return temperatures[Math.min(step, STEPS - 1)];
    }

    double share() {
        return (double) step / STEPS;
    }

    List<Long> starts() {
        return Arrays.stream(starts).boxed().toList();
    }
}
