package org.lectern.notification.intake.review;

import java.util.List;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.problem.Refusal;

/** The record still cannot be processed; it stays in quarantine. */
final class ReplayRefused extends Refusal {

    ReplayRefused(String reason, int version) {
        super(409, "replay-refused", List.of(), reason);
        member("reason", reason);
        member("currentVersion", version);
        header("ETag", Etag.of(version));
    }
}
