package org.lectern.scheduler.acceptance;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.lectern.chassis.database.Transactions;
import org.lectern.scheduler.booking.BookingSearch;

/**
 * Publishes that a lecturer was silent until the answer was due: that counts as consent, or is escalated. Readers see
 * it at once, by the database's clock.
 */
@ApplicationScoped
class SilentLecturers {

    private static final int BATCH = 100;

    private final LecturerAnswers answers;
    private final BookingSearch bookings;
    private final MeterRegistry metrics;
    private final Clock clock;

    @Inject
    SilentLecturers(LecturerAnswers answers, BookingSearch bookings, MeterRegistry metrics, Clock clock) {
        this.answers = answers;
        this.bookings = bookings;
        this.metrics = metrics;
        this.clock = clock;
        for (AnswerState outcome : List.of(AnswerState.CONSENTED, AnswerState.OVERDUE)) {
            count(outcome, 0);
        }
    }

    @Scheduled(
            every = "{lectern.answers.sweep-interval}",
            delayed = "2s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sweep() {
        int settled;
        do {
            settled = 0;
            for (UUID booking : answers.silentFor(BATCH)) {
                try {
                    Optional<AnswerState> outcome = Transactions.inNew(() -> settle(booking));
                    outcome.ifPresent(each -> count(each, 1));
                    settled += outcome.isPresent() ? 1 : 0;
                } catch (RuntimeException e) {
                    Log.warnf(
                            "Silence about booking %s could not be recorded yet (SQLSTATE %s)",
                            booking, Transactions.sqlState(e));
                }
            }
        } while (settled == BATCH);
    }

    private Optional<AnswerState> settle(UUID booking) {
        return answers.lock(booking, null)
                ? bookings.find(booking).flatMap(found -> answers.silent(found, clock.instant()))
                : Optional.empty();
    }

    private void count(AnswerState outcome, int more) {
        metrics.counter("lectern.lecturers.silent", "outcome", outcome.name().toLowerCase(Locale.ROOT))
                .increment(more);
    }
}
