package org.lectern.scheduler.booking;

import java.time.OffsetDateTime;
import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** Why a booking cannot be changed, whatever else is booked. */
public abstract sealed class BookingRefusal extends Refusal {

    private BookingRefusal(String code, Object... arguments) {
        super(409, code, List.of(), arguments);
    }

    /** The booking was cancelled or completed: it cannot change any more. */
    static final class NoLongerActive extends BookingRefusal {
        NoLongerActive(BookingStatus status) {
            super("booking-no-longer-active", status.name());
            member("bookingStatus", status);
        }
    }

    /** Only a hold can be confirmed, released or extended; this is none, or none any more. */
    static final class NotHeld extends BookingRefusal {
        NotHeld(BookingStatus status) {
            super("booking-not-held", status.name());
            member("bookingStatus", status);
        }
    }

    /** The slot is only held: confirm it first. */
    static final class NotConfirmed extends BookingRefusal {
        NotConfirmed() {
            super("booking-not-confirmed");
        }
    }

    /** Only what was recorded of a lecture that was held can be put right. */
    static final class NotCompleted extends BookingRefusal {
        NotCompleted(BookingStatus status) {
            super("booking-not-completed", status);
        }
    }

    /** A lecture that has not begun cannot have been held. */
    static final class NotStartedYet extends BookingRefusal {
        NotStartedYet(OffsetDateTime start) {
            super("lecture-not-started", start.toString());
        }
    }

    /** An organizer holds as many slots as one may: holds are for deciding, not for keeping others out. */
    static final class TooManyHolds extends BookingRefusal {
        TooManyHolds(int most) {
            super("too-many-holds", most);
            member("most", most);
        }
    }

    /**
     * The slot was taken at every attempt, and free again each time before it could be said by whom; or the caller's
     * own set of lectures overlaps itself.
     */
    static final class Contended extends BookingRefusal {
        Contended() {
            super("slot-contended");
            header("Retry-After", "1");
        }
    }
}
