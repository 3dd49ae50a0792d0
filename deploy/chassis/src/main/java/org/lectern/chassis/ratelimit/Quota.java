package org.lectern.chassis.ratelimit;

import java.time.Duration;

/**
 * A rate limit per window: a burst up to the whole quota, then one request per refill interval (generic cell rate
 * algorithm, ITU-T I.371). Stores one number per caller: the time until which its requests are charged.
 */
record Quota(int requests, Duration window) {

    Quota {
        if (requests < 1 || window.toMillis() < 1) {
            throw new IllegalArgumentException("a quota of nothing");
        }
    }

    /** Decides on a request at {@code now} (microseconds), given the time until which earlier requests are charged. */
    Decision ask(long lastPaidUntil, long now) {
        // charges never reach beyond one window, unless the clock was set back
        long paidUntil = Math.min(lastPaidUntil, now + micros(window));
        long price = Math.max(1, micros(window) / requests);
        long next = Math.max(paidUntil, now) + price;
        long early = next - now - micros(window);
        if (early > 0) {
            return new Decision(false, paidUntil, 0, seconds(early), seconds(paidUntil - now));
        }
        int remaining = (int) ((micros(window) - (next - now)) / price);
        return new Decision(true, next, remaining, 0, seconds(next - now));
    }

    /**
     * Whether a request is allowed.
     *
     * @param remaining requests that may follow at once
     * @param retryAfter seconds until the next request is allowed
     * @param whole seconds until the quota is full again
     */
    record Decision(boolean allowed, long paidUntil, int remaining, long retryAfter, long whole) {}

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    private static long seconds(long micros) {
        return Math.ceilDiv(Math.max(0, micros), 1_000_000);
    }
}
