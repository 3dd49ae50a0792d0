package org.lectern.scheduler.request;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** The request has been answered, withdrawn or has lapsed. */
final class RequestNotOpen extends Refusal {
    RequestNotOpen(RequestStatus status) {
        super(409, "request-not-open", List.of(), status.name());
        member("requestStatus", status.name());
    }
}
