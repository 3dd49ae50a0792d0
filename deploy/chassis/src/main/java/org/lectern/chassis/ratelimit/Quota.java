package org.lectern.chassis.ratelimit;

import java.time.Duration;

/**
 * So many requests in a window: all at once or evenly, and then one more with every part of the window that passes (the
 * generic cell rate algorithm of ITU-T I.371). Remembers one number per caller: until when what was asked is paid for.
 */
record Quota(int requests, Duration window) {

    Quota {
        if (requests < 1 || window.toMillis() < 1) {
            throw new IllegalArgumentException("a quota of nothing");
        }
    }

    /** What became of a request that came at {@code now} microseconds, after those that are paid until then. */
    Decision ask(long lastPaidUntil, long now) {
        // nothing is paid for longer than one window, unless the clock was set back since
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
     * Whether a request is let through.
     *
     * @param remaining how many more may follow at once
     * @param retryAfter seconds until the next one may come
     * @param whole seconds until the quota is whole again
     */
    record Decision(boolean allowed, long paidUntil, int remaining, long retryAfter, long whole) {}

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    private static long seconds(long micros) {
        return Math.ceilDiv(Math.max(0, micros), 1_000_000);
    }
}
