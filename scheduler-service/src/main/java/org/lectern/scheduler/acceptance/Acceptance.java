package org.lectern.scheduler.acceptance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.booking.BookingSearch;
import org.lectern.scheduler.booking.BookingStatus;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.LecturerAnswer;
import org.lectern.scheduler.reason.Reason;

/**
 * Lecturers accept and decline. An answer and a change of the booking exclude each other by the lock of the booking.
 */
@ApplicationScoped
class Acceptance {

    private final LecturerAnswers answers;
    private final BookingSearch bookings;
    private final Clock clock;

    @Inject
    Acceptance(LecturerAnswers answers, BookingSearch bookings, Clock clock) {
        this.answers = answers;
        this.bookings = bookings;
        this.clock = clock;
    }

    /**
     * Stores the answer to a version of a booking. The same answer again changes nothing.
     *
     * @param expected the version that the lecturer has seen; it may be older than the booking as long as nothing that
     *     matters to the lecturer has changed since
     * @param lecturer the code of the lecturer who answers; empty for an organizer
     * @param given when, if that was not now; the answer has no effect if a later one is stored
     */
    BookingView answer(
            UUID id,
            int expected,
            NewAnswer request,
            Optional<String> lecturer,
            String actor,
            Optional<Instant> given) {
        request.check();
        return Transactions.inNew(() -> {
            if (!answers.lock(id, lecturer.orElse(null))) {
                throw new NotFound();
            }
            BookingView booking = bookings.find(id).orElseThrow(NotFound::new);
            if (lecturer.isPresent() && !booking.status().isAnnounced()) {
                throw new NotFound();
            }
            Instant now = clock.instant();
            LecturerAnswer present = booking.lecturerAnswer();
            if (present == null
                    || booking.status() != BookingStatus.CONFIRMED
                    || !booking.start().toInstant().isAfter(now)) {
                throw new NoAnswerExpected(booking.status());
            }
            if (expected < present.version() || expected > booking.version()) {
                Etag.check(expected, booking.version());
            }
            AnswerState state = AnswerState.valueOf(request.answer().name());
            if (isSame(present, state, request) || isLater(present, given)) {
                return booking;
            }
            var by = lecturer.isPresent() ? LecturerAnswer.By.LECTURER : LecturerAnswer.By.ORGANIZER;
            answers.answered(booking, state, by, new Reason(request.reason(), request.reasonCode()), actor, now);
            return bookings.find(id).orElseThrow();
        });
    }

    private static boolean isLater(LecturerAnswer present, Optional<Instant> given) {
        Instant stored = present.at();
        return present.by() != null
                && stored != null
                && given.filter(at -> !at.isAfter(stored)).isPresent();
    }

    private static boolean isSame(LecturerAnswer present, AnswerState state, NewAnswer request) {
        return present.state().name().equals(state.name())
                && Objects.equals(present.reason(), request.reason())
                && Objects.equals(present.reasonCode(), request.reasonCode());
    }
}
