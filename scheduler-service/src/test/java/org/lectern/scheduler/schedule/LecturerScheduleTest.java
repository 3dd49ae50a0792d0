package org.lectern.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.scheduler.schedule.Intervals.Interval;

/** The notice period of a lecturer, and dates in the lecturer's zone. */
class LecturerScheduleTest {

    private static final long NOW = Instant.parse("2026-11-20T08:00:00Z").getEpochSecond();

    private static LecturerSchedule schedule(String zone, int noticeHours) {
        return new LecturerSchedule(
                UUID.randomUUID(),
                new Hours(ZoneId.of(zone), List.of(), Map.of()),
                Intervals.NEVER,
                null,
                null,
                noticeHours);
    }

    @ParameterizedTest(name = "{0} hours of notice, start {1} seconds from now: {2}")
    @CsvSource({
        "0,  1,      true",
        "0,  0,      true",
        "48, 172799, false",
        "48, 172800, true",
        "48, 1,      false",
        // a past lecture is recorded, not booked: no notice period applies
        "48, 0,      true",
        "48, -3600,  true"
    })
    void lectureToCome_needsTheNotice(int hours, long seconds, boolean noticed) {
        assertThat(schedule("Asia/Shanghai", hours).noticed(NOW + seconds, NOW)).isEqualTo(noticed);
    }

    @Test
    void date_isThatOfTheLecturersZone() {
        long evening = Instant.parse("2026-11-20T18:30:00Z").getEpochSecond();

        assertThat(schedule("Asia/Shanghai", 0).date(evening)).isEqualTo(LocalDate.parse("2026-11-21"));
        assertThat(schedule("Europe/Paris", 0).date(evening)).isEqualTo(LocalDate.parse("2026-11-20"));
    }

    @Test
    void blackouts_areReadInOrderAndTouchingOnesAsOne() {
        assertThat(LecturerSchedule.blackouts(List.of("300 400", "100 200", "200 250"))
                        .list())
                .containsExactly(new Interval(100, 250), new Interval(300, 400));
        assertThat(LecturerSchedule.blackouts(List.of()).list()).isEmpty();
    }
}
