package org.lectern.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two replicas of each service run under load. Each leaves the balance, stops and starts again before the next one.
 * Every request gets an answer below 500 and nothing is lost. Nothing is sent twice, because a stopping process returns
 * what it holds.
 */
@Tag("proof")
class RollingRestartIT {

    @Test
    void rollingRestart_failsNoRequest() throws Exception {
        ChaosRun run = ChaosRun.of("rolling", "--faults", "rolling-restart", "--seed", "2", "--organizers", "3");

        assertThat(run.verdict().path("acknowledged").asInt()).as(run.output()).isGreaterThan(50);
        assertThat(run.verdict().path("faults"))
                .as(run.output())
                .singleElement()
                .satisfies(
                        fault -> assertThat(fault.path("happened").asBoolean()).isTrue());
        var repeats = run.verdict().path("repeats");
        assertThat(repeats.path("emailOf").asInt()).as(run.output()).isGreaterThan(20);
        assertThat(repeats.path("topic").asInt()).as(run.output()).isZero();
        assertThat(repeats.path("email").asInt()).as(run.output()).isZero();
    }
}
