package org.lectern.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

    private final RetrySchedule schedule =
            new RetrySchedule(List.of(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(30)));

    @Test
    void thereAreAsManyAttemptsAsPauses() {
        assertThat(schedule.attempts()).isEqualTo(3);
        assertThat(schedule.pauseAfter(2, 0.5)).hasValue(Duration.ofSeconds(30));
        assertThat(schedule.pauseAfter(3, 0.5)).isEmpty();
    }

    @Test
    void aPauseIsShiftedByAFifthAtMost() {
        assertThat(schedule.pauseAfter(1, 0)).hasValue(Duration.ofSeconds(4));
        assertThat(schedule.pauseAfter(1, 0.5)).hasValue(Duration.ofSeconds(5));
        assertThat(schedule.pauseAfter(1, 0.9999))
                .hasValueSatisfying(
                        pause -> assertThat(pause).isBetween(Duration.ofMillis(5990), Duration.ofSeconds(6)));
    }
}
