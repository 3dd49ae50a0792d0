package org.lectern.scheduler.booking.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.scheduler.booking.series.Pattern.ClockChange;
import org.lectern.scheduler.booking.series.Pattern.Occurrence;
import org.lectern.scheduler.booking.series.SeriesRequest.Weekly;

/** The dates of the lectures in a series. */
class PatternTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static SeriesRequest request(String time, Weekly weekly, List<LocalDate> dates, Set<LocalDate> skip) {
        UUID any = UUID.randomUUID();
        return new SeriesRequest(
                any,
                any,
                any,
                any,
                null,
                "lecture",
                LocalTime.parse(time),
                60,
                null,
                weekly,
                dates,
                skip,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Weekly weekly(String from, Integer interval, Set<DayOfWeek> days, Integer count, String until) {
        return new Weekly(LocalDate.parse(from), interval, days, count, until == null ? null : LocalDate.parse(until));
    }

    private static List<String> starts(SeriesRequest request, ZoneId zone) {
        return Pattern.occurrences(request, zone, 104).stream()
                .map(each -> each.start().toOffsetDateTime().toString())
                .toList();
    }

    @Test
    void everyOtherWeekOnTwoWeekdaysCountsFromTheFirstDate() {
        var weekly = weekly("2026-12-02", 2, Set.of(DayOfWeek.FRIDAY, DayOfWeek.TUESDAY), 4, null);

        // the Tuesday of the first week is before the first date
        assertThat(starts(request("14:00", weekly, null, null), SHANGHAI))
                .containsExactly(
                        "2026-12-04T14:00+08:00",
                        "2026-12-15T14:00+08:00",
                        "2026-12-18T14:00+08:00",
                        "2026-12-29T14:00+08:00");
    }

    @Test
    void untilIsTheLastDateThatCounts() {
        assertThat(starts(request("09:30", weekly("2026-12-01", null, null, null, "2026-12-15"), null, null), SHANGHAI))
                .containsExactly("2026-12-01T09:30+08:00", "2026-12-08T09:30+08:00", "2026-12-15T09:30+08:00");
    }

    @Test
    void theWallClockStaysWhenClocksChange() {
        assertThat(starts(request("14:00", weekly("2027-03-21", 1, null, 3, null), null, null), BERLIN))
                .containsExactly("2027-03-21T14:00+01:00", "2027-03-28T14:00+02:00", "2027-04-04T14:00+02:00");
    }

    @Test
    void skippedTime_isMarked() {
        List<Occurrence> found =
                Pattern.occurrences(request("02:30", null, List.of(LocalDate.parse("2027-03-28")), null), BERLIN, 104);

        assertThat(found).singleElement().satisfies(each -> {
            assertThat(each.start().toOffsetDateTime()).hasToString("2027-03-28T03:30+02:00");
            assertThat(each.clockChange()).isEqualTo(ClockChange.GAP);
        });
    }

    @Test
    void repeatedTime_meansTheFirst() {
        List<Occurrence> found =
                Pattern.occurrences(request("02:30", null, List.of(LocalDate.parse("2027-10-31")), null), BERLIN, 104);

        assertThat(found).singleElement().satisfies(each -> {
            assertThat(each.start().toOffsetDateTime()).hasToString("2027-10-31T02:30+02:00");
            assertThat(each.clockChange()).isEqualTo(ClockChange.OVERLAP);
        });
    }

    @Test
    void aListIsTakenInOrder() {
        var dates = List.of(LocalDate.parse("2027-01-09"), LocalDate.parse("2026-12-01"));

        assertThat(starts(request("14:00", null, dates, null), SHANGHAI))
                .containsExactly("2026-12-01T14:00+08:00", "2027-01-09T14:00+08:00");
    }

    @Test
    void aPatternThatNeverEndsIsRefusedBeforeItIsCounted() {
        var endless = request("14:00", weekly("2026-12-01", 1, null, null, "2200-12-31"), null, null);

        assertThatThrownBy(() -> Pattern.occurrences(endless, SHANGHAI, 104))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refused -> assertThat(refused.violations())
                                .extracting(Object::toString)
                                .containsExactly("/weekly series.too-many"));
    }
}
