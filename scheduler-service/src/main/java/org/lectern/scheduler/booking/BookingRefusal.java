package org.lectern.scheduler.booking;

import java.time.OffsetDateTime;
import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** Why a booking cannot change, independent of other bookings. */
public abstract sealed class BookingRefusal extends Refusal {

    private BookingRefusal(String code, Object... arguments) {
        super(409, code, List.of(), arguments);
    }

    /** The booking was cancelled or completed and can no longer change. */
    static final class NoLongerActive extends BookingRefusal {
        NoLongerActive(BookingStatus status) {
            super("booking-no-longer-active", status.name());
            member("bookingStatus", status);
        }
    }

    /** Only a hold can be confirmed, released or extended; this booking is not a hold. */
    static final class NotHeld extends BookingRefusal {
        NotHeld(BookingStatus status) {
            super("booking-not-held", status.name());
            member("bookingStatus", status);
        }
    }

    /** The slot is only held and must be confirmed first. */
    static final class NotConfirmed extends BookingRefusal {
        NotConfirmed() {
            super("booking-not-confirmed");
        }
    }

    /** Only the record of a lecture that was held can be corrected. */
    static final class NotCompleted extends BookingRefusal {
        NotCompleted(BookingStatus status) {
            super("booking-not-completed", status);
        }
    }

    /** A lecture that has not begun cannot be recorded as held. */
    static final class NotStartedYet extends BookingRefusal {
        NotStartedYet(OffsetDateTime start) {
            super("lecture-not-started", start);
        }
    }

    /** Organizers have recorded the lecture; a branch does not replace that. */
    static final class RecordedByOrganizers extends BookingRefusal {
        RecordedByOrganizers() {
            super("recorded-by-organizers");
        }
    }

    /** The organizer has reached the limit of holds: holds are for deciding, not for blocking others. */
    static final class TooManyHolds extends BookingRefusal {
        TooManyHolds(int most) {
            super("too-many-holds", most);
            member("most", most);
        }
    }

    /**
     * The slot was taken at every attempt, but free before the conflict could be named; or the request's lectures
     * overlap each other.
     */
    static final class Contended extends BookingRefusal {
        Contended() {
            super("slot-contended");
            header("Retry-After", "1");
        }
    }
}
