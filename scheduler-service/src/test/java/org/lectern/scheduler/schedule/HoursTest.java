package org.lectern.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.scheduler.schedule.Intervals.Interval;
import org.lectern.scheduler.schedule.calendar.CalendarDays;
import org.lectern.scheduler.schedule.calendar.WorkingCalendar;

/** Weekly windows, exceptions and make-up workdays as instants, including days with a clock change. */
class HoursTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Span ALL_DAY = new Span(0, Span.DAY);
    private static final Span MORNING = new Span(480, 720);
    private static final LocalDate MONDAY = LocalDate.parse("2026-11-23");
    private static final WorkingCalendar.Days USUAL =
            CalendarDays.announcedFor(2026, 2027).days();

    /** The windows of a week with a window on this day only. */
    private static Span on(DayOfWeek day, int from, int until) {
        int midnight = (day.getValue() - 1) * Span.DAY;
        return new Span(midnight + from, midnight + until);
    }

    private static Interval interval(String from, String until) {
        return new Interval(
                Instant.parse(from).getEpochSecond(), Instant.parse(until).getEpochSecond());
    }

    @Test
    void weekday_hasItsOwnWindows() {
        var hours =
                new Hours(SHANGHAI, List.of(on(DayOfWeek.MONDAY, 480, 720), on(DayOfWeek.SUNDAY, 600, 660)), Map.of());

        assertThat(hours.of(DayOfWeek.MONDAY)).containsExactly(new Span(480, 720));
        assertThat(hours.of(DayOfWeek.TUESDAY)).isEmpty();
        assertThat(hours.of(DayOfWeek.SUNDAY)).containsExactly(new Span(600, 660));
    }

    @Test
    void windowOverMidnight_belongsToBothDays() {
        var hours = new Hours(SHANGHAI, List.of(on(DayOfWeek.MONDAY, 1320, 1560)), Map.of());

        assertThat(hours.of(DayOfWeek.MONDAY)).containsExactly(new Span(1320, 1440));
        assertThat(hours.of(DayOfWeek.TUESDAY)).containsExactly(new Span(0, 120));
        assertThat(hours.open(MONDAY, MONDAY.plusDays(1), USUAL, ALL_DAY).list())
                .containsExactly(interval("2026-11-23T14:00:00Z", "2026-11-23T18:00:00Z"));
    }

    @Test
    void exception_replacesTheWindowsOfItsDate() {
        var hours = new Hours(
                SHANGHAI,
                List.of(on(DayOfWeek.MONDAY, 480, 720)),
                Map.of(MONDAY, List.of(new Span(1140, 1440)), MONDAY.plusDays(7), List.of()));

        assertThat(hours.on(USUAL.on(MONDAY), ALL_DAY)).containsExactly(new Span(1140, 1440));
        assertThat(hours.on(USUAL.on(MONDAY.plusDays(7)), ALL_DAY)).isEmpty();
        assertThat(hours.on(USUAL.on(MONDAY.plusDays(14)), ALL_DAY)).containsExactly(MORNING);
    }

    @Test
    void weekWithoutWindows_hasTheUsualHours() {
        var hours = new Hours(SHANGHAI, List.of(), Map.of());

        assertThat(hours.on(USUAL.on(MONDAY), MORNING)).containsExactly(MORNING);
    }

    @Test
    void makeUpWorkday_keepsItsWeekdayUnlessAnnouncedOtherwise() {
        var hours = new Hours(
                SHANGHAI,
                List.of(on(DayOfWeek.FRIDAY, 480, 720), on(DayOfWeek.SATURDAY, 600, 660)),
                Map.of(LocalDate.parse("2026-10-24"), List.of(new Span(0, 60))));
        WorkingCalendar.Days days = CalendarDays.announcedFor(2026)
                .makeUpWorkday("2026-10-10", null)
                .makeUpWorkday("2026-10-17", DayOfWeek.FRIDAY)
                .makeUpWorkday("2026-10-24", DayOfWeek.FRIDAY)
                .days();

        assertThat(hours.on(days.on(LocalDate.parse("2026-10-10")), ALL_DAY)).containsExactly(new Span(600, 660));
        assertThat(hours.on(days.on(LocalDate.parse("2026-10-17")), ALL_DAY)).containsExactly(new Span(480, 720));
        assertThat(hours.on(days.on(LocalDate.parse("2026-10-24")), ALL_DAY)).containsExactly(new Span(0, 60));
    }

    @Test
    void hoursWithoutRestriction_areAlwaysOpen() {
        var hours = new Hours(SHANGHAI, List.of(), Map.of());

        assertThat(hours.open(MONDAY, MONDAY, USUAL, ALL_DAY)).isSameAs(Intervals.ALWAYS);
        assertThat(hours.open(MONDAY, MONDAY, USUAL, MORNING).list())
                .containsExactly(interval("2026-11-23T00:00:00Z", "2026-11-23T04:00:00Z"));
    }

    @Test
    void exceptionWithoutWeek_restrictsItsDateOnly() {
        var hours = new Hours(SHANGHAI, List.of(), Map.of(MONDAY.plusDays(1), List.of(MORNING)));

        assertThat(hours.open(MONDAY, MONDAY.plusDays(2), USUAL, ALL_DAY).list())
                .containsExactly(
                        interval("2026-11-22T16:00:00Z", "2026-11-23T16:00:00Z"),
                        interval("2026-11-24T00:00:00Z", "2026-11-24T04:00:00Z"),
                        interval("2026-11-24T16:00:00Z", "2026-11-25T16:00:00Z"));
    }

    @Test
    void wholeDay_isAnHourShorterOrLongerWhenTheClocksChange() {
        var hours = new Hours(PARIS, List.of(on(DayOfWeek.SUNDAY, 0, 1440)), Map.of());
        LocalDate forward = LocalDate.parse("2027-03-28");
        LocalDate back = LocalDate.parse("2027-10-31");

        assertThat(hours.open(forward, forward, USUAL, ALL_DAY).list())
                .containsExactly(interval("2027-03-27T23:00:00Z", "2027-03-28T22:00:00Z"));
        assertThat(hours.open(back, back, USUAL, ALL_DAY).list())
                .containsExactly(interval("2027-10-30T22:00:00Z", "2027-10-31T23:00:00Z"));
    }

    @Test
    void windowThatTheClocksSkip_isNotOpen() {
        var hours = new Hours(PARIS, List.of(on(DayOfWeek.SUNDAY, 120, 180)), Map.of());
        LocalDate forward = LocalDate.parse("2027-03-28");

        assertThat(hours.open(forward, forward, USUAL, ALL_DAY).list()).isEmpty();
    }

    @Test
    void windowThatComesTwice_isOpenFromTheFirstTimeToItsEnd() {
        var hours = new Hours(PARIS, List.of(on(DayOfWeek.SUNDAY, 120, 180)), Map.of());
        LocalDate back = LocalDate.parse("2027-10-31");

        assertThat(hours.open(back, back, USUAL, ALL_DAY).list())
                .containsExactly(interval("2027-10-31T00:00:00Z", "2027-10-31T02:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23, 0,    Asia/Shanghai, 2026-11-22T16:00:00Z",
        "2026-11-23, 510,  Asia/Shanghai, 2026-11-23T00:30:00Z",
        "2026-11-23, 1440, Asia/Shanghai, 2026-11-23T16:00:00Z",
        "2026-12-31, 1440, Europe/Paris,  2026-12-31T23:00:00Z",
        "2027-03-28, 119,  Europe/Paris,  2027-03-28T00:59:00Z",
        // skipped: later by the length of the clock change
        "2027-03-28, 150,  Europe/Paris,  2027-03-28T01:30:00Z",
        "2027-03-28, 180,  Europe/Paris,  2027-03-28T01:00:00Z",
        // occurs twice: the first occurrence
        "2027-10-31, 150,  Europe/Paris,  2027-10-31T00:30:00Z",
        "2027-10-31, 180,  Europe/Paris,  2027-10-31T02:00:00Z",
        // the next day begins an hour late, because midnight is skipped
        "2027-04-29, 1440, Africa/Cairo,  2027-04-29T22:00:00Z"
    })
    void minuteOfADate_isAMoment(LocalDate date, int minute, ZoneId zone, Instant moment) {
        assertThat(Instant.ofEpochSecond(Hours.moment(date, minute, zone))).isEqualTo(moment);
    }

    @Test
    void exceptions_areReadWithTheirDates() {
        assertThat(Hours.exceptions(List.of("2026-11-23 {[480,720),[840,1020)}", "2026-11-24 {}")))
                .isEqualTo(Map.of(
                        MONDAY, List.of(new Span(480, 720), new Span(840, 1020)), MONDAY.plusDays(1), List.of()));
    }
}
