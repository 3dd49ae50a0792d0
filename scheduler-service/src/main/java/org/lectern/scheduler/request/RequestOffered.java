package org.lectern.scheduler.request;

import java.util.List;
import java.util.UUID;
import org.lectern.chassis.problem.Refusal;

/** A slot is on offer already; one request has one offer at a time. */
final class RequestOffered extends Refusal {
    RequestOffered(UUID booking) {
        super(409, "request-offered", List.of());
        member("bookingId", booking);
    }
}
