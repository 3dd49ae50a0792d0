package org.lectern.scheduler.booking;

import java.util.List;
import org.lectern.scheduler.booking.SoftRule.Proposal;

/**
 * Proposes alternatives to a refused lecture. Called outside any transaction, after the attempt was rolled back.
 * Another caller may book an alternative first.
 */
public interface Alternatives {

    /** Alternatives, best first. */
    List<Alternative> insteadOf(Proposal wanted);
}
