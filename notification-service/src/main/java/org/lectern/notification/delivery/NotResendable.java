package org.lectern.notification.delivery;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** A delivery cannot be sent again in its present state. */
public final class NotResendable extends Refusal {

    private NotResendable(String code) {
        super(409, code, List.of());
    }

    /** An attempt is under way, and its outcome is not known yet. */
    public static NotResendable underWay() {
        return new NotResendable("delivery-under-way");
    }

    /** The endpoint is disabled, unverified or removed. */
    public static NotResendable endpointNotInUse() {
        return new NotResendable("endpoint-not-in-use");
    }

    /** A newer notice of the same booking was delivered to the endpoint. */
    public static NotResendable outdated() {
        return new NotResendable("delivery-outdated");
    }
}
