package org.lectern.chassis.time;

import java.time.Duration;

/** Exponential backoff: pauses between attempts that double. */
public final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(100);

    private Backoff() {}

    /**
     * The pause that follows another one.
     *
     * @param pause {@link Duration#ZERO} after the first failure
     * @param longest no pause is longer
     */
    public static Duration after(Duration pause, Duration longest) {
        Duration next = pause.isZero() ? FIRST : pause.multipliedBy(2);
        return next.compareTo(longest) < 0 ? next : longest;
    }
}
