package org.lectern.scheduler.csv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers that spreadsheet cells may contain. */
class WrittenNumberTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120 | false | 120",
                "+5 | false | 5",
                "120.00 | false | 120",
                "1,200 | false | 1200",
                "1\u00A0200 | false | 1200",
                "1\u202F234\u202F567 | true | 1234567",
                "1’200 | false | 1200",
                "１２０ | false | 120",
                "120,0 | true | 120",
                "1.2E+03 | false | 1200"
            })
    void wholeNumber_isReadAsSpreadsheetsWriteIt(String cell, boolean decimalComma, int number) {
        assertThat(WrittenNumber.whole(cell, decimalComma)).hasValue(number);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30.2741 | false | 30.2741",
                "30,2741 | true | 30.2741",
                "−12.5 | false | -12.5",
                "-0,25 | true | -0.25"
            })
    void decimal_isReadWithTheMarkOfTheFile(String cell, boolean decimalComma, double number) {
        assertThat(WrittenNumber.read(cell, decimalComma).orElseThrow().doubleValue())
                .isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "30.5d",
                "30f",
                "0x1p5",
                "0x10",
                "1_000",
                "NaN",
                "Infinity",
                "",
                ".",
                ".5",
                "5.",
                "1,20",
                "1 20",
                "12a",
                "٣",
                "1e9999",
                "--1",
                "十"
            })
    void anythingElse_isNoNumber(String cell) {
        assertThat(WrittenNumber.read(cell, false)).isEmpty();
    }
}
