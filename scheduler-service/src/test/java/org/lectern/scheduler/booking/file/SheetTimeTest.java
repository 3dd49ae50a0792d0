package org.lectern.scheduler.booking.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The time formats that spreadsheet cells may contain. */
class SheetTimeTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final LocalDate DAY = LocalDate.parse("2026-12-01");

    private static String read(String cell, ZoneId zone, LocalDate day) {
        SheetTime.Reading reading = SheetTime.read(cell, zone, day);
        return reading.time() == null ? "nothing" : reading.time().toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-12-01 14:00",
                "2026-12-1 14:00",
                "2026-12-01 14:00:00",
                "2026/12/1 14:00",
                "2026/12/01 14:00:00",
                "2026年12月1日 14:00",
                "2026年12月01日 14:00",
                "2026-12-01T14:00",
                "2026-12-01t14:00",
                "  2026-12-01   14:00\t",
                "\u30002026-12-01 14:00\u3000",
                "2026-12-01\u00A014:00",
                "2026.12.1 14:00",
                "２０２６／１２／１　１４：００",
                "2026年12月1日14时",
                "2026年12月1日 14点00分",
                "2026年12月1日下午2:00",
                "2026/12/1 下午 2:00",
                "2026/12/1 2:00 PM",
                "1 Dec 2026 14:00",
                "1 December 2026, 2 pm",
                "Dec 1, 2026 2:00:00 PM",
                "1-Dec-2026 14:00"
            })
    void wallClockTime_isReadInTheZone(String cell) {
        assertThat(read(cell, SHANGHAI, null)).isEqualTo("2026-12-01T14:00+08:00");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-01T14:00:00+08:00, 2026-12-01T14:00+08:00",
        "2026-12-01 14:00+08:00,    2026-12-01T14:00+08:00",
        "2026-12-01T06:00:00Z,      2026-12-01T06:00Z",
        "2026-12-01t06:00z,         2026-12-01T06:00Z",
        "2026-12-01T15:00+09:00,    2026-12-01T15:00+09:00"
    })
    void timeWithOffset_keepsItsOffset(String cell, String time) {
        assertThat(read(cell, SHANGHAI, DAY)).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({
        "9:05,     2026-12-01T09:05+08:00",
        "09:05,    2026-12-01T09:05+08:00",
        "23:59:59, 2026-12-01T23:59:59+08:00",
        "0:00,     2026-12-01T00:00+08:00",
        "24:00,    2026-12-02T00:00+08:00",
        "2:30 pm,  2026-12-01T14:30+08:00",
        "12:30 am, 2026-12-01T00:30+08:00",
        "上午9:05, 2026-12-01T09:05+08:00",
        "14：30,   2026-12-01T14:30+08:00",
        "2026-12-01 24:00, 2026-12-02T00:00+08:00"
    })
    void hourAlone_isMeantOnTheGivenDay(String cell, String time) {
        assertThat(read(cell, SHANGHAI, DAY)).isEqualTo(time);
    }

    @Test
    void hourAlone_isNothingWithoutADay() {
        assertThat(read("14:00", SHANGHAI, null)).isEqualTo("nothing");
    }

    @Test
    void fullTime_countsMoreThanTheGivenDay() {
        assertThat(read("2027-01-05 09:00", SHANGHAI, DAY)).isEqualTo("2027-01-05T09:00+08:00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "tomorrow",
                "14",
                "25:00",
                "9:60",
                "9:5",
                "2026-02-29 09:00",
                "2026-02-30 09:00",
                "2026-13-01 09:00",
                "2026-12-01",
                "2026-12-01 24:01",
                "3/5/2026 9:00",
                "13:00 am",
                "26-12-01 09:00",
                "01.12.2026 09:00",
                "12/1/2026 09:00",
                "2026-12-01T09:00+25:00",
                "2026-12-01 09:00 Asia/Shanghai",
                "1798794000"
            })
    void cellThatIsNoTime_isNothing(String cell) {
        assertThat(read(cell, SHANGHAI, DAY)).isEqualTo("nothing");
    }

    @Test
    void leapDay_existsInLeapYears() {
        assertThat(read("2028-02-29 09:00", SHANGHAI, null)).isEqualTo("2028-02-29T09:00+08:00");
    }

    @ParameterizedTest
    @CsvSource({
        "2027-03-28 01:59, 2027-03-28T01:59+01:00",
        "2027-03-28 02:00, nothing",
        "2027-03-28 02:59, nothing",
        "2027-03-28 03:00, 2027-03-28T03:00+02:00"
    })
    void timeThatTheClocksSkip_isNothing(String cell, String time) {
        assertThat(read(cell, PARIS, null)).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({
        "2027-10-31 01:59,       2027-10-31T01:59+02:00",
        "2027-10-31 02:00,       nothing",
        "2027-10-31 02:59,       nothing",
        "2027-10-31 03:00,       2027-10-31T03:00+01:00",
        "2027-10-31 02:30+02:00, 2027-10-31T02:30+02:00",
        "2027-10-31 02:30+01:00, 2027-10-31T02:30+01:00"
    })
    void timeThatComesTwice_needsAnOffset(String cell, String time) {
        assertThat(read(cell, PARIS, null)).isEqualTo(time);
    }

    @Test
    void hourAlone_isNothingWhereTheClocksSkipOrRepeatIt() {
        assertThat(read("2:30", PARIS, LocalDate.parse("2027-03-28"))).isEqualTo("nothing");
        assertThat(read("2:30", PARIS, LocalDate.parse("2027-10-31"))).isEqualTo("nothing");
        assertThat(read("2:30", PARIS, LocalDate.parse("2027-10-30"))).isEqualTo("2027-10-30T02:30+02:00");
    }

    @ParameterizedTest
    @CsvSource({
        "2027-03-28 02:30, time.skipped, 2027-03-28T01:59+01:00, 2027-03-28T03:00+02:00",
        "2027-10-31 02:30, time.repeated, 2027-10-31T02:30+02:00, 2027-10-31T02:30+01:00"
    })
    void clockChange_isNamedWithTheTimesThatExist(String cell, String key, String first, String second) {
        var violation = SheetTime.read(cell, PARIS, null).violation();

        assertThat(violation.key()).isEqualTo(key);
        assertThat(violation.arguments()).containsExactly("Europe/Paris", first, second);
    }

    @Test
    void dayThatDoesNotExist_isNamed() {
        var violation = SheetTime.read("2026-02-30 09:00", SHANGHAI, null).violation();

        assertThat(violation.key()).isEqualTo("date.impossible");
        assertThat(violation.arguments()).containsExactly("2026-02-30");
    }
}
