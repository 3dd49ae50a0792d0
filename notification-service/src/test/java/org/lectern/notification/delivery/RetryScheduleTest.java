package org.lectern.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The time of the next retry. */
class RetryScheduleTest {

    private static final double NO_SHIFT = 0.5;

    private final RetrySchedule schedule =
            new RetrySchedule(List.of(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(30)));

    @Test
    void thereAreAsManyAttemptsAsPauses() {
        assertThat(schedule.attempts()).isEqualTo(3);
        assertThat(new RetrySchedule(List.of(Duration.ZERO)).attempts()).isEqualTo(1);
    }

    @Test
    void scheduleWithoutAttempt_cannotExist() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RetrySchedule(List.of()));
    }

    @ParameterizedTest(name = "after {0} attempts: {1} s")
    @CsvSource({"0, 0", "1, 5", "2, 30"})
    void eachAttempt_isFollowedByItsOwnPause(int attempts, int seconds) {
        assertThat(schedule.pauseAfter(attempts, NO_SHIFT)).hasValue(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, Integer.MAX_VALUE})
    void afterTheLastAttempt_thereIsNoOther(int attempts) {
        assertThat(schedule.pauseAfter(attempts, NO_SHIFT)).isEmpty();
    }

    @ParameterizedTest(name = "chance {0}: {1} ms")
    @CsvSource({"0, 4000", "0.25, 4500", "0.5, 5000", "0.75, 5500", "0.9999, 6000", "0.99, 5980"})
    void pause_isShiftedByAFifthAtMost(double chance, int milliseconds) {
        assertThat(schedule.pauseAfter(1, chance)).hasValue(Duration.ofMillis(milliseconds));
    }

    @Test
    void noPause_isNotShifted() {
        assertThat(schedule.pauseAfter(0, 0)).hasValue(Duration.ZERO);
        assertThat(schedule.pauseAfter(0, 0.9999)).hasValue(Duration.ZERO);
    }

    @Test
    void longPause_isShiftedWithoutOverflow() {
        var patient = new RetrySchedule(List.of(Duration.ofDays(365)));

        assertThat(patient.pauseAfter(0, 0)).hasValue(Duration.ofDays(292));
    }

    @Test
    void schedule_doesNotChangeWithTheListItWasMadeOf() {
        List<Duration> pauses = new ArrayList<>(List.of(Duration.ZERO));
        var made = new RetrySchedule(pauses);

        pauses.add(Duration.ofSeconds(5));

        assertThat(made.attempts()).isEqualTo(1);
    }
}
