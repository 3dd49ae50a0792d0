package org.lectern.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spans of the wall clock. */
class SpanTest {

    @Test
    void spanThatDoesNotEndAfterItsStart_cannotExist() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Span(60, 60));
        assertThatIllegalArgumentException().isThrownBy(() -> new Span(60, 59));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}|", "{[0,1440)}|0-1440", "{[480,720),[840,1020)}|480-720 840-1020"})
    void multirange_isReadAndWrittenAlike(String text, String spans) {
        List<Span> read = Span.ofMultirange(text);

        assertThat(read.stream().map(each -> each.from() + "-" + each.until()).toList())
                .isEqualTo(spans == null ? List.of() : List.of(spans.split(" ")));
        assertThat(Span.toMultirange(read)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"00:00, 0", "00:01, 1", "08:30, 510", "23:59, 1439", "24:00, 1440"})
    void clock_namesAMinuteOfTheDay(String clock, int minute) {
        assertThat(Span.isClock(clock)).isTrue();
        assertThat(Span.minute(clock)).isEqualTo(minute);
        assertThat(Span.clock(minute)).isEqualTo(clock);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "8:30", "24:01", "25:00", "12:60", "12:5", "12-30", " 12:30", "12:30 ", "12:30:00", "１２:30"})
    void otherText_isNoClock(String text) {
        assertThat(Span.isClock(text)).isFalse();
    }

    @Test
    void text_isReadWithAHyphenAndShownWithADash() {
        assertThat(Span.ofText("08:30-24:00")).isEqualTo(new Span(510, 1440));
        assertThat(new Span(510, 1440).text()).isEqualTo("08:30–24:00");
    }

    @Test
    void touchingSpans_becomeOneAndOthersStayInOrder() {
        assertThat(Span.merged(
                        List.of(new Span(840, 1020), new Span(720, 780), new Span(480, 720), new Span(1021, 1080))))
                .containsExactly(new Span(480, 780), new Span(840, 1020), new Span(1021, 1080));
    }

    @Test
    void spanWithinAnother_isSwallowed() {
        assertThat(Span.merged(List.of(new Span(0, 100), new Span(10, 20)))).containsExactly(new Span(0, 100));
    }
}
