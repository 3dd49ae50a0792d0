package org.lectern.scheduler.booking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.chassis.time.Zones;

/** A shift over a clock change and back again leads to the same time, or is refused. */
class LocalTimesTest {

    @ParameterizedTest
    @CsvSource({
        "2027-03-27T10:00+01:00[Europe/Paris], 1",
        "2027-10-30T10:00+02:00[Europe/Paris], 1",
        "2027-10-31T02:30+02:00[Europe/Paris], 1",
        "2027-10-31T10:00+01:00[Europe/Paris], -7",
        "2026-12-01T14:00+08:00[Asia/Shanghai], 200"
    })
    void shiftAndBack_isTheSameTime(ZonedDateTime time, int days) {
        var there = LocalTimes.like(time, time.toLocalDateTime().plusDays(days)).atZoneSameInstant(time.getZone());
        assertThat(there.toLocalTime()).isEqualTo(time.toLocalTime());

        assertThat(LocalTimes.like(there, there.toLocalDateTime().minusDays(days)))
                .isEqualTo(time.toOffsetDateTime());
    }

    @Test
    void skippedTime_hasNoOffsetOfTheZone() {
        ZonedDateTime before = ZonedDateTime.parse("2027-03-27T02:30+01:00[Europe/Paris]");

        assertThat(Zones.agree(LocalTimes.like(before, LocalDateTime.parse("2027-03-28T02:30")), before.getZone()))
                .isFalse();
    }
}
