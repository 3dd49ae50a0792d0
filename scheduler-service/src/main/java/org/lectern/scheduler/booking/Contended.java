package org.lectern.scheduler.booking;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/**
 * The slot was taken at every attempt, and free again each time before it could be said by whom; or the caller's own
 * set of lectures overlaps itself.
 */
public final class Contended extends Refusal {
    Contended() {
        super(409, "slot-contended", List.of());
        header("Retry-After", "1");
    }
}
