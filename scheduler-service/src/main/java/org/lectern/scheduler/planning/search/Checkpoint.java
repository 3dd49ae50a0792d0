package org.lectern.scheduler.planning.search;

import java.util.List;

/**
 * A search between two iterations. A search that continues from it ends with the same plan as one that never stopped.
 */
public record Checkpoint(
        long seed,
        long iteration,
        long random,
        Plan current,
        List<Integer> leftOutOrder,
        Plan best,
        List<Long> steps,
        long nanosSpent) {

    public Checkpoint {
        leftOutOrder = List.copyOf(leftOutOrder);
        steps = List.copyOf(steps);
    }
}
