package org.lectern.notification.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.local.smtp.ReceivedMail;
import org.lectern.local.smtp.SmtpPolicy;
import org.lectern.local.smtp.SmtpServer;
import org.lectern.local.smtp.SmtpServer.Protection;
import org.lectern.notification.delivery.DeliveryOutcome;
import org.lectern.notification.delivery.DeliveryOutcome.Delivered;
import org.lectern.notification.delivery.DeliveryOutcome.EndpointGone;
import org.lectern.notification.delivery.DeliveryOutcome.Failed;
import org.lectern.notification.delivery.DeliveryOutcome.Retry;
import org.lectern.notification.directory.EmailAddress;
import org.lectern.notification.support.Certificates;
import org.lectern.notification.support.RareTexts;

/** The behaviour of a mail server, and the resulting outcome of the delivery. */
@Timeout(60)
class SmtpClientTest {

    private static final EmailAddress SENDER =
            EmailAddress.parse("lectern@example.org").orElseThrow();
    private static final EmailAddress BRANCH =
            EmailAddress.parse("branch@example.org").orElseThrow();

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    /** Refuses at one command, or accepts everything. */
    private static class Replies implements SmtpPolicy {

        final List<ReceivedMail> mails = Collections.synchronizedList(new ArrayList<>());
        String sender = "";
        String recipient = "";
        String message = "";

        @Override
        public Optional<String> accept(ReceivedMail mail) {
            mails.add(mail);
            return said(message);
        }

        @Override
        public Optional<String> refuseSender(String address) {
            return said(sender);
        }

        @Override
        public Optional<String> refuseRecipient(String address) {
            return said(recipient);
        }

        @Override
        public boolean knows(String user, String password) {
            return user.equals("lectern") && password.equals("s3cret");
        }

        private static Optional<String> said(String reply) {
            return Optional.of(reply).filter(text -> !text.isEmpty());
        }
    }

    private final Replies replies = new Replies();

    private DeliveryOutcome send(Protection protection, String... settings) {
        SmtpServer server = new SmtpServer(0, replies, protection);
        open.add(server);
        return client(server.port(), settings).send(BRANCH, mail("Moved"));
    }

    private SmtpClient client(int port, String... settings) {
        SmtpClient client = connected(port, settings);
        open.add(client);
        return client;
    }

    /** A client of the mail server on that local port; settings are those of {@code lectern.mail}. */
    static SmtpClient connected(int port, String... settings) {
        Map<String, String> all = new HashMap<>(Map.of("lectern.mail.port", Integer.toString(port)));
        for (String setting : settings) {
            all.put("lectern.mail." + setting.split("=")[0], setting.split("=")[1]);
        }
        MailConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(MailConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build()
                .getConfigMapping(MailConfig.class);
        return new SmtpClient(config, SENDER);
    }

    private static byte[] mail(String text) {
        return new MailWriter(
                        new Sender("Lectern", SENDER, "example.org"),
                        Optional.empty(),
                        Optional.empty(),
                        Clock.systemUTC())
                .write(new OutgoingMail(
                        UUID.randomUUID(), BRANCH, "en", text, text, "<p>" + text + "</p>", null, null, null));
    }

    @Test
    void bounces_goToTheAddressOfTheDelivery() {
        SmtpServer server = new SmtpServer(0, replies);
        open.add(server);
        EmailAddress bounces = EmailAddress.parse("lectern+abc@example.org").orElseThrow();

        assertThat(client(server.port()).send(bounces, BRANCH, mail("Moved"))).isEqualTo(new Delivered("smtp-250"));

        assertThat(replies.mails.getLast().from()).isEqualTo("lectern+abc@example.org");
    }

    @Test
    void octetsArriveAsTheyWereWritten() {
        SmtpServer server = new SmtpServer(0, replies);
        open.add(server);
        SmtpClient client = client(server.port());
        for (String text : RareTexts.all()) {
            byte[] written = mail("." + text + "\r\n.\r\n..");
            assertThat(client.send(BRANCH, written)).isEqualTo(new Delivered("smtp-250"));
            ReceivedMail mail = replies.mails.getLast();
            assertThat(mail.octets()).isEqualTo(written);
            assertThat(mail.from()).isEqualTo("lectern@example.org");
            assertThat(mail.to()).containsExactly("branch@example.org");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "550 5.1.1 no such mailbox, EndpointGone, smtp-550-5.1.1",
        "556 5.1.10 no mail here, EndpointGone, smtp-556-5.1.10",
        "550 5.2.1 disabled, EndpointGone, smtp-550-5.2.1",
        "550 5.7.1 we do not like branch@example.org, Failed, smtp-550",
        "552 5.2.2 mailbox full, Failed, smtp-552",
        "553 no code, Failed, smtp-553",
        "450 4.2.1 try later, Retry, smtp-450",
        "451 4.7.1 greylisted, Retry, smtp-451",
        "530 5.7.0 log in, Retry, smtp-530",
        "538 5.7.11 encrypt, Retry, smtp-538"
    })
    void replyAboutRecipientOrMessage_decides(String reply, String outcome, String reason) {
        DeliveryOutcome expected = switch (outcome) {
            case "EndpointGone" -> new EndpointGone(reason);
            case "Failed" -> new Failed(reason);
            default -> new Retry(reason);
        };
        replies.recipient = reply;
        assertThat(send(Protection.NONE)).isEqualTo(expected);
        replies.recipient = "";
        replies.message = reply;
        assertThat(send(Protection.NONE)).isEqualTo(expected);
    }

    @Test
    void replyAboutSender_isTriedAgain() {
        replies.sender = "550 5.1.8 unknown sender domain";
        assertThat(send(Protection.NONE)).isEqualTo(new Retry("smtp-550"));
        replies.sender = "552 5.3.4 too large";
        assertThat(send(Protection.NONE)).isEqualTo(new Failed("smtp-552"));
    }

    @Test
    void startTlsIsUsedWhereOffered_andTheCertificateIsChecked() {
        Protection trusted = Protection.startTls(Certificates.of(Certificates.TRUSTED));
        Protection unknown = Protection.startTls(Certificates.of(Certificates.UNKNOWN));
        String authorities = "trusted-certificates=" + Certificates.trusted();

        assertThat(send(unknown, authorities)).isEqualTo(new Retry("tls-failed"));
        assertThat(send(trusted, authorities))
                .as("the certificate is for another name")
                .isEqualTo(new Retry("tls-failed"));
        assertThat(send(unknown, "tls=off")).isEqualTo(new Delivered("smtp-250"));
        assertThat(send(Protection.NONE, "tls=optional")).isEqualTo(new Delivered("smtp-250"));
        assertThat(send(Protection.NONE, "tls=required")).isEqualTo(new Retry("no-starttls"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"optional", "required", "implicit"})
    void mailIsSentEncrypted_afterLogin(String tls) {
        var context = Certificates.of(Certificates.LOCAL);
        Protection protection =
                (tls.equals("implicit") ? Protection.implicitTls(context) : Protection.startTls(context)).withLogin();
        String authorities = "trusted-certificates=" + Certificates.local();

        assertThat(send(protection, authorities, "tls=" + tls, "username=lectern", "password=s3cret"))
                .isEqualTo(new Delivered("smtp-250"));
        assertThat(send(protection, authorities, "tls=" + tls, "username=lectern", "password=wrong"))
                .isEqualTo(new Retry("smtp-535"));
        assertThat(send(protection, authorities, "tls=" + tls)).isEqualTo(new Retry("smtp-530"));
    }

    @Test
    void absentServer_isTriedAgain() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        assertThat(client(nobody).send(BRANCH, mail("Moved"))).isEqualTo(new Retry("no-connection"));
    }

    @ParameterizedTest
    @CsvSource({"554 go away, smtp-554", "421 busy, smtp-421"})
    void refusedConnection_isTriedAgain(String greeting, String reason) throws IOException {
        assertThat(client(talking(greeting + "\r\n", "")).send(BRANCH, mail("Moved")))
                .isEqualTo(new Retry(reason));
    }

    @Test
    void connectionThatEnds_isTriedAgain() throws IOException {
        assertThat(client(talking("", "close")).send(BRANCH, mail("Moved"))).isEqualTo(new Retry("no-connection"));
        assertThat(client(talking("220 x\r\n", "close")).send(BRANCH, mail("Moved")))
                .isEqualTo(new Retry("no-connection"));
    }

    @ParameterizedTest
    @CsvSource({"'', off", "'', implicit", "2, off", "220 hello|, off", "220 hello|250 ok|250 ok|250 ok|354 go|, off"})
    void silentServer_costsNoMoreThanTheTimeout(String before, String tls) throws IOException {
        SmtpClient client = client(talking(before.replace("|", "\r\n"), ""), "timeout=1s", "tls=" + tls);
        long began = System.nanoTime();
        assertThat(client.send(BRANCH, mail("Moved"))).isInstanceOf(Retry.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }

    /** Each reply arrives within the read timeout; only a limit on the total time ends this. */
    @Test
    void slowServer_costsNoMoreThanTheTimeout() throws IOException {
        SmtpClient client = client(talking("250-x\r\n".repeat(1000), "slow"), "timeout=1s");
        long began = System.nanoTime();
        assertThat(client.send(BRANCH, mail("Moved"))).isEqualTo(new Retry("timeout"));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void waitingForAConnection_countsAsTime() throws Exception {
        SmtpClient client = client(talking("", ""), "timeout=2s", "connections=1");
        var first = new CountDownLatch(1);
        Thread holder = Thread.startVirtualThread(() -> {
            first.countDown();
            client.send(BRANCH, mail("Moved"));
        });
        first.await();
        // the time ends while it waits, or on a busy machine while it connects
        assertThat(client.send(BRANCH, mail("Moved"))).isIn(new Retry("timeout"), new Retry("no-connection"));
        holder.join();
    }

    /** A server that sends the same replies to every client. */
    private int talking(String words, String manner) throws IOException {
        ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        open.add(server);
        Thread.startVirtualThread(() -> {
            List<Socket> kept = new ArrayList<>();
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    kept.add(client);
                    for (String line : words.split("(?<=\n)")) {
                        client.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
                        if (manner.equals("slow")) {
                            Thread.sleep(100);
                        }
                    }
                    if (manner.equals("close")) {
                        client.close();
                    }
                } catch (IOException | InterruptedException gone) {
                    // next client, or the end
                }
            }
        });
        return server.getLocalPort();
    }
}
