package org.lectern.local.fuzz;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Judges whether the memory of a service is flat over a run, from samples at equal numbers of requests. The first fifth
 * warms the service up and fills its caches. Memory is flat if the median of the last fifth exceeds the median of the
 * second fifth by at most a tenth and a fixed amount: 8 MiB for the live heap, 64 MiB for resident memory, which
 * includes free heap.
 */
final class MemoryTrend {

    /** Fewer samples give no median worth the name. */
    static final int SAMPLES_AT_LEAST = 15;

    private static final long HEAP_MAY_ADD = 8 * 1024;
    private static final long RESIDENT_MAY_ADD = 64 * 1024;

    private MemoryTrend() {}

    /**
     * The memory of a service at one moment, in KiB.
     *
     * @param requests sent until then
     * @param heap live objects after a full garbage collection
     */
    record Sample(long requests, long resident, long heap) {}

    /** The medians in KiB. */
    record Trend(long second, long last, boolean flat) {

        String shown() {
            return "%.1f → %.1f MiB, %s".formatted(second / 1024.0, last / 1024.0, flat ? "flat" : "NOT FLAT");
        }
    }

    static boolean enough(List<Sample> samples) {
        return samples.size() >= SAMPLES_AT_LEAST;
    }

    static Trend heap(List<Sample> samples) {
        return trend(samples, Sample::heap, HEAP_MAY_ADD);
    }

    static Trend resident(List<Sample> samples) {
        return trend(samples, Sample::resident, RESIDENT_MAY_ADD);
    }

    private static Trend trend(List<Sample> samples, ToLongFunction<Sample> what, long mayAdd) {
        int fifth = samples.size() / 5;
        long second = median(samples.subList(fifth, 2 * fifth), what);
        long last = median(samples.subList(samples.size() - fifth, samples.size()), what);
        return new Trend(second, last, last <= second + second / 10 + mayAdd);
    }

    private static long median(List<Sample> samples, ToLongFunction<Sample> what) {
        long[] sorted = samples.stream().mapToLong(what).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
