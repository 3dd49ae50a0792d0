package org.lectern.scheduler.request;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** There is no offer, or not any more: it was taken, declined, or its time is over. */
final class NoOffer extends Refusal {
    NoOffer(RequestStatus status) {
        super(409, "no-offer", List.of());
        member("requestStatus", status.name());
    }
}
