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
 * Ends holds whose time is over. By when a slot is free is decided by the database's clock alone, not by when this
 * runs: whoever wants the slot expires the hold that is in the way first, and readers see it as expired before it is.
 * The sweep only sees to it that the expiry is told when nobody asks.
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

    /** Ends every overdue hold that is in the way of a lecture; whether there was any. */
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

    /** Each in a transaction of its own, so that one that cannot be locked in time does not keep back the others. */
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
