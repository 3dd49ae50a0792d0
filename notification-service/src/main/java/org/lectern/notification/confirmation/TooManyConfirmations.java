package org.lectern.notification.confirmation;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** Which limit it was stays unsaid: a caller must not learn that other branches asked the same address. */
final class TooManyConfirmations extends Refusal {

    TooManyConfirmations(long retryAfterSeconds) {
        super(429, "too-many-confirmations", List.of(), retryAfterSeconds);
        header("Retry-After", Long.toString(retryAfterSeconds));
    }
}
