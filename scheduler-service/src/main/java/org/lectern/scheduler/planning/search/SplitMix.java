package org.lectern.scheduler.planning.search;

/** SplitMix64 (Steele, Lea, Flood 2014): random numbers with one {@code long} as their state, kept in checkpoints. */
final class SplitMix {

    long state;

    SplitMix(long seed) {
        state = seed;
    }

    long next() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** From 0, below the bound. */
    int below(int bound) {
        return (int) (((next() >>> 33) * bound) >>> 31);
    }

    /** From 0, below 1. */
    double unit() {
        return (next() >>> 11) * 0x1.0p-53;
    }
}
