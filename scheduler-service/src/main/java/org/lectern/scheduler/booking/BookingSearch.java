package org.lectern.scheduler.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.lectern.scheduler.booking.Parties.LecturerRef;
import org.lectern.scheduler.booking.SoftRule.Proposal;

/** What other packages may ask about bookings. Outside of locks every answer may be old by the time it is read. */
@ApplicationScoped
public class BookingSearch {

    private final Bookings bookings;

    @Inject
    BookingSearch(Bookings bookings) {
        this.bookings = bookings;
    }

    /** A booking as it stands; what matters of it may change until it is locked. */
    public Optional<BookingView> find(UUID id) {
        return bookings.view(id, Optional.empty());
    }

    /** These bookings by start; those that do not exist are missing. */
    public List<BookingView> all(Collection<UUID> ids) {
        return bookings.views(ids);
    }

    /** All occurrences of a series, by start. */
    public List<BookingView> ofSeries(UUID series) {
        return bookings.ofSeries(series);
    }

    /** The bookings selected, by start, at most so many. */
    public List<BookingView> select(Selection selection, int most) {
        return bookings.select(selection, most);
    }

    /** Other lecturers on the topic who have no lecture then; some, those with little to do first. */
    public List<LecturerRef> freeLecturers(Proposal wanted, int most) {
        return bookings.freeLecturers(wanted, most);
    }
}
