package org.lectern.notification.acknowledgement;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.directory.RecipientKind;

/**
 * A notice about a lecture, and the state of its acknowledgement.
 *
 * @param notice the notice to acknowledge: the requested one, or its original if it is a repeat
 * @param branch the name of the branch or lecturer that must acknowledge
 * @param cancelled whether the notice cancelled the lecture, or the branch's part in it
 * @param acknowledgedAt the time of the acknowledgement, if any
 * @param newest the newest notice to the branch about the same lecture, if it is a later one
 */
public record AcknowledgementStatus(
        UUID notice,
        RecipientKind kind,
        String branch,
        ZoneId zone,
        String locale,
        String title,
        String body,
        boolean cancelled,
        @Nullable String joinLink,
        Instant endsAt,
        @Nullable Instant acknowledgedAt,
        @Nullable UUID newest) {

    /** Whether the branch has a notice of a later version. */
    public boolean superseded() {
        return newest != null;
    }
}
