package org.lectern.chaos;

import java.time.Duration;
import java.util.List;
import org.lectern.chaos.evidence.Evidence;
import org.lectern.chaos.fault.InjectedFault;
import org.lectern.chaos.verdict.Violation;

/**
 * What came of a run.
 *
 * @param quietAfter from the end of the load until nothing was on its way any more
 */
record Verdict(
        long seed, Evidence evidence, List<InjectedFault> faults, List<Violation> violations, Duration quietAfter) {

    boolean kept() {
        return violations.isEmpty();
    }

    /** How many faults came about. */
    long happened() {
        return faults.stream().filter(InjectedFault::happened).count();
    }
}
