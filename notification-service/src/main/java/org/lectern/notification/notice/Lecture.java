package org.lectern.notification.notice;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A lecture as of a notice to a branch.
 *
 * @param cancelled the lecture is cancelled, or the branch no longer joins
 * @param hosted whether that branch is the host
 * @param host the host's name
 */
public record Lecture(
        boolean cancelled,
        boolean hosted,
        String topic,
        String lecturer,
        String host,
        Instant start,
        Instant end,
        ZoneId zone,
        @Nullable String place,
        @Nullable String joinLink) {}
