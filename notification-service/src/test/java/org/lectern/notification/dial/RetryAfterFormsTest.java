package org.lectern.notification.dial;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All forms of RFC 9110 section 5.6.7 are read, and no value waits longer than six hours. */
class RetryAfterFormsTest {

    private static final Instant NOW = Instant.parse("2026-11-06T08:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120 | 2026-11-06T08:02:00Z",
                " 120 | 2026-11-06T08:02:00Z",
                "0000000000120 | 2026-11-06T08:02:00Z",
                "99999999999999999999 | 2026-11-06T14:00:00Z",
                "86400 | 2026-11-06T14:00:00Z",
                "Fri, 06 Nov 2026 08:49:37 GMT | 2026-11-06T08:49:37Z",
                "Mon, 06 Nov 2026 08:49:37 GMT | 2026-11-06T08:49:37Z",
                "Friday, 06-Nov-26 08:49:37 GMT | 2026-11-06T08:49:37Z",
                "Fri Nov  6 08:49:37 2026 | 2026-11-06T08:49:37Z",
                "Fri Nov 06 08:49:37 2026 | 2026-11-06T08:49:37Z",
                "Thu, 31 Dec 2099 23:59:59 GMT | 2026-11-06T14:00:00Z",
                "Thursday, 31-Dec-75 23:59:59 GMT | 2026-11-06T14:00:00Z"
            })
    void everyForm_isReadAndBounded(String header, Instant wanted) {
        assertThat(RetryAfter.read(header, NOW)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-5",
                "+5",
                "1.5",
                "soon",
                "120, 240",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994",
                "Fri, 32 Nov 2026 08:49:37 GMT",
                "2026-11-06T08:49:37Z"
            })
    void pastOrUnreadable_isIgnored(String header) {
        assertThat(RetryAfter.read(header, NOW)).isNull();
        assertThat(RetryAfter.read("9".repeat(5000), NOW)).isNull();
    }
}
