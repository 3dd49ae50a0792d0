package org.lectern.scheduler.request;

import java.util.List;
import java.util.UUID;
import org.lectern.chassis.problem.Refusal;
import org.lectern.chassis.problem.Violation;

/** The branch already has an open request for this topic. */
final class AlreadyRequested extends Refusal {
    AlreadyRequested(UUID request) {
        super(409, "already-requested", List.of(new Violation("/topicId", "request.already-requested")));
        member("requestId", request);
    }
}
