package org.lectern.scheduler.request;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** There is no offer: it was accepted or declined, or has expired. */
final class NoOffer extends Refusal {
    NoOffer(RequestStatus status) {
        super(409, "no-offer", List.of());
        member("requestStatus", status.name());
    }
}
