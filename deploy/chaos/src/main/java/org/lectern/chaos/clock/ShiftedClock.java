package org.lectern.chaos.clock;

/**
 * Replaces the JDK's two native sources of wall-clock time. The methods have the names and types of those they replace.
 */
public final class ShiftedClock {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** The limit of {@code VM.getNanoTimeAdjustment}. */
    private static final long SECONDS_AT_MOST = 1L << 32;

    private static final long MILLIS_AT_START = System.currentTimeMillis();
    private static final long NANO_TIME_AT_START = System.nanoTime();

    private static volatile long offsetMillis;

    private ShiftedClock() {}

    static void shift(long millis) {
        offsetMillis = millis;
    }

    /** Replaces {@link System#currentTimeMillis()}. */
    public static long currentTimeMillis() {
        return System.currentTimeMillis() + offsetMillis;
    }

    /**
     * Replaces {@code jdk.internal.misc.VM.getNanoTimeAdjustment}. Returns the nanoseconds since the given moment, or
     * -1 if it is out of range.
     *
     * @param offsetInSeconds the moment, in seconds since 1970
     */
    public static long getNanoTimeAdjustment(long offsetInSeconds) {
        long sinceStart = System.nanoTime() - NANO_TIME_AT_START;
        long millis = MILLIS_AT_START + offsetMillis + Math.floorDiv(sinceStart, NANOS_PER_MILLI);
        long nanos = Math.floorMod(millis, 1000L) * NANOS_PER_MILLI + Math.floorMod(sinceStart, NANOS_PER_MILLI);
        long seconds = Math.floorDiv(millis, 1000L) - offsetInSeconds;
        return Math.abs(seconds) >= SECONDS_AT_MOST ? -1 : seconds * NANOS_PER_SECOND + nanos;
    }
}
