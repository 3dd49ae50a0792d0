package org.lectern.scheduler.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Half-open intervals in seconds since 1970, sorted, disjoint and not adjacent. Queries use binary search. */
public final class Intervals {

    public static final Intervals NEVER = new Intervals(new long[0], new long[0]);
    static final Intervals ALWAYS = new Intervals(new long[] {Long.MIN_VALUE}, new long[] {Long.MAX_VALUE});

    private final long[] from;
    private final long[] until;

    private Intervals(long[] from, long[] until) {
        this.from = from;
        this.until = until;
    }

    /** One interval. */
    public record Interval(long from, long until) {}

    /** The union of these intervals. */
    public static Intervals of(List<Interval> some) {
        List<Interval> sorted = new ArrayList<>(some);
        sorted.sort(Comparator.comparingLong(Interval::from));
        long[] from = new long[sorted.size()];
        long[] until = new long[sorted.size()];
        int size = 0;
        for (Interval each : sorted) {
            if (each.from() >= each.until()) {
                continue;
            }
            if (size > 0 && each.from() <= until[size - 1]) {
                until[size - 1] = Math.max(until[size - 1], each.until());
            } else {
                from[size] = each.from();
                until[size] = each.until();
                size++;
            }
        }
        return new Intervals(Arrays.copyOf(from, size), Arrays.copyOf(until, size));
    }

    /** Whether one interval covers the whole range. */
    public boolean cover(long start, long end) {
        int at = lastStartingBy(start);
        return at >= 0 && end <= until[at];
    }

    /** Whether any interval overlaps the range. */
    public boolean touch(long start, long end) {
        int at = lastStartingBy(start);
        if (at >= 0 && until[at] > start) {
            return true;
        }
        return at + 1 < from.length && from[at + 1] < end;
    }

    Intervals within(long start, long end) {
        List<Interval> kept = new ArrayList<>();
        for (int i = 0; i < from.length; i++) {
            kept.add(new Interval(Math.max(from[i], start), Math.min(until[i], end)));
        }
        return of(kept);
    }

    Intervals minus(Intervals taken) {
        List<Interval> rest = new ArrayList<>();
        int t = 0;
        for (int i = 0; i < from.length; i++) {
            long start = from[i];
            while (t < taken.from.length && taken.until[t] <= start) {
                t++;
            }
            int j = t;
            while (j < taken.from.length && taken.from[j] < until[i]) {
                rest.add(new Interval(start, taken.from[j]));
                start = Math.max(start, taken.until[j]);
                j++;
            }
            rest.add(new Interval(start, until[i]));
        }
        return of(rest);
    }

    /** The union with more intervals. */
    public Intervals and(List<Interval> more) {
        List<Interval> all = list();
        all.addAll(more);
        return of(all);
    }

    List<Interval> list() {
        List<Interval> all = new ArrayList<>();
        for (int i = 0; i < from.length; i++) {
            all.add(new Interval(from[i], until[i]));
        }
        return all;
    }

    private int lastStartingBy(long moment) {
        int found = Arrays.binarySearch(from, moment);
        return found >= 0 ? found : -found - 2;
    }
}
