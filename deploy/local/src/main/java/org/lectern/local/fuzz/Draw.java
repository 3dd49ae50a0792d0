package org.lectern.local.fuzz;

import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * The random choices behind one request. They depend only on seed, operation and request number, so each request can be
 * repeated alone.
 */
final class Draw {

    /** {@link Random} returns the same numbers on every JVM, which newer generators do not guarantee. */
    private final Random random;

    private Draw(long seed) {
        random = new Random(seed);
    }

    static Draw of(long seed, String operation, int number) {
        return new Draw(mixed(mixed(mixed(seed) + operation.hashCode()) + number));
    }

    /** The finalizer of SplitMix64: without it, similar seeds would give similar requests. */
    private static long mixed(long value) {
        long state = value + 0x9E3779B97F4A7C15L;
        state = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        state = (state ^ (state >>> 27)) * 0x94D049BB133111EBL;
        return state ^ (state >>> 31);
    }

    int below(int bound) {
        // not nextInt(bound): its number of draws depends on the bound
        return (int) (random.nextDouble() * bound);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    UUID uuid() {
        long high = random.nextLong();
        long low = random.nextLong();
        return new UUID((high & ~0xF000L) | 0x4000L, (low & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
    }
}
