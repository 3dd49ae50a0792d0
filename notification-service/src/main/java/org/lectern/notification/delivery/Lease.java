package org.lectern.notification.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The right to attempt one delivery until the lease runs out.
 *
 * @param epoch fences off whoever held an earlier lease: only the newest may say how it ended
 * @param dueAt since when it could have been attempted
 * @param attemptOfSeries counts from 1 since the delivery was enqueued or sent again
 */
record Lease(
        Letter letter,
        String channel,
        long epoch,
        Instant dueAt,
        int attemptOfSeries,
        @Nullable String traceparent) {}
