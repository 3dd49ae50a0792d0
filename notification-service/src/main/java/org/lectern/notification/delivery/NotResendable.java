package org.lectern.notification.delivery;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** A delivery that cannot be sent again as it stands. */
public final class NotResendable extends Refusal {

    private NotResendable(String code) {
        super(409, code, List.of());
    }

    /** An attempt is under way: how it ends is not known yet. */
    public static NotResendable underWay() {
        return new NotResendable("delivery-under-way");
    }

    /** Its endpoint is switched off, waits for verification, or is gone. */
    public static NotResendable endpointNotInUse() {
        return new NotResendable("endpoint-not-in-use");
    }

    /** Something newer of the same booking was delivered there. */
    public static NotResendable outdated() {
        return new NotResendable("delivery-outdated");
    }
}
