package org.lectern.scheduler.booking;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.lectern.chassis.database.Transactions;
import org.lectern.scheduler.booking.SoftRule.Proposal;

/**
 * Ends expired holds. The database's clock alone decides when a slot is free, not the time of the sweep. A booking
 * first ends the expired hold it conflicts with, and readers see the hold as expired at once. The sweep only publishes
 * expiries that no request triggers.
 */
@ApplicationScoped
class HoldExpiry {

    private static final int BATCH = 200;

    private final Bookings bookings;
    private final BookingCommands commands;

    @Inject
    HoldExpiry(Bookings bookings, BookingCommands commands) {
        this.bookings = bookings;
        this.commands = commands;
    }

    /** Ends every expired hold that conflicts with a lecture; returns whether there was any. */
    boolean makeWayFor(Proposal wanted) {
        return expire(bookings.overdueInTheWayOf(wanted)) > 0;
    }

    @Scheduled(
            every = "{lectern.booking.holds.sweep-interval}",
            delayed = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sweep() {
        List<UUID> overdue;
        do {
            overdue = bookings.overdue(BATCH);
        } while (expire(overdue) == BATCH);
    }

    /** Ends each in its own transaction, so that a lock timeout on one does not block the others. */
    private int expire(List<UUID> overdue) {
        int ended = 0;
        for (UUID hold : overdue) {
            try {
                if (Transactions.inNew(() -> commands.expire(hold))) {
                    ended++;
                }
            } catch (RuntimeException e) {
                Log.warnf("Hold %s could not be expired yet (SQLSTATE %s)", hold, Transactions.sqlState(e));
            }
        }
        return ended;
    }
}
