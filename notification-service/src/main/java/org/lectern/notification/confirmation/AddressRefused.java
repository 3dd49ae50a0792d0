package org.lectern.notification.confirmation;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** The owner of the address refused this branch. */
final class AddressRefused extends Refusal {

    AddressRefused() {
        super(409, "address-refused", List.of());
    }
}
