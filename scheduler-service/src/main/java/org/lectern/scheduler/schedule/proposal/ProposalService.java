package org.lectern.scheduler.schedule.proposal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.http.Etag;
import org.lectern.scheduler.consequence.ConsequencesView;
import org.lectern.scheduler.schedule.Availability;
import org.lectern.scheduler.schedule.AvailabilityChange;
import org.lectern.scheduler.schedule.AvailabilityView;
import org.lectern.scheduler.schedule.proposal.ChangeOutcome.Effect;

/**
 * Changes of availability by the lecturer. One that touches no booking takes effect; any other waits for an organizer.
 * Which of them is decided in the transaction of the change, so that no booking can be made in between.
 */
@ApplicationScoped
class ProposalService {

    private final Availability availability;
    private final Proposals proposals;

    @Inject
    ProposalService(Availability availability, Proposals proposals) {
        this.availability = availability;
        this.proposals = proposals;
    }

    /** Rolls the change back. */
    private static final class TouchesBookings extends RuntimeException {
        private final transient ConsequencesView found;

        TouchesBookings(ConsequencesView found) {
            super(null, null, false, false);
            this.found = found;
        }
    }

    ChangeOutcome propose(UUID lecturer, int expected, AvailabilityChange change, boolean rehearsal, String actor) {
        availability.check(lecturer, change);
        try {
            AvailabilityView changed = Transactions.inNew(rehearsal, () -> {
                AvailabilityView view = availability.change(lecturer, expected, change);
                ConsequencesView found = view.consequences();
                if (found != null && found.count() > 0) {
                    throw new TouchesBookings(found);
                }
                return view;
            });
            return new ChangeOutcome(
                    Effect.EFFECTIVE, proposals.touched(null, true), changed.withoutConsequences(), null);
        } catch (TouchesBookings touches) {
            ProposalView stored = rehearsal
                    ? null
                    : Transactions.inNew(() -> proposals.add(lecturer, change, touches.found.count(), actor));
            return new ChangeOutcome(Effect.PROPOSED, proposals.touched(touches.found, true), null, stored);
        }
    }

    /** The bookings stay as they are; those that no longer fit are named. */
    ProposalView accept(UUID id, int expected, boolean rehearsal, String actor) {
        return Transactions.inNew(rehearsal, () -> {
            ProposalView open = open(id, null, expected);
            AvailabilityView changed = availability.change(open.lecturer().id(), null, open.change());
            return proposals
                    .end(id, ProposalState.ACCEPTED, null, actor)
                    .with(proposals.touched(changed.consequences(), false));
        });
    }

    ProposalView refuse(UUID id, int expected, String reason, String actor) {
        return Transactions.inNew(() -> {
            open(id, null, expected);
            return proposals.end(id, ProposalState.REFUSED, reason, actor);
        });
    }

    ProposalView withdraw(UUID id, UUID lecturer, int expected, String actor) {
        return Transactions.inNew(() -> {
            open(id, lecturer, expected);
            return proposals.end(id, ProposalState.WITHDRAWN, null, actor);
        });
    }

    private ProposalView open(UUID id, @Nullable UUID lecturer, int expected) {
        ProposalView found = proposals.locked(id, lecturer);
        if (found.state() != ProposalState.OPEN) {
            throw new ProposalNotOpen(found.state()); // no other version would help
        }
        Etag.check(expected, found.version());
        return found;
    }
}
