package org.lectern.notification.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.apache.james.mime4j.util.MimeUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lectern.notification.support.RareTexts;

/** Header values conform to RFC 5322 and RFC 2047, verified by another library. */
class HeaderTextTest {

    private static List<String> texts() {
        return RareTexts.all();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textOfAnyKind_isFoldedAndReadBackExactly(String text) {
        demandExact(text);
    }

    @Test
    void randomTexts_areFoldedAndReadBackExactly() {
        var random = new Random(23);
        int[] points = {'a', ' ', 'Z', '?', '=', '_', '.', 0xe9, 0x5a1, 0x6c49, 0x20bb7, 0x1f468, 0x200d, 0xfe0f};
        for (int i = 0; i < 5000; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(1, 200); length > 0; length--) {
                text.appendCodePoint(points[random.nextInt(i % 2 == 0 ? points.length : 7)]);
            }
            demandExact(text.toString());
        }
    }

    private static void demandExact(String text) {
        String value = HeaderText.unstructured("Subject", text);
        assertThat(("Subject: " + value).split("\r\n", -1))
                .allSatisfy(line -> assertThat(line)
                        .hasSizeLessThanOrEqualTo(78)
                        .matches("[ -~]+")
                        .isNotBlank());
        assertThat(decoded(value)).isEqualTo(RareTexts.oneLine(text));
    }

    @Test
    void shortAsciiText_staysReadable() {
        assertThat(HeaderText.unstructured("Subject", "Lecture moved: Rural policy"))
                .isEqualTo("Lecture moved: Rural policy");
        assertThat(HeaderText.unstructured("Subject", "word ".repeat(20)))
                .isEqualTo(
                        "word ".repeat(13).strip() + "\r\n " + "word ".repeat(7).strip());
    }

    @Test
    void blankText_isEmpty() {
        assertThat(HeaderText.unstructured("Subject", " \r\n\0 ")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void displayNameOfAnyKind_standsBeforeTheAddress(String name) throws Exception {
        String value = HeaderText.mailbox("From", name, "lectern@example.org");
        assertThat(("From: " + value).split("\r\n", -1))
                .allSatisfy(line -> assertThat(line)
                        .hasSizeLessThanOrEqualTo(78)
                        .matches("[ -~]+")
                        .isNotBlank());
        var mailbox = LenientAddressParser.DEFAULT.parseMailbox(MimeUtil.unfold(value));
        assertThat(mailbox.getAddress()).isEqualTo("lectern@example.org");
        assertThat(mailbox.getName()).isEqualTo(RareTexts.oneLine(name));
    }

    @Test
    void chineseDisplayName_isAnEncodedWord() {
        assertThat(HeaderText.mailbox("From", "讲座通知", "lectern@example.org"))
                .isEqualTo("=?UTF-8?B?6K6y5bqn6YCa55+l?= <lectern@example.org>");
        assertThat(HeaderText.mailbox("From", "", "lectern@example.org")).isEqualTo("lectern@example.org");
    }

    private static String decoded(String value) {
        return DecoderUtil.decodeEncodedWords(MimeUtil.unfold(value), DecodeMonitor.STRICT);
    }
}
