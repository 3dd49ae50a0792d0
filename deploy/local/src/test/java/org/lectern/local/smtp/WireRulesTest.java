package org.lectern.local.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.local.smtp.WireRules.Rule;
import org.lectern.local.smtp.WireRules.Violation;

/** Each rule reports its violation, and only that one, in an otherwise correct message. */
class WireRulesTest {

    private static final String HEADER = """
            Date: Mon, 30 Nov 2026 02:26:54 +0000
            From: =?UTF-8?B?6K6y5bqn6YCa55+l?= <lectern@example.org>
            To: branch@example.org
            Message-ID: <1@example.org>
            Subject: =?UTF-8?B?5a6j6K6y5bey56Gu5a6a77ya5Lmh5p2R5oyv5YW0?=
             =?UTF-8?Q?=E5=AE=A3_x?=
            MIME-Version: 1.0
            """.replace("\n", "\r\n");

    private static final String GOOD = HEADER + "\r\nText.\r\n";

    @Test
    void correctMessage_hasNoViolation() {
        assertEquals(List.of(), judged(GOOD));
        assertEquals(List.of(), judged(HEADER + "\r\n" + "x".repeat(998) + "\r\n"));
        assertEquals(List.of(), judged(HEADER), "a message may have no body");
    }

    @Test
    void bareLineFeedIsFound_alsoWithinFoldedHeader() {
        demand(Rule.BARE_LF, 9, GOOD.replace("Text.", "Te\nxt."));
        assertEquals(
                new Violation(Rule.BARE_LF, 5),
                judged(GOOD.replace("YW0?=\r\n =?", "YW0?=\n =?")).getFirst());
        assertEquals(Rule.BARE_LF, judged(GOOD.replace("\r\n", "\n")).getFirst().rule());
    }

    @Test
    void bareCarriageReturnIsFound() {
        demand(Rule.BARE_CR, 9, GOOD.replace("Text.", "Te\rxt."));
        demand(Rule.BARE_CR, 9, GOOD.replace("Text.", "Text.\r"));
    }

    @Test
    void nulIsFound() {
        demand(Rule.NUL, 9, GOOD.replace("Text.", "Te\0xt."));
    }

    @Test
    void lineOver998OctetsIsFound() {
        demand(Rule.LINE_OVER_998, 9, GOOD.replace("Text.", "x".repeat(999)));
        demand(Rule.LINE_OVER_998, 8, HEADER + "X-Long: " + "x".repeat(991) + "\r\n\r\nText.\r\n");
    }

    @Test
    void messageWithoutFinalLineEndIsFound() {
        demand(Rule.NO_FINAL_CRLF, 9, GOOD.substring(0, GOOD.length() - 2));
    }

    @Test
    void eightBitOctetsAreFound() {
        demand(Rule.BODY_8BIT, 9, GOOD.replace("Text.", "\u00e9"));
        demand(Rule.HEADER_8BIT, 6, GOOD.replace("=E5=AE=A3", "\u00e9"), Rule.ENCODED_WORD_SPLITS_CHARACTER);
    }

    @Test
    void malformedHeaderIsFound() {
        demand(Rule.HEADER_MALFORMED, 8, HEADER + "no field\r\n\r\nText.\r\n");
        demand(Rule.HEADER_MALFORMED, 8, HEADER + "X-Space : x\r\n\r\nText.\r\n");
        demand(Rule.HEADER_MALFORMED, 1, " first line continues\r\n" + GOOD);
        demand(Rule.HEADER_CONTROL_CHARACTER, 8, HEADER + "X-Bell: \u0007\r\n\r\nText.\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cc:", "Cc: ", "Subject:", "X-Empty:\r\n "})
    void emptyHeaderIsFound(String empty) {
        String message = GOOD.replaceAll("Subject:.*\r\n .*\r\n", "");
        assertEquals(
                1,
                judged(empty + "\r\n" + message).stream()
                        .filter(each -> each.equals(new Violation(Rule.HEADER_EMPTY, 1)))
                        .count());
    }

    @Test
    void addressHeaderWithoutAddressIsFound() {
        demand(Rule.ADDRESS_MISSING, 3, GOOD.replace("To: branch@example.org", "To: undisclosed"));
        demand(Rule.ADDRESS_MISSING, 3, GOOD.replace("To: branch@example.org", "To: \"a@example.org\""));
    }

    @Test
    void nameAsCommentBehindTheAddressIsFound() {
        demand(
                Rule.ADDRESS_COMMENT,
                2,
                GOOD.replaceAll("From: .*", "From: lectern@example.org (=?UTF-8?B?6K6y5bqn6YCa55+l?=)"));
    }

    @Test
    void headerLineThatShouldBeFoldedIsFound() {
        demand(Rule.HEADER_NOT_FOLDED, 8, HEADER + "X-Long: " + "word ".repeat(20) + "\r\n\r\nText.\r\n");
        assertEquals(
                List.of(),
                judged(HEADER + "X-Long: " + "w".repeat(200) + "\r\n\r\nText.\r\n"),
                "there is no place to fold one word");
        demand(Rule.HEADER_BLANK_CONTINUATION, 9, HEADER + "X-Long: a\r\n  \r\n b\r\n\r\nText.\r\n");
    }

    @Test
    void headerThatMustStandOnceIsFoundTwice() {
        demand(Rule.HEADER_TWICE, 8, HEADER + "To: other@example.org\r\n\r\nText.\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Date", "From", "Message-ID"})
    void missingHeaderIsFound(String name) {
        demand(Rule.HEADER_MISSING, 1, GOOD.replaceAll(name + ": .*\r\n", ""));
    }

    @Test
    void encodedWordMustHoldWholeCharacters() {
        // the two halves of one character of three octets
        demand(
                Rule.ENCODED_WORD_SPLITS_CHARACTER,
                5,
                GOOD.replace("5Lmh5p2R5oyv5YW0?=", "5Lk=?=").replace("=E5=AE=A3", "=A1"),
                Rule.ENCODED_WORD_SPLITS_CHARACTER);
        // the halves of a surrogate pair, each encoded as a character (CESU-8)
        demand(Rule.ENCODED_WORD_SPLITS_CHARACTER, 5, GOOD.replace("=E5=AE=A3", "=ED=A1=82=ED=BE=B7"));
        demand(Rule.ENCODED_WORD_MALFORMED, 5, GOOD.replace("=E5=AE=A3", "=E5=AE=ZZ"));
        demand(Rule.ENCODED_WORD_MALFORMED, 5, GOOD.replace("?Q?", "?X?"));
        demand(Rule.ENCODED_WORD_TOO_LONG, 5, GOOD.replace("=E5=AE=A3", "=E5=AE=A3" + "x".repeat(55)));
    }

    private static void demand(Rule rule, int line, String message, Rule... alsoFound) {
        List<Violation> found = judged(message).stream()
                .filter(each -> !List.of(alsoFound).contains(each.rule()) || each.rule() == rule)
                .distinct()
                .toList();
        assertEquals(List.of(new Violation(rule, line)), found);
    }

    private static List<Violation> judged(String message) {
        return WireRules.violations(message.getBytes(StandardCharsets.ISO_8859_1));
    }
}
