package org.lectern.scheduler.request;

import java.util.List;
import java.util.UUID;
import org.lectern.chassis.problem.Flaw;
import org.lectern.chassis.problem.Refusal;

/** The branch waits for this topic already. */
final class AlreadyAsked extends Refusal {
    AlreadyAsked(UUID request) {
        super(409, "already-asked", List.of(new Flaw("/topicId", "request.already-asked")));
        member("requestId", request);
    }
}
