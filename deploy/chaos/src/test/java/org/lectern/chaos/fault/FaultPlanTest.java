package org.lectern.chaos.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lectern.chaos.fault.FaultKind.Need;

/** The faults that a seed draws. */
class FaultPlanTest {

    private static final Duration LENGTH = Duration.ofMinutes(10);

    @Test
    void planIsTheSameForTheSameSeed() {
        assertEquals(FaultPlan.drawn(7, LENGTH), FaultPlan.drawn(7, LENGTH));
        assertNotEquals(FaultPlan.drawn(7, LENGTH), FaultPlan.drawn(8, LENGTH));
    }

    @Test
    void everyKind_occursBeforeAnyRepeats() {
        List<FaultKind> kinds = FaultPlan.drawn(7, LENGTH).faults().stream()
                .map(PlannedFault::kind)
                .limit(FaultKind.values().length)
                .toList();

        assertEquals(EnumSet.allOf(FaultKind.class), EnumSet.copyOf(kinds));
    }

    @Test
    void plan_listsRequiredCapabilities() {
        assertEquals(
                Set.of(), FaultPlan.named(1, List.of("kill-broker", "poison")).needs());
        assertEquals(
                Set.of(Need.THREE_BROKERS, Need.CLOCKS),
                FaultPlan.named(1, List.of("kill-one-broker-of-three", "clock-forwards"))
                        .needs());
    }

    @Test
    void faultsFollowEachOtherWithPauses() {
        List<PlannedFault> faults = FaultPlan.drawn(9, LENGTH).faults();

        for (int i = 1; i < faults.size(); i++) {
            PlannedFault before = faults.get(i - 1);
            assertTrue(faults.get(i).at().compareTo(before.at().plus(before.lasts())) > 0, faults.toString());
        }
    }
}
