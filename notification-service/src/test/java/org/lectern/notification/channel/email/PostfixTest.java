package org.lectern.notification.channel.email;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lectern.local.FreePort;
import org.lectern.notification.delivery.DeliveryOutcome.Delivered;
import org.lectern.notification.directory.EmailAddress;
import org.lectern.notification.support.RareTexts;

/**
 * A real Postfix with the strictest settings accepts our mail and forwards it unchanged. It has its own configuration
 * and queue on a loopback port; the system's service is not touched.
 */
@Tag("proof")
class PostfixTest {

    private static final Path DAEMONS = Path.of("/usr/lib/postfix/sbin");
    private static final Path PROGRAM = Path.of("/usr/sbin/postfix");
    private static final int PORT = FreePort.any();

    private static Path folder;
    private static Process postfix;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                Files.isExecutable(PROGRAM) && Files.isDirectory(DAEMONS),
                "skipped: Postfix is not installed (Debian package postfix)");
        assumeTrue("root".equals(System.getProperty("user.name")), "skipped: Postfix starts as root only");
        String owner = said("id", "-u", "postfix");
        folder = Files.createTempDirectory(
                "lectern-postfix", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        for (String name : List.of("config", "queue", "data", "boxes")) {
            Files.createDirectory(folder.resolve(name));
        }
        said(
                "chown",
                "postfix",
                folder.resolve("data").toString(),
                folder.resolve("boxes").toString());
        Files.writeString(folder.resolve("config/main.cf"), """
                compatibility_level = 3.6
                queue_directory = %1$s/queue
                data_directory = %1$s/data
                command_directory = /usr/sbin
                daemon_directory = %2$s
                maillog_file = %1$s/data/log
                maillog_file_prefixes = %1$s
                myhostname = postfix.example.org
                mydestination =
                mynetworks =
                inet_interfaces = 127.0.0.1
                inet_protocols = ipv4
                virtual_mailbox_domains = example.org
                virtual_mailbox_base = %1$s/boxes
                virtual_mailbox_maps = static:box/
                virtual_uid_maps = static:%3$s
                virtual_gid_maps = static:%3$s
                smtpd_relay_restrictions = reject_unauth_destination
                smtpd_forbid_bare_newline = reject
                smtpd_forbid_bare_newline_exclusions =
                strict_rfc821_envelopes = yes
                strict_7bit_headers = yes
                strict_8bitmime = yes
                """.formatted(folder, DAEMONS, owner));
        Files.writeString(folder.resolve("config/master.cf"), """
                127.0.0.1:%d inet n - n - - smtpd
                cleanup unix n - n - 0 cleanup
                qmgr unix n - n 300 1 qmgr
                rewrite unix - - n - - trivial-rewrite
                bounce unix - - n - 0 bounce
                defer unix - - n - 0 bounce
                trace unix - - n - 0 bounce
                error unix - - n - - error
                virtual unix - n n - - virtual
                proxymap unix - - n - - proxymap
                anvil unix - - n - 1 anvil
                postlog unix-dgram n - n - 1 postlogd
                """.formatted(PORT));
        postfix = new ProcessBuilder(
                        PROGRAM.toString(), "-c", folder.resolve("config").toString(), "start-fg")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(() -> new Socket(InetAddress.getLoopbackAddress(), PORT).close());
    }

    @AfterAll
    static void stop() throws Exception {
        if (postfix != null) {
            said(PROGRAM.toString(), "-c", folder.resolve("config").toString(), "stop");
            assertThat(postfix.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        if (folder != null) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    @Test
    void mailOfEveryKindOfText_arrivesUnchanged() {
        EmailAddress branch = EmailAddress.parse("branch@example.org").orElseThrow();
        List<String> sent = new ArrayList<>();
        try (SmtpClient client = SmtpClientTest.connected(PORT, "tls=off")) {
            for (String text : RareTexts.all()) {
                byte[] mail = DkimSignerTest.signed(text, Optional.empty(), null);
                assertThat(client.send(branch, mail)).as(text).isEqualTo(new Delivered("smtp-250"));
                sent.add(new String(mail, ISO_8859_1).replace("\r\n", "\n"));
            }
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(arrived()).hasSameSizeAs(sent));
        List<String> arrived = arrived();
        assertThat(sent)
                .allSatisfy(mail -> assertThat(arrived)
                        .as("Postfix puts its headers before ours and changes nothing")
                        .anyMatch(each -> each.endsWith("\n" + mail)));
    }

    /** The control of the other test: this server does refuse a bare line feed. */
    @Test
    void bareLineFeed_isRefused() throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), PORT);
                var answers = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1))) {
            assertThat(answers.readLine()).startsWith("220 ");
            String last = "";
            for (String line : List.of(
                    "HELO test",
                    "MAIL FROM:<lectern@example.org>",
                    "RCPT TO:<branch@example.org>",
                    "DATA",
                    "From: lectern@example.org\r\nSubject: =?UTF-8?Q?a?=\n =?UTF-8?Q?b?=\r\n\r\nText\r\n.")) {
                client.getOutputStream().write((line + "\r\n").getBytes(ISO_8859_1));
                last = answers.readLine();
            }
            assertThat(last).matches("5\\d\\d 5\\.5\\.2 .*bare <LF>.*");
        }
    }

    private static List<String> arrived() {
        Path box = folder.resolve("boxes/box/new");
        if (!Files.isDirectory(box)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(box)) {
            List<String> mails = new ArrayList<>();
            for (Path file : files.toList()) {
                mails.add(Files.readString(file, ISO_8859_1));
            }
            return mails;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String said(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String words = new String(process.getInputStream().readAllBytes(), ISO_8859_1).strip();
        assertThat(process.waitFor()).as(words).isZero();
        return words;
    }
}
