package org.lectern.notification.directory;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** The branch already has an endpoint with that address on that channel. */
final class EndpointExists extends Refusal {

    EndpointExists() {
        super(409, "endpoint-exists", List.of());
    }
}
