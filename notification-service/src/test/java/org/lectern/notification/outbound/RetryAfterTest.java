package org.lectern.notification.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The header {@code Retry-After} in all forms of RFC 9110, sections 5.6.7 and 10.2.3. */
class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00.25Z");

    @ParameterizedTest
    @CsvSource({
        "1, 2026-11-24T08:00:01.25Z",
        "120, 2026-11-24T08:02:00.25Z",
        "' 120 ', 2026-11-24T08:02:00.25Z",
        "0000000000120, 2026-11-24T08:02:00.25Z"
    })
    void seconds_countFromNow(String header, Instant wanted) {
        assertThat(RetryAfter.read(header, NOW)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Tue, 24 Nov 2026 09:30:00 GMT",
                "Tuesday, 24-Nov-26 09:30:00 GMT",
                "Tue Nov 24 09:30:00 2026",
                " Tue, 24 Nov 2026 09:30:00 GMT ",
                "Mon, 24 Nov 2026 09:30:00 GMT" // the name of the day does not matter
            })
    void date_isReadInAllThreeForms(String header) {
        assertThat(RetryAfter.read(header, NOW)).isEqualTo("2026-11-24T09:30:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sat, 05 Dec 2026 09:30:00 GMT",
                "Saturday, 05-Dec-26 09:30:00 GMT",
                "Sat Dec  5 09:30:00 2026",
                "Sat Dec 05 09:30:00 2026"
            })
    void dayOfOneDigit_isReadInAllThreeForms(String header) {
        assertThat(RetryAfter.read(header, Instant.parse("2026-12-05T08:00:00Z")))
                .isEqualTo("2026-12-05T09:30:00Z");
    }

    @Test
    void delay_isHonouredUpToSixHours() {
        assertThat(RetryAfter.read("21600", NOW)).isEqualTo("2026-11-24T14:00:00.25Z");
        assertThat(RetryAfter.read("Tue, 24 Nov 2026 14:00:00 GMT", NOW)).isEqualTo("2026-11-24T14:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "21601",
                "999999999",
                "1000000000",
                "99999999999999999999999999",
                "Tue, 24 Nov 2026 14:00:01 GMT",
                "Wed, 25 Nov 2026 08:00:00 GMT",
                "Thursday, 24-Nov-50 08:00:00 GMT",
                "Tue Nov 24 08:00:00 2099"
            })
    void longerDelay_isCappedAtSixHours(String header) {
        assertThat(RetryAfter.read(header, NOW)).isEqualTo("2026-11-24T14:00:00.25Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "000",
                "Tue, 24 Nov 2026 08:00:00 GMT",
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994"
            })
    void pastTime_isIgnored(String header) {
        assertThat(RetryAfter.read(header, NOW)).isNull();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "-1",
                "+1",
                "1.5",
                "1e3",
                "0x10",
                "120s",
                "120, 240",
                "１２０",
                "2026-11-24T09:30:00Z",
                "Tue, 24 Nov 2026 09:30:00",
                "Tue, 24 Nov 2026 25:30:00 GMT",
                "Tue, 32 Nov 2026 09:30:00 GMT",
                "Tuesday, 24-Nov-2026 09:30:00 GMT",
                "Tue Nov 24 09:30:00 26",
                "Tue Nov 24 09:30:00 GMT 2026",
                "Tue, 24 Nov +999999999 09:30:00 GMT"
            })
    void otherText_isIgnored(String header) {
        assertThat(RetryAfter.read(header, NOW)).isNull();
    }

    @Test
    void textLongerThanAnyForm_isIgnored() {
        assertThat(RetryAfter.read("9".repeat(5000), NOW)).isNull();
    }
}
