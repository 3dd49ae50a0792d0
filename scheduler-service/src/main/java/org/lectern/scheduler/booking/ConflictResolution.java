package org.lectern.scheduler.booking;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Supplier;
import org.lectern.scheduler.booking.Occupied.Conflict;
import org.lectern.scheduler.booking.SoftRule.Proposal;

/**
 * Retries booking attempts until they succeed or the conflict can be named. A conflict rolls the whole transaction
 * back, so naming happens here, outside it.
 */
@ApplicationScoped
public class ConflictResolution {

    private static final int ATTEMPTS_AT_A_FREED_SLOT = 3;

    private final Bookings bookings;
    private final HoldExpiry holds;
    private final List<Alternatives> alternatives;

    @Inject
    ConflictResolution(Bookings bookings, HoldExpiry holds, @All List<Alternatives> alternatives) {
        this.bookings = bookings;
        this.holds = holds;
        this.alternatives = alternatives;
    }

    /**
     * Runs work that opens its own transaction and books through {@link BookingCommands}. Repeats the whole work when
     * the conflicting booking is gone or was an expired hold.
     *
     * @throws BookingRefusal.Contended when no conflicting booking is found although the database repeatedly refuses
     *     the slot
     * @throws RulesBroken when rules are broken; names alternatives
     * @throws Occupied when a slot is taken; names all conflicts and alternatives
     */
    public <T> T settle(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (HoldExpired expired) {
                Proposal wanted = expired.wanted();
                throw expired.with(conflicts(wanted).isEmpty(), insteadOf(wanted));
            } catch (ConflictDetected lost) {
                if (holds.makeWayFor(lost.wanted())) {
                    attempt = 0;
                    continue;
                }
                List<Conflict> conflicts = conflicts(lost.wanted());
                if (!conflicts.isEmpty()) {
                    throw new Occupied(conflicts, lost.pointer(), insteadOf(lost.wanted()));
                }
                if (attempt == ATTEMPTS_AT_A_FREED_SLOT) {
                    throw new BookingRefusal.Contended();
                }
            } catch (RulesBroken refused) {
                throw refused.with(insteadOf(refused.wanted()));
            }
        }
    }

    private List<Conflict> conflicts(Proposal wanted) {
        return bookings.conflicts(wanted);
    }

    /** Alternatives to a refused lecture, best first. Call it outside any transaction. */
    public List<Alternative> insteadOf(Proposal wanted) {
        return alternatives.stream()
                .flatMap(each -> each.insteadOf(wanted).stream())
                .toList();
    }
}
