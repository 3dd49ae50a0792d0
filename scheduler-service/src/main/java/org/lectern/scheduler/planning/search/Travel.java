package org.lectern.scheduler.planning.search;

/** Travel times between locations, in the time unit of the problem. Symmetry is not assumed. */
@FunctionalInterface
public interface Travel {

    /** Never negative. Both locations are known: {@link Problem#NOWHERE} is never asked. */
    int between(int from, int to);

    /** All travel times, computed once: for up to a few thousand locations. */
    static Travel matrix(int locations, Travel source) {
        int[] times = new int[locations * locations];
        for (int i = 0; i < locations; i++) {
            for (int j = 0; j < locations; j++) {
                times[i * locations + j] = source.between(i, j);
            }
        }
        return (from, to) -> times[from * locations + to];
    }

    /**
     * Keeps the last computed travel times in bounded memory (8 bytes × entries). Not for concurrent use.
     *
     * @param bits the binary logarithm of the number of entries
     */
    static Travel recent(int bits, Travel source) {
        long[] kept = new long[1 << bits];
        return (from, to) -> {
            if (from == to) {
                return 0;
            }
            // an entry holds both locations (22 bits each, from 1) and the time (20 bits)
            long key = (long) (from + 1) << 42 | (long) (to + 1) << 20;
            int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> (64 - bits));
            long entry = kept[slot];
            if ((entry & ~0xFFFFFL) == key) {
                return (int) (entry & 0xFFFFF);
            }
            int time = source.between(from, to);
            kept[slot] = key | time;
            return time;
        };
    }
}
