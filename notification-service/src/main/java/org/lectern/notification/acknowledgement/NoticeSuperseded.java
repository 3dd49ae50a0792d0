package org.lectern.notification.acknowledgement;

import java.util.List;
import java.util.UUID;
import org.lectern.chassis.problem.Refusal;

/** The branch has a notice of a later version. That one must be acknowledged instead. */
final class NoticeSuperseded extends Refusal {
    NoticeSuperseded(UUID current, int version) {
        super(409, "notice-superseded", List.of());
        member("currentNoticeId", current);
        member("currentVersion", version);
    }
}
