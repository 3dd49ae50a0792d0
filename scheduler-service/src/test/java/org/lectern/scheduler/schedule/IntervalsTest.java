package org.lectern.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.lectern.scheduler.schedule.Intervals.Interval;

/** Compares the arithmetic of intervals with a simple grid of moments. */
class IntervalsTest {

    private static final int MOMENTS = 120;

    @RepeatedTest(200)
    void intervals_matchAGridOfMoments(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        List<Interval> some = some(random);
        List<Interval> others = some(random);
        Intervals intervals = Intervals.of(some);

        assertThat(grid(intervals.list())).isEqualTo(grid(some));
        assertApart(intervals);
        BitSet rest = grid(some);
        rest.andNot(grid(others));
        assertThat(grid(intervals.minus(Intervals.of(others)).list())).isEqualTo(rest);
        assertApart(intervals.minus(Intervals.of(others)));
        int start = random.nextInt(MOMENTS - 1);
        int end = start + 1 + random.nextInt(MOMENTS - start - 1);
        BitSet part = grid(some);
        part.clear(0, start);
        part.clear(end, MOMENTS);
        assertThat(grid(intervals.within(start, end).list())).isEqualTo(part);
        assertThat(intervals.touch(start, end)).isEqualTo(part.cardinality() > 0);
        assertThat(intervals.cover(start, end)).isEqualTo(part.cardinality() == end - start);
    }

    private static List<Interval> some(Random random) {
        List<Interval> some = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            int from = random.nextInt(MOMENTS);
            some.add(new Interval(from, Math.min(MOMENTS, from + random.nextInt(30))));
        }
        return some;
    }

    private static BitSet grid(List<Interval> intervals) {
        BitSet grid = new BitSet();
        intervals.forEach(each -> grid.set((int) each.from(), (int) each.until()));
        return grid;
    }

    /** Sorted, none empty, with a gap between any two. */
    private static void assertApart(Intervals intervals) {
        long last = Long.MIN_VALUE;
        for (Interval each : intervals.list()) {
            assertThat(each.from()).isGreaterThan(last);
            assertThat(each.until()).isGreaterThan(each.from());
            last = each.until();
        }
    }
}
