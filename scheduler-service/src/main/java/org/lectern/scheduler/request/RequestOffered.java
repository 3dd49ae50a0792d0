package org.lectern.scheduler.request;

import java.util.List;
import java.util.UUID;
import org.lectern.chassis.problem.Refusal;

/** The request already has an offer; only one is allowed at a time. */
final class RequestOffered extends Refusal {
    RequestOffered(UUID booking) {
        super(409, "request-offered", List.of());
        member("bookingId", booking);
    }
}
