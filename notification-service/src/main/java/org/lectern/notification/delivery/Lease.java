package org.lectern.notification.delivery;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.preference.DeliveryPreferences;

/**
 * The right to attempt one delivery until the lease runs out.
 *
 * @param epoch fences off whoever held an earlier lease: only the newest may say how it ended
 * @param dueAt since when it could have been attempted
 * @param attemptOfSeries counts from 1 since the delivery was enqueued or sent again
 * @param wishes when its branch wants to be told
 * @param unsubscribed whether somebody there wants only what is urgent, and this changes nothing they were told
 * @param expiresAt until when it is worth anything
 * @param message the message it was sent in before, with others or by itself: it is sent again with the same ones
 */
record Lease(
        OutgoingMessage letter,
        String channel,
        long epoch,
        Instant dueAt,
        int attemptOfSeries,
        DeliveryPreferences wishes,
        boolean unsubscribed,
        Instant expiresAt,
        @Nullable String traceparent,
        @Nullable UUID message) {}
