package org.lectern.scheduler.acceptance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.BookingChanged;
import org.lectern.scheduler.booking.BookingStatus;
import org.lectern.scheduler.booking.BookingView;

/** Asks lecturers after a change of a booking that matters to them, in the same transaction. */
@ApplicationScoped
class AnswerUpdater {

    private static final List<AnswerState> OPEN = List.of(
            AnswerState.PENDING,
            AnswerState.ACCEPTED,
            AnswerState.DECLINED,
            AnswerState.CONSENTED,
            AnswerState.OVERDUE);

    /** A lecture that was held needs no answer; that it was accepted is kept. */
    private static final List<AnswerState> NOT_ACCEPTED =
            List.of(AnswerState.PENDING, AnswerState.DECLINED, AnswerState.OVERDUE);

    private final LecturerAnswers answers;
    private final AnswerTerms terms;
    private final Clock clock;

    @Inject
    AnswerUpdater(LecturerAnswers answers, AnswerTerms terms, Clock clock) {
        this.answers = answers;
        this.terms = terms;
        this.clock = clock;
    }

    void changed(@Observes BookingChanged change) {
        BookingView before = change.before();
        BookingView after = change.after();
        Instant now = clock.instant();
        switch (after.status()) {
            case CONFIRMED -> {
                if (concernsLecturer(before, after)) {
                    terms.of(after, now)
                            .ifPresentOrElse(
                                    found -> answers.ask(after, found, change.actor(), now),
                                    () -> close(before, after, OPEN, change.actor(), now));
                }
            }
            case COMPLETED -> close(before, after, NOT_ACCEPTED, change.actor(), now);
            case CANCELLED -> close(before, after, OPEN, change.actor(), now);
            case HELD, RELEASED, EXPIRED -> {} // lecturers are not asked about holds
        }
    }

    private void close(
            @Nullable BookingView before, BookingView after, List<AnswerState> from, String actor, Instant now) {
        if (before != null) {
            answers.close(after, from, actor, now);
        }
    }

    /** Whether time, place, host or lecturer are others than the lecturer knew. */
    static boolean concernsLecturer(@Nullable BookingView before, BookingView after) {
        return before == null
                || before.status() != BookingStatus.CONFIRMED
                || !before.lecturer().id().equals(after.lecturer().id())
                || !before.branch().id().equals(after.branch().id())
                || !before.start().toInstant().equals(after.start().toInstant())
                || !before.end().toInstant().equals(after.end().toInstant())
                || !Objects.equals(before.venue(), after.venue())
                || !Objects.equals(before.joinLink(), after.joinLink());
    }
}
