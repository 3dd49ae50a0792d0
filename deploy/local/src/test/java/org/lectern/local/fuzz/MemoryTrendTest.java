package org.lectern.local.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lectern.local.fuzz.MemoryTrend.Sample;

class MemoryTrendTest {

    private static final int SAMPLES = 50;

    private static List<Sample> samples(IntToLongFunction heapMebibytes) {
        return IntStream.range(0, SAMPLES)
                .mapToObj(i -> new Sample(i * 1000L, 300 * 1024, heapMebibytes.applyAsLong(i) * 1024))
                .toList();
    }

    @Test
    void leak_isNotFlat() {
        assertFalse(MemoryTrend.heap(samples(i -> 80 + i)).flat());
    }

    @Test
    void warmUpOfTheFirstFifth_isFlat() {
        assertTrue(MemoryTrend.heap(samples(i -> Math.min(140, 40 + 10 * i))).flat());
    }

    @Test
    void oneHighSample_isFlat() {
        assertTrue(MemoryTrend.heap(samples(i -> i == SAMPLES - 1 ? 250 : 80)).flat());
    }

    @Test
    void growthWithinATenthAndEightMebibytes_isFlat() {
        assertTrue(MemoryTrend.heap(samples(i -> i < 30 ? 100 : 118)).flat());
        assertFalse(MemoryTrend.heap(samples(i -> i < 30 ? 100 : 119)).flat());
    }

    @Test
    void residentMemory_mayAddMore() {
        List<Sample> samples = IntStream.range(0, SAMPLES)
                .mapToObj(i -> new Sample(i, (i < 30 ? 300 : 390) * 1024L, 80 * 1024))
                .toList();

        assertTrue(MemoryTrend.resident(samples).flat());
        assertFalse(MemoryTrend.resident(samples.stream()
                        .map(each -> new Sample(each.requests(), each.requests() * 20 * 1024, each.heap()))
                        .toList())
                .flat());
    }

    @Test
    void fewSamples_areNotJudged() {
        assertFalse(MemoryTrend.enough(samples(i -> 80).subList(0, 14)));
        assertTrue(MemoryTrend.enough(samples(i -> 80).subList(0, 15)));
    }

    @Test
    void totalOfAHistogram_isRead() {
        assertEquals(
                71_234_560,
                MemoryWatch.totalBytes(List.of(
                        " num     #instances         #bytes  class name (module)",
                        "   1:        200000       12345678  [B (java.base@25)",
                        "Total       1234567       71234560")));
        assertEquals(0, MemoryWatch.totalBytes(List.of("12345: No such process")));
    }
}
