package org.lectern.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lectern.chaos.fault.FaultKind;
import org.lectern.chaos.fault.InjectedFault;
import org.lectern.chaos.load.Felt;
import org.lectern.chaos.verdict.Violation;

class RollingRestartTest {

    private static final Instant BEGAN = Instant.parse("2026-11-24T08:00:00Z");
    private static final List<Felt> FELT = List.of(
            new Felt(BEGAN.minusSeconds(1), BEGAN.plusSeconds(7), "before"),
            new Felt(BEGAN.plusSeconds(1), BEGAN.plusSeconds(2), "book was answered 503"),
            new Felt(BEGAN.plusSeconds(31), BEGAN.plusSeconds(32), "after"));

    @Test
    void failureDuringRollingRestart_breaksThePromise() {
        assertEquals(
                List.of(BEGAN.plusSeconds(1) + " book was answered 503"),
                ChaosRun.feltInRollingRestarts(List.of(fault(FaultKind.ROLLING_RESTART)), FELT).stream()
                        .map(Violation::what)
                        .toList());
    }

    @Test
    void failureDuringAnotherFault_breaksNoPromise() {
        assertEquals(List.of(), ChaosRun.feltInRollingRestarts(List.of(fault(FaultKind.KILL_SCHEDULER)), FELT));
    }

    @Test
    void requestSentBeforeToAReplicaThatDied_isNoBrokenPromise() {
        var sentBefore = new Felt(
                BEGAN.minusMillis(1), BEGAN.plusSeconds(8), "book got no answer: timed out during the restart");

        assertEquals(
                List.of(),
                ChaosRun.feltInRollingRestarts(List.of(fault(FaultKind.ROLLING_RESTART)), List.of(sentBefore)));
    }

    @Test
    void requestThatALaterFaultCutOff_isNoBrokenPromise() {
        var cutOff = new Felt(BEGAN.plusSeconds(29), BEGAN.plusSeconds(37), "book got no answer: timed out");
        var answered = new Felt(BEGAN.plusSeconds(29), BEGAN.plusSeconds(30), "book was answered 503");
        List<InjectedFault> faults =
                List.of(fault(FaultKind.ROLLING_RESTART), fault(FaultKind.DATABASE_HALF_OPEN, BEGAN.plusSeconds(31)));

        assertEquals(
                List.of(BEGAN.plusSeconds(29) + " book was answered 503"),
                ChaosRun.feltInRollingRestarts(faults, List.of(cutOff, answered)).stream()
                        .map(Violation::what)
                        .toList());
    }

    private static InjectedFault fault(FaultKind kind) {
        return fault(kind, BEGAN);
    }

    private static InjectedFault fault(FaultKind kind, Instant begun) {
        return new InjectedFault(kind, "all replicas", begun, begun, begun.plusSeconds(30), true, List.of(), "");
    }
}
