package org.lectern.scheduler.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Booking queries for other packages. Outside locks, results may be outdated when read. */
@ApplicationScoped
public class BookingSearch {

    private final Bookings bookings;

    @Inject
    BookingSearch(Bookings bookings) {
        this.bookings = bookings;
    }

    /** A booking; it may change until it is locked. */
    public Optional<BookingView> find(UUID id) {
        return bookings.view(id, Optional.empty());
    }

    /** The existing ones of these bookings, by start. */
    public List<BookingView> all(Collection<UUID> ids) {
        return bookings.views(ids);
    }

    /** All occurrences of a series, by start. */
    public List<BookingView> ofSeries(UUID series) {
        return bookings.ofSeries(series);
    }

    /** The selected bookings by start, up to a maximum. */
    public List<BookingView> select(Selection selection, int most) {
        return bookings.select(selection, most);
    }
}
