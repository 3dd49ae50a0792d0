package org.lectern.notification.delivery;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** Too many tests. They make this service call external systems, so each caller and endpoint has a limit per minute. */
final class TooManyTrials extends Refusal {

    TooManyTrials(int most) {
        super(429, "too-many-trials", List.of(), most);
        header("Retry-After", "60");
    }
}
