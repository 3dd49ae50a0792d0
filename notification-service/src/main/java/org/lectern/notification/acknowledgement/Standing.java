package org.lectern.notification.acknowledgement;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A notice about a lecture, and how its acknowledgement stands.
 *
 * @param branch the name of the branch whose acknowledgement it asks for
 * @param acknowledgedAt when, if it was
 * @param superseded whether the branch was told of a later version
 */
public record Standing(
        String branch,
        ZoneId zone,
        String locale,
        String title,
        String body,
        Instant endsAt,
        @Nullable Instant acknowledgedAt,
        boolean superseded) {}
