package org.lectern.notification.delivery;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** Too many tests. They make this service call external systems, so each caller and endpoint has a limit per minute. */
final class TooManyTests extends Refusal {

    TooManyTests(int most) {
        super(429, "too-many-tests", List.of(), most);
        header("Retry-After", "60");
    }
}
