package org.lectern.chaos.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The faults that a seed draws. */
class FaultPlanTest {

    @Test
    void aPlanIsTheSameForTheSameSeedAndHasEveryKind() {
        assertEquals(Fault.plan(7, Duration.ofMinutes(10)), Fault.plan(7, Duration.ofMinutes(10)));
        assertFalse(Fault.plan(7, Duration.ofMinutes(10)).equals(Fault.plan(8, Duration.ofMinutes(10))));
        assertEquals(
                Fault.Kind.values().length,
                Fault.plan(7, Duration.ofMinutes(10)).stream()
                        .map(Fault::kind)
                        .distinct()
                        .count());
    }
}
