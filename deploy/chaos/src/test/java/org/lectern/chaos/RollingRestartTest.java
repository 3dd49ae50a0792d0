package org.lectern.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lectern.chaos.fault.Fault.Kind;
import org.lectern.chaos.fault.Faults;
import org.lectern.chaos.load.Load;
import org.lectern.chaos.verdict.Violation;

class RollingRestartTest {

    private static final Instant BEGAN = Instant.parse("2026-11-24T08:00:00Z");
    private static final List<Load.Felt> FELT = List.of(
            new Load.Felt(BEGAN.minusSeconds(1), "before"),
            new Load.Felt(BEGAN.plusSeconds(1), "book was answered 503"),
            new Load.Felt(BEGAN.plusSeconds(31), "after"));

    @Test
    void whatIsFeltWhileReplicasAreExchangedBreaksThePromise() {
        assertEquals(
                List.of(BEGAN.plusSeconds(1) + " book was answered 503"),
                ChaosRun.feltInRollingRestarts(List.of(fault(Kind.ROLLING_RESTART)), FELT).stream()
                        .map(Violation::what)
                        .toList());
    }

    @Test
    void whatIsFeltWhenSomethingBreaksDoesNot() {
        assertEquals(List.of(), ChaosRun.feltInRollingRestarts(List.of(fault(Kind.KILL_SCHEDULER)), FELT));
    }

    @Test
    void requestSentBeforeToAReplicaThatDied_isNoBrokenPromise() {
        var sentBefore = new Load.Felt(BEGAN.minusMillis(1), "book got no answer: timed out during the restart");

        assertEquals(
                List.of(), ChaosRun.feltInRollingRestarts(List.of(fault(Kind.ROLLING_RESTART)), List.of(sentBefore)));
    }

    private static Faults.Healed fault(Kind kind) {
        return new Faults.Healed(kind, "all replicas", BEGAN, BEGAN.plusSeconds(30), true, null);
    }
}
