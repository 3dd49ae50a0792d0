package org.lectern.chaos.fault;

import java.time.Instant;
import java.util.List;
import org.lectern.chaos.verdict.Violation;

/**
 * A fault that is over; nothing of it is left but what it broke.
 *
 * @param target the part of the system
 * @param begun when its injection began
 * @param from when it was there
 * @param until when it was repaired
 * @param happened false when the moment that it waited for did not come
 * @param violations promises that were seen broken while it lasted
 * @param measured what was measured while it lasted; may be empty
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
