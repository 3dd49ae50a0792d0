package org.lectern.notification.inbound.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.notification.inbound.message.InboundMessage.NotUnderstood;
import org.lectern.notification.inbound.message.InboundMessage.Unreadable;

/** The parser terminates on any input. */
class HostileMessageTest {

    private static final int MEBIBYTE = 1 << 20;

    @Test
    void multipartsNestedTooDeeplyAreUnreadable() {
        var text = new StringBuilder("Content-Type: multipart/mixed; boundary=b0\r\n\r\n");
        for (int i = 1; i < 5000; i++) {
            text.append("--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n".formatted(i - 1, i));
        }

        assertThat(read(text.toString()).reading()).isEqualTo(new Unreadable("nested-too-deeply"));
    }

    @Test
    void moreThanAHundredPartsAreUnreadable() {
        String text = "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\n".repeat(MEBIBYTE / 8);

        assertThat(read(text).reading()).isEqualTo(new Unreadable("too-many-parts"));
    }

    @Test
    void endlessHeaderIsUnreadable() {
        assertThat(read("Subject: " + "x".repeat(MEBIBYTE)).reading()).isEqualTo(new Unreadable("malformed"));
        assertThat(read("A: b\r\n".repeat(MEBIBYTE / 6)).reading()).isEqualTo(new Unreadable("malformed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEGIN:X\r\n", "A\r\n", "A:b\r\n x\r\n", ";", ":", "\"", "\\n", "ATTENDEE;A=", "\r\n "})
    void calendarFullOfTheSameIsReadToItsEnd(String piece) {
        String text = "Content-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n"
                + "BEGIN:VEVENT\r\nCOMMENT:" + piece.repeat(MEBIBYTE / 2 / piece.length());

        assertThat(read(text).reading()).isInstanceOfAny(Unreadable.class, NotUnderstood.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=", "name*0*=", ".ics", "@", "a@", ",", "<", "="})
    void fieldFullOfTheSameIsReadToItsEnd(String piece) {
        String field = piece.repeat(60 * 1024 / piece.length());
        String text = "To: " + field + "\r\nFrom: " + field + "\r\nContent-Disposition: " + field
                + "\r\nContent-Type: text/x;" + field + "\r\n\r\nhello";

        assertThat(read(text).addresses()).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void reportFullOfContinuationsIsReadToItsEnd() {
        String text =
                "Return-Path: <>\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\n"
                        + "Action: failed\r\nDiagnostic-Code: smtp;" + "\r\n 5".repeat(200_000);

        assertThat(read(text).reading()).isNotNull();
    }

    @Test
    void everyCutAndEveryDamageOfASampleEndsWithAResult() {
        Random random = new Random(22);
        for (String sample : List.of("outlook-accepted", "google-declined", "apple-tentative", "postfix-bounce")) {
            byte[] octets = Samples.octets(sample);
            for (int i = 0; i < 500; i++) {
                byte[] damaged = Arrays.copyOf(octets, random.nextInt(octets.length));
                for (int hits = random.nextInt(20); hits > 0 && damaged.length > 0; hits--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                assertThat(MessageReader.read(damaged)).isNotNull();
            }
        }
    }

    @Test
    void octetsThatAreNoMessageAreNotUnderstood() {
        byte[] noise = new byte[10_000];
        new Random(23).nextBytes(noise);

        assertThat(MessageReader.read(noise).reading()).isInstanceOfAny(NotUnderstood.class, Unreadable.class);
        assertThat(MessageReader.read(new byte[0]).reading()).isInstanceOf(NotUnderstood.class);
    }

    private static InboundMessage read(String text) {
        return MessageReader.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
