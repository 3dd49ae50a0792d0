package org.lectern.bench;

import java.util.Arrays;

/** Repetitions of one measurement: the median and the spread. */
record Summary(double median, double least, double most) {

    static Summary of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Summary(median, sorted[0], sorted[sorted.length - 1]);
    }
}
