package org.lectern.chaos.fault;

import java.time.Instant;
import java.util.List;
import org.lectern.chaos.verdict.Violation;

/**
 * A completed fault; only its consequences remain.
 *
 * @param target the part of the system
 * @param begun when its injection began
 * @param from when it took effect
 * @param until when it was repaired
 * @param happened false if its crash point was not reached
 * @param violations violations observed while it lasted
 * @param measured measurements taken while it lasted; may be empty
 */
public record InjectedFault(
        FaultKind kind,
        String target,
        Instant begun,
        Instant from,
        Instant until,
        boolean happened,
        List<Violation> violations,
        String measured) {

    public InjectedFault {
        violations = List.copyOf(violations);
    }
}
