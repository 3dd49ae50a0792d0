package org.lectern.scheduler.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A spreadsheet executes no exported text, and the protection loses no text. */
class FormulaTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                " =1",
                "\u3000=1",
                "＝1+1",
                "＋1",
                "－1",
                "＠x",
                "'=1",
                "''=1",
                "=cmd|' /C calc'!A0"
            })
    void whatASpreadsheetCouldRunIsDisarmedAndComesBackAsItWas(String text) {
        assertThat(Formula.disarmed(text)).isEqualTo("'" + text);
        assertThat(Formula.original(Formula.disarmed(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "青石村", "'", "'tis", "a=1", "1-1", "——", "“=”", "''"})
    void nothingElseIsTouched(String text) {
        assertThat(Formula.disarmed(text)).isEqualTo(text);
        assertThat(Formula.original(text)).isEqualTo(text);
    }

    @Test
    void everyTextComesBackAsItWas() {
        Random random = new Random(20261123);
        String alphabet = "''==+-@\t\r\n \u3000＝＠a文;,\"";
        for (int i = 0; i < 50_000; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(7); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(Formula.original(Formula.disarmed(text.toString()))).isEqualTo(text.toString());
        }
    }
}
