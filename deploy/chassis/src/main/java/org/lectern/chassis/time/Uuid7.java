package org.lectern.chassis.time;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time-ordered identifiers: UUID version 7 (RFC 9562 section 5.7). Within one process each is greater than the previous
 * one, by a counter in the sub-millisecond bits (section 6.2, method 3).
 */
public final class Uuid7 {

    private static final SecureRandom RANDOM = new SecureRandom();
    /** Milliseconds since the epoch in the upper bits, 1/4096 of a millisecond in the lower twelve. */
    private static final AtomicLong LAST = new AtomicLong();

    private Uuid7() {}

    /** A lower bound for all identifiers generated from that moment on. */
    public static UUID firstAt(Instant moment) {
        return new UUID(moment.toEpochMilli() << 16, 0);
    }

    public static UUID next() {
        long now = (System.currentTimeMillis() << 12) | (System.nanoTime() & 0xFFF);
        long tick = LAST.updateAndGet(last -> Math.max(last + 1, now));
        long high = (tick >>> 12) << 16 | 0x7000 | (tick & 0xFFF);
        long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
