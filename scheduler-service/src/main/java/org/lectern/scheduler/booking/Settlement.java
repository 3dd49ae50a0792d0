package org.lectern.scheduler.booking;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Supplier;
import org.lectern.scheduler.booking.Occupied.Clash;
import org.lectern.scheduler.booking.SoftRule.Proposal;

/**
 * Brings an attempt at one or several slots to an end: won, or refused with the names of those in the way. A clash
 * rolls the whole transaction back, so the naming happens here, outside of it.
 */
@ApplicationScoped
public class Settlement {

    private static final int ATTEMPTS_AT_A_FREED_SLOT = 3;

    private final Bookings bookings;
    private final HoldExpiry holds;
    private final List<Alternatives> alternatives;

    @Inject
    Settlement(Bookings bookings, HoldExpiry holds, @All List<Alternatives> alternatives) {
        this.bookings = bookings;
        this.holds = holds;
        this.alternatives = alternatives;
    }

    /**
     * Does work that opens a transaction of its own and books in it through {@link BookingCommands}; again as a whole when
     * whoever was in the way has gone meanwhile or was a hold whose time is over.
     *
     * @throws BookingRefusal.Contended when nobody can be found who has the slot, although the database refuses it again and again
     * @throws RulesBroken when rules speak against a lecture, naming what could be booked instead
     * @throws Occupied when a slot is taken, naming every booking in the way and what could be booked instead
     */
    public <T> T settle(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (HoldExpired expired) {
                Proposal wanted = expired.wanted();
                throw expired.with(clashes(wanted).isEmpty(), insteadOf(wanted));
            } catch (ClashDetected lost) {
                if (holds.makeWayFor(lost.wanted())) {
                    attempt = 0;
                    continue;
                }
                List<Clash> clashes = clashes(lost.wanted());
                if (!clashes.isEmpty()) {
                    throw new Occupied(clashes, lost.pointer(), insteadOf(lost.wanted()));
                }
                if (attempt == ATTEMPTS_AT_A_FREED_SLOT) {
                    throw new BookingRefusal.Contended();
                }
            } catch (RulesBroken refused) {
                throw refused.with(insteadOf(refused.wanted()));
            }
        }
    }

    private List<Clash> clashes(Proposal wanted) {
        return bookings.clashes(wanted);
    }

    /** What could be booked instead of a lecture that cannot be, best first. Asked outside of any transaction. */
    public List<?> insteadOf(Proposal wanted) {
        return alternatives.stream()
                .flatMap(each -> each.insteadOf(wanted).stream())
                .toList();
    }
}
