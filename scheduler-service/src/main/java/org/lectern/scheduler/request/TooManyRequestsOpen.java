package org.lectern.scheduler.request;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** The branch has reached the limit of open requests. */
final class TooManyRequestsOpen extends Refusal {
    TooManyRequestsOpen(int most) {
        super(409, "too-many-requests-open", List.of(), most);
    }
}
