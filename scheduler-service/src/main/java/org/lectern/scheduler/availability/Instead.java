package org.lectern.scheduler.availability;

import io.quarkus.arc.Arc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jboss.logging.Logger;
import org.lectern.chassis.problem.Messages;

/** What could be booked instead of a lecture that was refused. */
@ApplicationScoped
public class Instead {

    private static final Logger LOG = Logger.getLogger(Instead.class);

    private final FreeLecturers lecturers;
    private final Messages messages;

    @Inject
    Instead(FreeLecturers lecturers, Messages messages) {
        this.lecturers = lecturers;
        this.messages = messages;
    }

    /**
     * At most three lectures that keep every rule and clash with nothing, best first, in the language of the present
     * request. A refusal never fails for want of them: what cannot be computed is left out.
     */
    public List<FreeSlotView> of(Proposal proposal) {
        if (!Arc.container().requestContext().isActive()) {
            return List.of();
        }
        try {
            return lecturers.insteadOf(proposal).stream()
                    .map(slot -> FreeSlotView.of(slot, proposal.zone(), messages))
                    .toList();
        } catch (RuntimeException e) {
            LOG.warn("No alternatives could be computed", e);
            return List.of();
        }
    }
}
