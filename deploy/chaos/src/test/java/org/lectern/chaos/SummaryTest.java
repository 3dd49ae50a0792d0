package org.lectern.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lectern.chaos.evidence.Evidence;
import org.lectern.chaos.evidence.Evidence.History;
import org.lectern.chaos.evidence.Evidence.Travel;
import org.lectern.chaos.verdict.Violation;
import org.lectern.chaos.verdict.Violation.Promise;

class SummaryTest {

    private static final History NOTHING = new History(List.of(), List.of(), List.of());

    private static Verdict verdict(long seed, List<Violation> violations) {
        Evidence evidence = new Evidence(
                List.of(),
                NOTHING,
                NOTHING,
                Set.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                List.of(),
                List.of(),
                0,
                0,
                List.of(),
                List.of(),
                new Travel(40, 1.3, Map.of()),
                List.of());
        return new Verdict(seed, evidence, List.of(), violations, Duration.ZERO);
    }

    @Test
    void oneBrokenPromise_spoilsTheWholeSeries() {
        Summary summary = new Summary();
        summary.add(verdict(1, List.of()), Duration.ofSeconds(200));
        assertTrue(summary.kept());

        summary.add(verdict(2, List.of(new Violation(Promise.NO_OVERLAP, "x"))), Duration.ofSeconds(210));
        assertFalse(summary.kept());
        assertEquals("BROKEN: double-booked", lastOf(summary.lines().getLast()));
    }

    @Test
    void runWithoutAVerdict_spoilsTheWholeSeries() {
        Summary summary = new Summary();
        assertFalse(summary.kept(), "nothing was run");

        summary.failed(3, "no broker", Duration.ofSeconds(5));
        assertFalse(summary.kept());
        assertEquals("FAILED: no broker", lastOf(summary.lines().getLast()));
    }

    private static String lastOf(String line) {
        return line.replaceAll("^.* {2}", "");
    }
}
