package org.lectern.local.smtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmtpServerTest {

    private static final String HEADER =
            "Date: Mon, 30 Nov 2026 02:26:54 +0000\r\nFrom: a@example.org\r\nMessage-ID: <1@example.org>\r\n\r\n";

    private final List<ReceivedMail> accepted = new ArrayList<>();
    private final List<ReceivedMail> refused = new ArrayList<>();
    private final SmtpServer server = new SmtpServer(0, new SmtpPolicy() {
        @Override
        public Optional<String> accept(ReceivedMail mail) {
            accepted.add(mail);
            return Optional.empty();
        }

        @Override
        public void refused(ReceivedMail mail) {
            refused.add(mail);
        }

        @Override
        public Optional<String> refuseRecipient(String address) {
            return address.startsWith("unknown") ? Optional.of("550 5.1.1 unknown") : Optional.empty();
        }
    });
    private Socket client;
    private BufferedReader answers;

    @BeforeEach
    void connect() throws IOException {
        client = new Socket(InetAddress.getLoopbackAddress(), server.port());
        answers = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        assertEquals("220", answer());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void correctMessageIsKeptOctetForOctet() throws IOException {
        assertEquals("250", transmitted(HEADER + "..stuffed\r\n. \r\n\r\nend\r\n.\r\n"));
        assertEquals("221", said("QUIT"));

        ReceivedMail mail = accepted.getFirst();
        assertEquals("sender@example.org", mail.from());
        assertEquals(List.of("branch@example.org"), mail.to());
        assertArrayEquals((HEADER + ".stuffed\r\n \r\n\r\nend\r\n").getBytes(StandardCharsets.US_ASCII), mail.octets());
    }

    @Test
    void bareLineFeedIsRefused_andItsOctetsAreKept() throws IOException {
        assertEquals("554", transmitted(HEADER + "a\nb\r\n.\r\n"));

        assertTrue(accepted.isEmpty());
        assertEquals(1, refused.size());
        assertArrayEquals(
                (HEADER + "a\nb\r\n").getBytes(StandardCharsets.US_ASCII),
                refused.getFirst().octets());
    }

    @Test
    void onlyCrlfDotCrlfEndsMessage() throws IOException {
        assertEquals("554", transmitted(HEADER + "a\n.\r\nMAIL FROM:<smuggled@example.org>\r\n.\r\n"));

        assertTrue(new String(refused.getFirst().octets(), StandardCharsets.US_ASCII).contains("smuggled"));
    }

    @Test
    void unknownRecipientIsRefused() throws IOException {
        assertEquals("250", said("EHLO test"));
        assertEquals("250", said("MAIL FROM:<>"));
        assertEquals("550", said("RCPT TO:<unknown@example.org>"));
        assertEquals("503", said("DATA"));
    }

    @Test
    void pathsWithSpacesOrControlCharactersAreRefused() throws IOException {
        assertEquals("250", said("EHLO test"));
        assertEquals("501", said("MAIL FROM:<a b@example.org>"));
        assertEquals("501", said("MAIL FROM:<a@example.org> UNKNOWN=1"));
        assertEquals("250", said("MAIL FROM:<a@example.org> SIZE=10"));
        assertEquals("501", said("RCPT TO:branch@example.org"));
        assertEquals("500", said("RCPT TO:<a@example.org\u0001>"));
    }

    @Test
    void messageOfTenThousandLongLinesIsTooLarge() throws IOException {
        String line = "x".repeat(998) + "\r\n";
        assertEquals("552", transmitted(HEADER + line.repeat(10_001) + ".\r\n"));
        assertEquals("250", said("NOOP"));
    }

    private String transmitted(String message) throws IOException {
        assertEquals("250", said("EHLO test"));
        assertEquals("250", said("MAIL FROM:<sender@example.org>"));
        assertEquals("250", said("RCPT TO:<branch@example.org>"));
        assertEquals("354", said("DATA"));
        client.getOutputStream().write(message.getBytes(StandardCharsets.US_ASCII));
        return answer();
    }

    private String said(String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return answer();
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        while (line.charAt(3) == '-') {
            line = answers.readLine();
        }
        return line.substring(0, 3);
    }
}
