package org.lectern.scheduler.booking;

import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rows to lock before changing bookings. All transactions lock in one order to prevent deadlocks: lecturers,
 * venues, branches, then bookings, each by id.
 */
public record Locks(Set<UUID> lecturers, Set<UUID> venues, Set<UUID> branches, Set<UUID> bookings) {

    public static Locks none() {
        return new Locks(Set.of(), Set.of(), Set.of(), Set.of());
    }

    /** The locks for all commands. */
    public static Locks of(Iterable<? extends BookingCommand> commands) {
        Locks all = none();
        for (BookingCommand command : commands) {
            all = all.and(command.parties());
        }
        return all;
    }

    /** These locks and the parties of a new or moved booking. */
    public Locks and(@Nullable UUID lecturer, @Nullable UUID venue, Collection<UUID> branches) {
        return new Locks(plus(lecturers, lecturer), plus(venues, venue), plus(this.branches, branches), bookings);
    }

    Locks and(Locks more) {
        return new Locks(
                plus(lecturers, more.lecturers),
                plus(venues, more.venues),
                plus(branches, more.branches),
                plus(bookings, more.bookings));
    }

    /** These locks, a booking and its current parties. */
    public Locks and(BookingView booking) {
        UUID venue = booking.venue() == null ? null : booking.venue().id();
        Locks parties = and(booking.lecturer().id(), venue, booking.branchIds());
        return new Locks(parties.lecturers, parties.venues, parties.branches, plus(bookings, booking.id()));
    }

    private static Set<UUID> plus(Set<UUID> some, @Nullable UUID one) {
        return one == null ? some : plus(some, Set.of(one));
    }

    private static Set<UUID> plus(Set<UUID> some, Collection<UUID> more) {
        Set<UUID> all = new HashSet<>(some);
        more.stream().filter(Objects::nonNull).forEach(all::add);
        return Set.copyOf(all);
    }
}
