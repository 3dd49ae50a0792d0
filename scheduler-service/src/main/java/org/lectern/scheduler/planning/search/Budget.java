package org.lectern.scheduler.planning.search;

import java.time.Duration;
import java.util.List;

/** How long a search runs. */
public sealed interface Budget {

    /** By the clock: takes what the machine gives, and records its steps so that the run can be repeated. */
    record Time(long nanos) implements Budget {}

    /** A number of iterations: equal input gives an equal plan. */
    record Iterations(long count) implements Budget {}

    /** The recorded steps of a timed run. */
    record Steps(List<Long> starts) implements Budget {

        public Steps {
            starts = List.copyOf(starts);
        }
    }

    static Budget of(Duration time) {
        return new Time(time.toNanos());
    }
}
