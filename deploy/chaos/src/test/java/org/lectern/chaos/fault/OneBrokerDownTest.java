package org.lectern.chaos.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.lectern.chaos.verdict.Violation;
import org.lectern.chaos.verdict.Violation.Promise;

/** Events go out while one broker of three is down. */
class OneBrokerDownTest {

    private static final Duration PATIENCE = Duration.ofMillis(600);
    private static final Duration ELECTION = Duration.ofMinutes(1);

    /** A target that supports only the kill and start of brokers. */
    private static final FaultTarget SYSTEM = (FaultTarget) Proxy.newProxyInstance(
            FaultTarget.class.getClassLoader(), new Class<?>[] {FaultTarget.class}, (proxy, method, arguments) -> null);

    private static List<Promise> broken(DoubleSupplier longestWait) throws InterruptedException {
        return broken(ELECTION, () -> true, longestWait);
    }

    private static List<Promise> broken(Duration election, BooleanSupplier elected, DoubleSupplier longestWait)
            throws InterruptedException {
        return broken(PATIENCE, election, elected, longestWait);
    }

    private static List<Promise> broken(
            Duration patience, Duration election, BooleanSupplier elected, DoubleSupplier longestWait)
            throws InterruptedException {
        Fault fault =
                new BrokerFaults.OneDown(SYSTEM, 1, Duration.ofMillis(300), patience, election, elected, longestWait);
        fault.inject();
        fault.sustain(Duration.ofMillis(300));
        fault.recover();
        return fault.violations().stream().map(Violation::promise).toList();
    }

    @Test
    void eventsThatWaitUntilTheBrokerIsBack_breakThePromise() throws InterruptedException {
        assertEquals(List.of(Promise.ONE_BROKER_LOST_IS_NOT_FELT), broken(() -> 20));
    }

    @Test
    void eventsThatWaitForTheElection_doNot() throws InterruptedException {
        double[] waits = {5, 9, 0.2};
        int[] asked = {0};

        assertEquals(List.of(), broken(() -> waits[Math.min(asked[0]++, waits.length - 1)]));
    }

    @Test
    void electionLongerThanThePatience_isKafkasTime() throws InterruptedException {
        int[] asked = {0};

        assertEquals(List.of(), broken(ELECTION, () -> asked[0]++ > 4, () -> asked[0] > 5 ? 0.2 : 20));
    }

    @Test
    void eventsThatWaitAfterTheElection_breakThePromise() throws InterruptedException {
        int[] asked = {0};

        assertEquals(List.of(Promise.ONE_BROKER_LOST_IS_NOT_FELT), broken(ELECTION, () -> asked[0]++ > 4, () -> 20));
    }

    @Test
    void slowRelayAfterTheElection_isNoPause() throws InterruptedException {
        assertEquals(List.of(), broken(Duration.ofMinutes(1), ELECTION, () -> true, () -> 2.5));
    }

    @Test
    void electionThatNeverEnds_isNotJudged() throws InterruptedException {
        assertEquals(List.of(), broken(Duration.ofMillis(600), () -> false, () -> 20));
    }
}
