package org.lectern.chassis.time;

import java.time.Instant;

/** Version timestamps that never decrease, even when the clocks of the replicas differ. */
public final class Monotonic {

    private Monotonic() {}

    /** The timestamp of a version made now, later than {@code last}. */
    public static Instant next(Instant last, Instant now) {
        return now.isBefore(last) ? last : now;
    }
}
