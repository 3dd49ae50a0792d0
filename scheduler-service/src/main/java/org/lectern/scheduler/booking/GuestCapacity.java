package org.lectern.scheduler.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
        UUID venue = proposal.venueId();
        return proposal.guests().isEmpty() || venue == null || isUnchanged(proposal)
                ? List.of()
                : objections(proposal, bookings.capacities(Set.of(venue)).get(venue));
    }

    @Override
    public Map<UUID, List<Objection>> standing(Collection<Proposal> lectures) {
        List<Proposal> joint = lectures.stream()
                .filter(each -> !each.guests().isEmpty() && each.venueId() != null)
                .toList();
        Map<UUID, Integer> capacities = bookings.capacities(
                joint.stream().map(Proposal::venueId).filter(Objects::nonNull).collect(Collectors.toSet()));
        Map<UUID, List<Objection>> found = new HashMap<>();
        for (Proposal each : joint) {
            found.put(each.bookingId(), objections(each, capacities.get(each.venueId())));
        }
        return found;
    }

    private static List<Objection> objections(Proposal proposal, @Nullable Integer capacity) {
        int expected = proposal.allHeads();
        if (capacity == null || expected <= capacity) {
            return List.of();
        }
        List<Object> arguments = List.of(expected, capacity);
        return List.of(new Objection(
                "guests-over-capacity", new Violation("/guests", "guests.over-capacity", arguments), arguments));
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
