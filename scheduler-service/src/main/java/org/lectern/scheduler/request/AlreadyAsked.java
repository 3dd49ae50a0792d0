package org.lectern.scheduler.request;

import java.util.List;
import java.util.UUID;
import org.lectern.chassis.problem.Refusal;
import org.lectern.chassis.problem.Violation;

/** The branch already has an open request for this topic. */
final class AlreadyAsked extends Refusal {
    AlreadyAsked(UUID request) {
        super(409, "already-asked", List.of(new Violation("/topicId", "request.already-asked")));
        member("requestId", request);
    }
}
