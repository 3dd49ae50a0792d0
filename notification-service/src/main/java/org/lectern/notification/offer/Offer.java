package org.lectern.notification.offer;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An offer as a branch was told of it.
 *
 * @param open whether the request is still at the version that the branch was told of
 * @param answer the first answer by a link, if there is one
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

    /** What was answered. */
    record Answer(boolean taken, Instant at) {}

    boolean waits() {
        return open && answer == null;
    }
}
