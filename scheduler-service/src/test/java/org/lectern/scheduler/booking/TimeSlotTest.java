package org.lectern.scheduler.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time of a lecture and how its zone shows it. */
class TimeSlotTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private static TimeSlot slot(String start, String end, ZoneId zone) {
        return new TimeSlot(Instant.parse(start), Instant.parse(end), zone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-12-01T06:00:00Z", "2026-12-01T05:59:59.999999Z"})
    void slotThatDoesNotEndAfterItsStart_cannotExist(String end) {
        assertThatIllegalArgumentException().isThrownBy(() -> slot("2026-12-01T06:00:00Z", end, SHANGHAI));
    }

    @Test
    void slotOfOneMoment_exists() {
        TimeSlot shortest = slot("2026-12-01T06:00:00Z", "2026-12-01T06:00:00.000000001Z", SHANGHAI);

        assertThat(shortest.start()).isBefore(shortest.end());
    }

    @Test
    void localTimes_areThoseOfTheZone() {
        TimeSlot slot = slot("2026-12-01T15:30:00Z", "2026-12-01T16:30:00Z", SHANGHAI);

        assertThat(slot.localStart()).hasToString("2026-12-01T23:30+08:00");
        assertThat(slot.localEnd()).hasToString("2026-12-02T00:30+08:00");
    }

    @Test
    void localEnd_hasSummerTimeAfterTheClocksGoForward() {
        TimeSlot slot = slot("2027-03-28T00:30:00Z", "2027-03-28T01:30:00Z", PARIS);

        assertThat(slot.localStart()).hasToString("2027-03-28T01:30+01:00");
        assertThat(slot.localEnd()).hasToString("2027-03-28T03:30+02:00");
    }

    @Test
    void localEnd_hasWinterTimeAfterTheClocksGoBack() {
        TimeSlot slot = slot("2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z", PARIS);

        assertThat(slot.localStart()).hasToString("2027-10-31T02:30+02:00");
        assertThat(slot.localEnd()).hasToString("2027-10-31T02:30+01:00");
    }

    @Test
    void sameTimes_ignoresTheZone() {
        TimeSlot slot = slot("2026-12-01T06:00:00Z", "2026-12-01T08:00:00Z", SHANGHAI);

        assertThat(slot.sameTimes(slot("2026-12-01T06:00:00Z", "2026-12-01T08:00:00Z", PARIS)))
                .isTrue();
        assertThat(slot.sameTimes(slot("2026-12-01T06:00:00Z", "2026-12-01T08:00:01Z", SHANGHAI)))
                .isFalse();
        assertThat(slot.sameTimes(slot("2026-12-01T05:59:00Z", "2026-12-01T08:00:00Z", SHANGHAI)))
                .isFalse();
    }
}
