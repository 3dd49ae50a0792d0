package org.lectern.scheduler.acceptance;

import java.util.List;
import org.lectern.chassis.problem.Refusal;
import org.lectern.scheduler.booking.BookingStatus;

/** The lecturer is not asked about this booking, or the lecture has begun. */
final class NoAnswerExpected extends Refusal {
    NoAnswerExpected(BookingStatus status) {
        super(409, "no-answer-expected", List.of());
        member("bookingStatus", status.name());
    }
}
