package org.lectern.notification.acknowledgement;

import java.util.List;
import java.util.UUID;
import org.lectern.chassis.problem.Refusal;

/** The branch has been told of a later version meanwhile: that one is to be acknowledged. */
final class NoticeSuperseded extends Refusal {
    NoticeSuperseded(UUID current, int version) {
        super(409, "notice-superseded", List.of());
        member("currentNoticeId", current);
        member("currentVersion", version);
    }
}
