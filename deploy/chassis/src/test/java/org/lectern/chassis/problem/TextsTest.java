package org.lectern.chassis.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final OffsetDateTime TIME = OffsetDateTime.parse("2031-03-05T09:05:30+08:00");

    @Test
    void times_areWrittenAsTheLanguageWritesThem() {
        assertThat(Texts.shown(Locale.ENGLISH, TIME, LocalDate.of(2031, 3, 5), 7, null))
                .containsExactly("5 Mar 2031, 09:05 (UTC+08:00)", "5 Mar 2031", 7, null);
        assertThat(Texts.shown(Locale.SIMPLIFIED_CHINESE, TIME, LocalDate.of(2031, 3, 5)))
                .containsExactly("2031年3月5日 09:05（UTC+08:00）", "2031年3月5日");
    }

    @Test
    void timeInUtc_namesItsOffset() {
        assertThat(Texts.shown(Locale.ENGLISH, OffsetDateTime.parse("2031-12-31T23:59:00Z")))
                .containsExactly("31 Dec 2031, 23:59 (UTC+00:00)");
    }
}
