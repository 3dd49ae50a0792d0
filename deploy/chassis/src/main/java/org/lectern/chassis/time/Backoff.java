package org.lectern.chassis.time;

import java.time.Duration;

/** Exponential backoff: each pause is twice the previous one. */
public final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(100);

    private Backoff() {}

    /**
     * The pause after the given one.
     *
     * @param pause {@link Duration#ZERO} after the first failure
     * @param longest upper limit of a pause
     */
    public static Duration after(Duration pause, Duration longest) {
        Duration next = pause.isZero() ? FIRST : pause.multipliedBy(2);
        return next.compareTo(longest) < 0 ? next : longest;
    }
}
