package org.lectern.scheduler.schedule.proposal;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** The lecturer has reached the limit of open proposals. */
final class TooManyProposalsOpen extends Refusal {
    TooManyProposalsOpen(int most) {
        super(409, "too-many-proposals-open", List.of(), most);
    }
}
