package org.lectern.notification.directory;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** The branch is reached at that address over that channel already. */
final class EndpointExists extends Refusal {

    EndpointExists() {
        super(409, "endpoint-exists", List.of());
    }
}
