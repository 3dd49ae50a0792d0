package org.lectern.scheduler.booking;

import java.time.OffsetDateTime;
import java.util.List;
import org.lectern.chassis.problem.Refusal;
import org.lectern.scheduler.booking.SoftRule.Proposal;

/** The hold has expired; its slot is free. */
public final class HoldExpired extends Refusal {

    private final transient Proposal wanted;
    private final transient OffsetDateTime expiredAt;

    HoldExpired(Proposal wanted, OffsetDateTime expiredAt) {
        super(409, "hold-expired", List.of(), expiredAt);
        this.wanted = wanted;
        this.expiredAt = expiredAt;
        member("expiredAt", expiredAt);
    }

    /** The same refusal, with whether the slot is still free and the alternatives. */
    HoldExpired with(boolean slotFree, List<?> alternatives) {
        HoldExpired whole = new HoldExpired(wanted, expiredAt);
        whole.member("slotFree", slotFree);
        if (!alternatives.isEmpty()) {
            whole.member("alternatives", alternatives);
        }
        return whole;
    }

    Proposal wanted() {
        return wanted;
    }
}
