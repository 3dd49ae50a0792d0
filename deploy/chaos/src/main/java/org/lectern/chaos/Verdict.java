package org.lectern.chaos;

import java.time.Duration;
import java.util.List;
import org.lectern.chaos.evidence.Evidence;
import org.lectern.chaos.fault.InjectedFault;
import org.lectern.chaos.verdict.Violation;

/**
 * The result of a run.
 *
 * @param quietAfter time from the end of the load until no event or message was in transit
 */
record Verdict(
        long seed, Evidence evidence, List<InjectedFault> faults, List<Violation> violations, Duration quietAfter) {

    boolean kept() {
        return violations.isEmpty();
    }

    /** The number of faults that took effect. */
    long happened() {
        return faults.stream().filter(InjectedFault::happened).count();
    }
}
