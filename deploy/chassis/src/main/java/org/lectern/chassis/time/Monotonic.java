package org.lectern.chassis.time;

import java.time.Instant;

/** Times of versions: they never run backwards, whatever the clocks of the replicas say. */
public final class Monotonic {

    private Monotonic() {}

    /** The time of a version made now, after one of {@code last}. */
    public static Instant next(Instant last, Instant now) {
        return now.isBefore(last) ? last : now;
    }
}
