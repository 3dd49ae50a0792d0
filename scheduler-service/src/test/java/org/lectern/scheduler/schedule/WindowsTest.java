package org.lectern.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.chassis.problem.Violation;

/** Parsing and validation of entered windows. */
class WindowsTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final Windows windows = new Windows();

    private static List<WeeklyWindowRequest> week(String... texts) {
        return Stream.of(texts)
                .map(text -> text.split(" "))
                .map(parts -> new WeeklyWindowRequest(DayOfWeek.valueOf(parts[0]), parts[1], parts[2]))
                .toList();
    }

    private static DateWindows date(String date, String... texts) {
        return new DateWindows(
                LocalDate.parse(date),
                Stream.of(texts)
                        .map(text -> text.split(" "))
                        .map(parts -> new WindowRequest(parts[0], parts[1]))
                        .toList(),
                null);
    }

    @Test
    void weeklyWindows_areMinutesOfTheWeekFromMonday() {
        assertThat(windows.weekly(week("MONDAY 00:00 08:00", "TUESDAY 08:30 12:00", "SUNDAY 20:00 24:00")))
                .containsExactly(new Span(0, 480), new Span(1950, 2160), new Span(9840, 10080));
        assertThat(windows.violations()).isEmpty();
    }

    @Test
    void noWeeklyWindows_areNone() {
        assertThat(windows.weekly((List<WeeklyWindowRequest>) null)).isEmpty();
        assertThat(windows.weekly(List.of())).isEmpty();
    }

    @Test
    void windowsThatTouch_becomeOneAlsoAtMidnight() {
        assertThat(windows.weekly(week("MONDAY 14:00 24:00", "MONDAY 12:00 14:00", "TUESDAY 00:00 02:00")))
                .containsExactly(new Span(720, 1560));
        assertThat(windows.violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MONDAY 12:00 12:00", "SUNDAY 24:00 24:00"})
    void emptyWindow_isRefused(String window) {
        windows.weekly(week("TUESDAY 08:00 09:00", window));

        assertThat(windows.violations()).containsExactly(new Violation("/weekly/1/until", "window.until-after-from"));
    }

    @Test
    void windowOverMidnight_isRefusedWithAWayOut() {
        windows.weekly(week("FRIDAY 22:00 02:00", "MONDAY 22:00 00:00"));

        assertThat(windows.violations())
                .containsExactly(
                        new Violation("/weekly/0/until", "window.over-midnight", "22:00", "02:00"),
                        new Violation("/weekly/1/until", "window.until-midnight"));
    }

    @ParameterizedTest
    @CsvSource({
        "MONDAY 08:00 11:00, MONDAY 10:59 12:00",
        "MONDAY 08:00 11:00, MONDAY 07:00 08:01",
        "MONDAY 08:00 11:00, MONDAY 09:00 10:00",
        "MONDAY 08:00 11:00, MONDAY 08:00 11:00"
    })
    void windowThatOverlapsAnEarlierOne_isRefused(String first, String second) {
        windows.weekly(week(first, second));

        assertThat(windows.violations()).containsExactly(new Violation("/weekly/1/from", "window.overlap"));
    }

    @Test
    void sameHoursOnOtherDays_doNotOverlap() {
        windows.weekly(week("MONDAY 08:00 11:00", "TUESDAY 08:00 11:00"));

        assertThat(windows.violations()).isEmpty();
    }

    @Test
    void windowsOfADate_areMinutesOfTheDay() {
        assertThat(windows.of(date("2026-12-31", "19:00 24:00", "08:00 09:00"), "/exceptions/3"))
                .containsExactly(new Span(480, 540), new Span(1140, 1440));
        assertThat(windows.of(date("2026-12-31"), "/exceptions/4")).isEmpty();
        assertThat(windows.violations()).isEmpty();
    }

    @Test
    void violation_isPointedAtWithinItsDate() {
        windows.of(date("2026-12-31", "08:00 09:00", "08:30 10:00", "12:00 11:00"), "/exceptions/3");

        assertThat(windows.violations())
                .containsExactly(
                        new Violation("/exceptions/3/windows/1/from", "window.overlap"),
                        new Violation("/exceptions/3/windows/2/until", "window.over-midnight", "12:00", "11:00"));
    }

    @Test
    void exceptionDate_mayStandOnlyOnce() {
        windows.dates(List.of(date("2027-01-04"), date("2027-01-05"), date("2027-01-04")));

        assertThat(windows.violations()).containsExactly(new Violation("/exceptions/2/date", "calendar.date-twice"));
    }

    @ParameterizedTest
    @CsvSource({
        "1899-12-31, false",
        "1900-01-01, true",
        "2200-12-31, true",
        "2201-01-01, false",
        "+999999999-12-31, false"
    })
    void year_isFrom1900To2200(LocalDate date, boolean within) {
        assertThat(windows.within(date, "/date")).isEqualTo(within);

        assertThat(windows.violations()).isEqualTo(within ? List.of() : List.of(new Violation("/date", "time.year")));
    }

    @Test
    void zone_isTheOneNamedElseTheUsual() {
        assertThat(windows.zone(null, SHANGHAI)).isEqualTo(SHANGHAI);
        assertThat(windows.zone("Asia/Urumqi", SHANGHAI)).isEqualTo(ZoneId.of("Asia/Urumqi"));
        assertThat(windows.violations()).isEmpty();
        assertThat(windows.zone("Asia/Nowhere", SHANGHAI)).isEqualTo(SHANGHAI);
        assertThat(windows.violations()).containsExactly(new Violation("/zone", "zone.unknown"));
    }

    @Test
    void windowOverMidnight_isShownAsTwo() {
        var hours = new Hours(SHANGHAI, List.of(new Span(1320, 1560), new Span(10020, 10080)), Map.of());

        assertThat(Windows.weekly(hours))
                .isEqualTo(week("MONDAY 22:00 24:00", "TUESDAY 00:00 02:00", "SUNDAY 23:00 24:00"));
    }

    @Test
    void everyWeekday_isReadAndShownAlike() {
        List<WeeklyWindowRequest> week = Arrays.stream(DayOfWeek.values())
                .map(day -> new WeeklyWindowRequest(day, "08:30", "17:00"))
                .toList();

        assertThat(Windows.weekly(new Hours(SHANGHAI, windows.weekly(week), Map.of())))
                .isEqualTo(week);
    }
}
