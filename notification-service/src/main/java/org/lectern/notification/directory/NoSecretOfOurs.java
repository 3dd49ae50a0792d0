package org.lectern.notification.directory;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** The endpoint's channel has no generated secret. */
final class NoSecretOfOurs extends Refusal {

    NoSecretOfOurs() {
        super(409, "no-secret-of-ours", List.of());
    }
}
