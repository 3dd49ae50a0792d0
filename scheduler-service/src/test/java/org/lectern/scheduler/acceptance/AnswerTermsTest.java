package org.lectern.scheduler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AnswerTermsTest {

    private static final Instant ASKED = Instant.parse("2026-12-01T06:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private static Instant due(Duration untilStart) {
        return AnswerTerms.due(ASKED, ASKED.plus(untilStart), Duration.ofDays(3), DAY);
    }

    @Test
    void farLecture_isAnsweredWithinTheTime() {
        assertThat(due(Duration.ofDays(10))).isEqualTo(ASKED.plus(Duration.ofDays(3)));
    }

    @Test
    void nearLecture_isAnsweredADayBefore() {
        assertThat(due(Duration.ofDays(2))).isEqualTo(ASKED.plus(DAY));
    }

    @Test
    void lectureOfToday_isAnsweredUntilItsStart() {
        assertThat(due(Duration.ofHours(5))).isEqualTo(ASKED.plus(Duration.ofHours(5)));
        assertThat(due(DAY)).isEqualTo(ASKED.plus(DAY));
    }
}
