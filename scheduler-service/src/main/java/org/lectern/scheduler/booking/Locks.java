package org.lectern.scheduler.booking;

import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction that changes bookings has to lock before. Everybody locks in one order, lecturers, venues,
 * branches and then bookings, each by id, so that nobody waits for another in a circle.
 */
public record Locks(Set<UUID> lecturers, Set<UUID> venues, Set<UUID> branches, Set<UUID> bookings) {

    public static Locks none() {
        return new Locks(Set.of(), Set.of(), Set.of(), Set.of());
    }

    /** The parties of bookings to be made. */
    public static Locks of(Iterable<BookingRequest> requests) {
        Set<UUID> lecturers = new HashSet<>();
        Set<UUID> venues = new HashSet<>();
        Set<UUID> branches = new HashSet<>();
        for (BookingRequest request : requests) {
            lecturers.add(request.lecturerId());
            branches.add(request.branchId());
            if (request.venueId() != null) {
                venues.add(request.venueId());
            }
            if (request.guests() != null) {
                request.guests().forEach(guest -> branches.add(guest.branchId()));
            }
        }
        return new Locks(lecturers, venues, branches, Set.of());
    }

    /** These and the parties of a booking to be made or moved there. */
    public Locks and(UUID lecturer, @Nullable UUID venue, Collection<UUID> branches) {
        return new Locks(
                plus(lecturers, Set.of(lecturer)),
                venue == null ? venues : plus(venues, Set.of(venue)),
                plus(this.branches, branches),
                bookings);
    }

    /** These, a booking and those it brings together now. */
    public Locks and(BookingView booking) {
        UUID venue = booking.venue() == null ? null : booking.venue().id();
        Locks parties = and(booking.lecturer().id(), venue, booking.branchIds());
        return new Locks(parties.lecturers, parties.venues, parties.branches, plus(bookings, Set.of(booking.id())));
    }

    private static Set<UUID> plus(Set<UUID> some, Collection<UUID> more) {
        Set<UUID> all = new HashSet<>(some);
        more.stream().filter(Objects::nonNull).forEach(all::add);
        return Set.copyOf(all);
    }
}
