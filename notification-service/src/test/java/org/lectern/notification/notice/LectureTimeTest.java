package org.lectern.notification.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class LectureTimeTest {

    private static final Instant START = Instant.parse("2026-12-01T06:00:00Z");
    private static final Instant END = Instant.parse("2026-12-01T08:00:00Z");
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private static String text(Instant start, Instant end, ZoneId zone, ZoneId reader, Locale language) {
        return LectureTime.text(start, end, zone, reader, language);
    }

    @Test
    void timeIsWrittenAsItsReadersWriteIt() {
        assertThat(text(START, END, SHANGHAI, SHANGHAI, Locale.SIMPLIFIED_CHINESE))
                .isEqualTo("2026年12月1日（星期二）14:00–16:00");
        assertThat(text(START, END, SHANGHAI, SHANGHAI, Locale.ENGLISH))
                .isEqualTo("Tue 1 Dec 2026, 14:00–16:00 (Asia/Shanghai)");
    }

    @Test
    void readerInAnotherZone_seesTheZone() {
        assertThat(text(START, END, SHANGHAI, PARIS, Locale.SIMPLIFIED_CHINESE))
                .isEqualTo("2026年12月1日（星期二）14:00–16:00（北京时间）");
        assertThat(text(START, END, PARIS, SHANGHAI, Locale.SIMPLIFIED_CHINESE))
                .isEqualTo("2026年12月1日（星期二）07:00–09:00（Europe/Paris）");
        assertThat(LectureTime.text(START, END, SHANGHAI, null, Locale.SIMPLIFIED_CHINESE))
                .endsWith("（北京时间）");
    }

    @Test
    void readerWithTheSameClock_seesNoZone() {
        assertThat(text(START, END, SHANGHAI, ZoneId.of("Asia/Singapore"), Locale.SIMPLIFIED_CHINESE))
                .isEqualTo("2026年12月1日（星期二）14:00–16:00");
    }

    @Test
    void hourThatOccursTwice_namesItsOffset() {
        Instant first = Instant.parse("2026-10-25T00:30:00Z");
        Instant second = Instant.parse("2026-10-25T01:30:00Z");
        assertThat(text(first, second, PARIS, PARIS, Locale.ENGLISH))
                .isEqualTo("Sun 25 Oct 2026, 02:30 (UTC+02:00)–02:30 (UTC+01:00) (Europe/Paris)");
        assertThat(text(second, second.plusSeconds(3600), PARIS, PARIS, Locale.SIMPLIFIED_CHINESE))
                .isEqualTo("2026年10月25日（星期日）02:30 (UTC+01:00)–03:30");
    }

    @Test
    void lectureOverMidnight_namesBothDays() {
        Instant late = Instant.parse("2026-12-01T17:00:00Z");
        assertThat(text(START, late, SHANGHAI, SHANGHAI, Locale.ENGLISH))
                .isEqualTo("Tue 1 Dec 2026, 14:00 – Wed 2 Dec 2026, 01:00 (Asia/Shanghai)");
        assertThat(text(START, late, SHANGHAI, SHANGHAI, Locale.SIMPLIFIED_CHINESE))
                .isEqualTo("2026年12月1日（星期二）14:00 – 2026年12月2日（星期三）01:00");
    }

    @Test
    void textOfPeople_cannotStartALine() {
        assertThat(OneLine.of("a\r\nb\tc\u2028d\u202Ee\u0007")).isEqualTo("a b c de");
    }
}
