package org.lectern.notification.acknowledgement;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notice about a lecture, and the state of its acknowledgement.
 *
 * @param notice the notice that is acknowledged: the one that was asked for, or the one that it repeats
 * @param branch the name of the branch whose acknowledgement it asks for
 * @param cancelled whether it told that the lecture does not take place, or not for this branch
 * @param acknowledgedAt when, if it was
 * @param newest the last notice to the branch about the same lecture, if it is a later one
 */
public record Standing(
        UUID notice,
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

    /** Whether the branch was told of a later version. */
    public boolean superseded() {
        return newest != null;
    }
}
