package org.lectern.notification.confirmation;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** Does not name the limit: a caller must not learn that other branches used the same address. */
final class TooManyConfirmations extends Refusal {

    TooManyConfirmations(long retryAfterSeconds) {
        super(429, "too-many-confirmations", List.of(), retryAfterSeconds);
        header("Retry-After", Long.toString(retryAfterSeconds));
    }
}
