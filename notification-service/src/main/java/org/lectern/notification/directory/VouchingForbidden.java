package org.lectern.notification.directory;

import java.util.List;
import org.lectern.chassis.problem.Refusal;
import org.lectern.chassis.problem.Violation;

/** Only organizers may vouch for an address. */
final class VouchingForbidden extends Refusal {

    VouchingForbidden() {
        super(403, "vouching-forbidden", List.of(new Violation("/vouchedFor", "vouched.organizers")));
    }
}
