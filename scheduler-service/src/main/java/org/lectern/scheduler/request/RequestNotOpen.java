package org.lectern.scheduler.request;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** The request was answered or withdrawn, or has lapsed. */
final class RequestNotOpen extends Refusal {
    RequestNotOpen(RequestStatus status) {
        super(409, "request-not-open", List.of(), status.name());
        member("requestStatus", status.name());
    }
}
