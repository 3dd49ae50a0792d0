package org.lectern.scheduler.schedule.search;

import io.quarkus.arc.Arc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jboss.logging.Logger;
import org.lectern.chassis.problem.Messages;
import org.lectern.scheduler.schedule.Proposal;

/** Alternatives to a refused lecture. */
@ApplicationScoped
public class AlternativeSearch {

    private static final Logger LOG = Logger.getLogger(AlternativeSearch.class);

    private final FreeLecturers lecturers;
    private final Messages messages;

    @Inject
    AlternativeSearch(FreeLecturers lecturers, Messages messages) {
        this.lecturers = lecturers;
        this.messages = messages;
    }

    /**
     * At most three lectures that keep every rule and have no conflict, best first, in the language of the current
     * request. A failed computation gives fewer alternatives and never a failed refusal.
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
