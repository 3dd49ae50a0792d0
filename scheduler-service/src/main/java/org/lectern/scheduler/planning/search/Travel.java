package org.lectern.scheduler.planning.search;

/** Travel times between locations, in the time unit of the problem. Symmetry is not assumed. */
@FunctionalInterface
public interface Travel {

    double EARTH_RADIUS_KILOMETRES = 6371.0088;

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
     * The estimate by great circles, the same whole minutes as the database's formula; 0 where a location is unknown.
     * Fast enough to be computed again and again.
     *
     * @param latitude in degrees, NaN where unknown
     * @param longitude in degrees, NaN where unknown
     * @param minutesPerKilometre of the great circle
     * @param most the longest travel time there is
     */
    static Travel greatCircle(double[] latitude, double[] longitude, double minutesPerKilometre, int most) {
        double[] x = new double[latitude.length];
        double[] y = new double[latitude.length];
        double[] z = new double[latitude.length];
        for (int i = 0; i < latitude.length; i++) {
            double up = Math.toRadians(latitude[i]);
            double around = Math.toRadians(longitude[i]);
            x[i] = Math.cos(up) * Math.cos(around);
            y[i] = Math.cos(up) * Math.sin(around);
            z[i] = Math.sin(up);
        }
        double minutesPerRadian = EARTH_RADIUS_KILOMETRES * minutesPerKilometre;
        return (from, to) -> {
            double dx = x[from] - x[to];
            double dy = y[from] - y[to];
            double dz = z[from] - z[to];
            double half = Math.sqrt(dx * dx + dy * dy + dz * dz) / 2;
            double minutes = 2 * Math.asin(Math.min(1, half)) * minutesPerRadian;
            return Double.isNaN(minutes) ? 0 : (int) Math.min(most, Math.ceil(Math.rint(minutes * 1e6) / 1e6));
        };
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
            if (time <= 0xFFFFF) {
                kept[slot] = key | time;
            }
            return time;
        };
    }
}
