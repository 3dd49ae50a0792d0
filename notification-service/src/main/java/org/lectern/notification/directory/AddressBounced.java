package org.lectern.notification.directory;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** A mail server permanently refused that mailbox, and the caller may not release it. */
final class AddressBounced extends Refusal {

    AddressBounced(String reason) {
        super(409, "address-bounced", List.of(), reason);
    }
}
