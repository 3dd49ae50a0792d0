package org.lectern.scheduler.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import org.lectern.chassis.problem.Violation;

/**
 * The venue must hold the expected heads of host and guests together. An unknown count is zero. Without guests this
 * rule does not apply.
 */
@ApplicationScoped
class GuestCapacity implements SoftRule {

    private final Bookings bookings;

    @Inject
    GuestCapacity(Bookings bookings) {
        this.bookings = bookings;
    }

    @Override
    public List<Objection> objections(Proposal proposal) {
        if (proposal.guests().isEmpty() || proposal.venueId() == null || isUnchanged(proposal)) {
            return List.of();
        }
        int expected = proposal.allHeads();
        return bookings
                .capacity(proposal.venueId())
                .filter(capacity -> expected > capacity)
                .map(capacity -> {
                    List<Object> arguments = List.of(expected, capacity);
                    return new Objection(
                            "guests-over-capacity",
                            new Violation("/guests", "guests.over-capacity", arguments),
                            arguments);
                })
                .stream()
                .toList();
    }

    /** Whether the change leaves place, time and heads as they are; then the rule is not applied again. */
    private static boolean isUnchanged(Proposal proposal) {
        BookingView before = proposal.before();
        if (before == null) {
            return false;
        }
        Proposal was = Proposal.of(before);
        return Objects.equals(was.venueId(), proposal.venueId())
                && was.slot().equals(proposal.slot())
                && was.allHeads() == proposal.allHeads();
    }
}
