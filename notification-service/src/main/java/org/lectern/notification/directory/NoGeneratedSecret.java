package org.lectern.notification.directory;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** The endpoint's channel has no generated secret. */
final class NoGeneratedSecret extends Refusal {

    NoGeneratedSecret() {
        super(409, "no-generated-secret", List.of());
    }
}
