package org.lectern.scheduler.booking;

import java.util.List;
import org.lectern.scheduler.booking.SoftRule.Proposal;

/**
 * Proposes what would work instead of a lecture that cannot be. Asked outside of any transaction, after the attempt was
 * rolled back; what it proposes may be gone by the time somebody asks for it.
 */
public interface Alternatives {

    /** Some lectures that could be booked instead, best first, as they shall stand in the problem document. */
    List<?> insteadOf(Proposal wanted);
}
