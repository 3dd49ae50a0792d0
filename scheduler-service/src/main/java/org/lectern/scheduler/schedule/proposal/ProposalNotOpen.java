package org.lectern.scheduler.schedule.proposal;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** The proposal was decided or withdrawn. */
final class ProposalNotOpen extends Refusal {
    ProposalNotOpen(ProposalState state) {
        super(409, "proposal-not-open", List.of(), state.name());
        member("proposalState", state.name());
    }
}
