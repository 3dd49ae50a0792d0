package org.lectern.notification.offer;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An offer as of its notice.
 *
 * @param open whether the request still has the version of the notice
 * @param answer the first answer through a link, if any
 */
record Offer(
        UUID notice,
        UUID branchId,
        String branch,
        ZoneId zone,
        String locale,
        String title,
        String body,
        UUID requestId,
        int version,
        boolean open,
        @Nullable Answer answer) {

    /** The answer to an offer. */
    record Answer(boolean taken, Instant at) {}

    boolean waits() {
        return open && answer == null;
    }
}
