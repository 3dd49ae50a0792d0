package org.lectern.notification.delivery;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** Tests make this service call strangers: a caller or an endpoint gets few of them per minute. */
final class TooManyTrials extends Refusal {

    TooManyTrials(int most) {
        super(429, "too-many-trials", List.of(), most);
        header("Retry-After", "60");
    }
}
