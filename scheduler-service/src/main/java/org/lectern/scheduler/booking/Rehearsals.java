package org.lectern.scheduler.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.Messages;
import org.lectern.chassis.problem.Refusal;
import org.lectern.scheduler.booking.BookingCommands.Witness;
import org.lectern.scheduler.booking.Rehearsal.Audience;
import org.lectern.scheduler.booking.SoftRule.Objection;

/**
 * Rehearses any change of a booking: the real change, with all rules and locks, in a transaction that is rolled back.
 * No key is stored and no event leaves. Only the end of an expired hold that is in the way stays.
 */
@ApplicationScoped
public class Rehearsals {

    private static final int CONFLICT = 409;

    private final ConflictResolution settlement;
    private final Messages messages;

    @Inject
    Rehearsals(ConflictResolution settlement, Messages messages) {
        this.settlement = settlement;
        this.messages = messages;
    }

    private record Seen(@Nullable BookingView before, BookingView after, List<Objection> broken) {}

    /**
     * What the change would do.
     *
     * @param change executes one command before the witness; returns the booking to show
     * @throws Refusal other than 409: what is wrong with the request itself is refused as without rehearsal
     */
    public Rehearsal of(Function<Witness, BookingView> change) {
        var seen = new AtomicReference<@Nullable Seen>();
        Witness witness = (before, after, broken) -> seen.set(new Seen(before, after, broken));
        try {
            BookingView after = settlement.settle(() -> Transactions.rehearse(() -> change.apply(witness)));
            return rehearsal(null, seen.get(), after);
        } catch (Refusal refusal) {
            if (refusal.status() != CONFLICT) {
                throw refusal;
            }
            return rehearsal(refusal, seen.get(), null);
        }
    }

    private Rehearsal rehearsal(@Nullable Refusal refusal, @Nullable Seen seen, @Nullable BookingView shown) {
        List<Objection> broken = seen == null ? List.of() : seen.broken();
        return new Rehearsal(
                refusal == null,
                refusal == null ? null : messages.problem(refusal),
                RuleViolation.ofRules(broken, messages),
                refusal instanceof RulesBroken,
                shown != null ? shown : seen == null ? null : seen.after(),
                Audience.of(seen == null ? List.of() : NotifiedBranch.of(seen.before(), seen.after())));
    }
}
