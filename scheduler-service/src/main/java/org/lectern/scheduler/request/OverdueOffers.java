package org.lectern.scheduler.request;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.scheduler.booking.BookingCommands;

/**
 * Ends expired offers, and waiting requests with only past windows. An offer expires with its hold, by the database's
 * clock. A change of the request first writes the expiry, so no sweep has to run at that moment.
 */
@ApplicationScoped
class OverdueOffers {

    private static final int BATCH = 100;

    private final LectureRequests requests;
    private final RequestCommands desk;
    private final BookingCommands bookings;
    private final Sql sql;

    @Inject
    OverdueOffers(LectureRequests requests, RequestCommands desk, BookingCommands bookings, Sql sql) {
        this.requests = requests;
        this.desk = desk;
        this.bookings = bookings;
        this.sql = sql;
    }

    /** Ends the offer of this request if it has expired. */
    void end(UUID request) {
        sql.one(
                        "SELECT r.booking_id FROM lecture_request r WHERE r.id = ? AND " + LectureRequests.OVERDUE,
                        row -> row.id("booking_id"),
                        request)
                .ifPresent(hold -> Transactions.inNew(() -> bookings.expire(hold)));
    }

    @Scheduled(
            every = "{lectern.requests.sweep-interval}",
            delayed = "2s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void lapse() {
        List<UUID> past;
        int ended;
        do {
            past = requests.past(BATCH);
            ended = 0;
            for (UUID request : past) {
                try {
                    ended += Transactions.inNew(() -> desk.lapse(request)) ? 1 : 0;
                } catch (RuntimeException e) {
                    Log.warnf("Request %s could not lapse yet (SQLSTATE %s)", request, Transactions.sqlState(e));
                }
            }
        } while (ended == BATCH);
    }
}
