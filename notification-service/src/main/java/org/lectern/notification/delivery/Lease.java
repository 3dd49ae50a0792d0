package org.lectern.notification.delivery;

import org.jspecify.annotations.Nullable;

/**
 * The right to attempt one delivery until the lease runs out.
 *
 * @param epoch fences off whoever held an earlier lease: only the newest may say how it ended
 * @param attemptOfSeries counts from 1 since the delivery was enqueued or sent again
 */
record Lease(
        Letter letter,
        String channel,
        long epoch,
        int attemptOfSeries,
        @Nullable String traceparent) {}
