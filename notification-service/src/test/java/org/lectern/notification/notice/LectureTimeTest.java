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

    @Test
    void aTimeIsWrittenAsItsReadersWriteIt() {
        assertThat(LectureTime.text(START, END, SHANGHAI, Locale.SIMPLIFIED_CHINESE))
                .isEqualTo("2026年12月1日 星期二 14:00–16:00");
        assertThat(LectureTime.text(START, END, SHANGHAI, Locale.ENGLISH))
                .isEqualTo("Tue 1 Dec 2026, 14:00–16:00 (Asia/Shanghai)");
    }

    @Test
    void aTimeElsewhereNamesItsZone() {
        assertThat(LectureTime.text(START, END, ZoneId.of("Europe/Berlin"), Locale.SIMPLIFIED_CHINESE))
                .isEqualTo("2026年12月1日 星期二 07:00–09:00（Europe/Berlin）");
    }

    @Test
    void aLectureOverMidnightNamesBothDays() {
        Instant late = Instant.parse("2026-12-01T17:00:00Z");
        assertThat(LectureTime.text(START, late, SHANGHAI, Locale.ENGLISH))
                .isEqualTo("Tue 1 Dec 2026, 14:00 – Wed 2 Dec 2026, 01:00 (Asia/Shanghai)");
        assertThat(LectureTime.text(START, late, SHANGHAI, Locale.SIMPLIFIED_CHINESE))
                .isEqualTo("2026年12月1日 星期二 14:00 – 2026年12月2日 星期三 01:00");
    }

    @Test
    void whatPeopleWroteCannotBeginALineOfItsOwn() {
        assertThat(OneLine.of("a\r\nb\tc\u2028d\u202Ee\u0007")).isEqualTo("a b c de");
    }
}
