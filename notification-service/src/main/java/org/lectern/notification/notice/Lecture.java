package org.lectern.notification.notice;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A lecture as a branch was told of it.
 *
 * @param cancelled it was told that it is off, or that it does not join it any more
 * @param hosted whether that branch is the host
 * @param host its name
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
