package org.lectern.chassis.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that look alike are alike, and nothing invisible is kept. */
class CleanTextTest {

    @Test
    void blanksAtTheEnds_areRemoved() {
        assertThat(CleanText.of("\u00A0\u3000 x\u00A0y \u202F\t\n")).isEqualTo("x\u00A0y");
    }

    @Test
    void lineBreaks_becomeOneKind() {
        assertThat(CleanText.of("a\r\nb\rc\nd")).isEqualTo("a\nb\nc\nd");
    }

    @ParameterizedTest
    @CsvSource({"\u212B, \u00C5", "A\u030A, \u00C5", "\uF900, \u8C48", "\uAC00, \u1100\u1161"})
    void equivalentTexts_becomeEqual(String one, String other) {
        assertThat(CleanText.of(one)).isEqualTo(CleanText.of(other));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x07, 0x1B, 0x7F, 0x85, 0xAD, 0x34F, 0x61C, 0x115F, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E,
                0x202E, 0x2028, 0x2060, 0x2066, 0x2800, 0x3164, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFFE, 0xE0041, 0xE0100
            })
    void invisibleCharacter_isFound(int point) {
        String text = "ab" + Character.toString(point) + "c";

        assertThat(CleanText.hidden(text)).hasValue(point);
        assertThat(CleanText.name(point)).matches("U\\+[0-9A-F]{4,6}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "line\nbreak\tand tab",
                "👨‍👩‍👧‍👦🏳️‍🌈👍🏽 1️⃣ ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
                "𠮷野家",
                "葛󠄀城",
                "می‌خواهم",
                "क्‍ष",
                "Å é ﬁ ＡＢＣ"
            })
    void visibleText_isKept(String text) {
        assertThat(CleanText.hidden(text)).isEmpty();
    }

    @Test
    void length_countsCodePoints() {
        assertThat(CleanText.length("𠮷🎤x")).isEqualTo(3);
    }
}
