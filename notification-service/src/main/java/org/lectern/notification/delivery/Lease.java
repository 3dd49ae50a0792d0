package org.lectern.notification.delivery;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.preference.DeliveryPreferences;

/**
 * The right to attempt one delivery until the lease expires.
 *
 * @param epoch fences out earlier holders: only the newest may record the outcome
 * @param dueAt the time since which an attempt was possible
 * @param attemptOfSeries counts from 1 since the enqueue or the last resend
 * @param wishes the branch's delivery preferences
 * @param unsubscribed whether a reader there accepts only urgent notices, and this one changes nothing they received
 * @param expiresAt the end of the delivery's lifetime
 * @param message the earlier message of this delivery, alone or with others; a retry sends the same ones
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
