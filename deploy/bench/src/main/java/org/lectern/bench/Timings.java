package org.lectern.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Measured times, sorted. */
record Timings(long[] nanos) {

    Timings {
        nanos = nanos.clone();
        Arrays.sort(nanos);
    }

    /** A percentile (nearest rank), in milliseconds. */
    double percentile(int percent) {
        int rank = (int) Math.ceil(percent / 100.0 * nanos.length);
        return nanos[Math.max(0, rank - 1)] / 1e6;
    }

    /** One percentile as a figure. */
    Measure measure(String name, int percent) {
        return Measure.of(name + ", p" + percent, "ms", percentile(percent));
    }

    /** Several percentiles, each as a figure. */
    List<Measure> measures(String name, int... percents) {
        List<Measure> measures = new ArrayList<>();
        for (int percent : percents) {
            measures.add(measure(name, percent));
        }
        return measures;
    }
}
