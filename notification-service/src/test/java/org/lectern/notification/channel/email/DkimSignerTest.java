package org.lectern.notification.channel.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.PublicKeyRecordRetriever;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.local.smtp.WireRules;
import org.lectern.notification.calendar.Invitation;
import org.lectern.notification.directory.EmailAddress;
import org.lectern.notification.support.RareTexts;

/** A signature is valid for the sent mail, and invalid after a change of any signed part (RFC 6376). */
class DkimSignerTest {

    static final KeyPair KEYS = keys();

    private static List<String> texts() {
        return RareTexts.all();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void mailOfAnyKind_bearsValidSignature(String text) throws Exception {
        byte[] mail = signed(text, Optional.empty(), null);

        assertThat(WireRules.violations(mail)).isEmpty();
        assertThat(verified(new String(mail, StandardCharsets.US_ASCII)))
                .singleElement()
                .satisfies(signature ->
                        assertThat(signature.getDToken().toString()).isEqualTo("example.org"));
    }

    @Test
    void signature_coversVisibleHeaders() throws Exception {
        String mail = digest();

        assertThat(verified(mail).getFirst().getHeaders().stream().map(Object::toString))
                .containsExactlyInAnyOrder(
                        "From",
                        "From",
                        "To",
                        "Subject",
                        "Date",
                        "Message-ID",
                        "MIME-Version",
                        "Content-Type",
                        "References",
                        "Reply-To",
                        "Reply-To",
                        "Content-Language",
                        "Auto-Submitted",
                        "List-Unsubscribe",
                        "List-Unsubscribe-Post");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From",
                "To",
                "Subject",
                "Date",
                "Message-ID",
                "MIME-Version",
                "Content-Type",
                "References",
                "Reply-To",
                "Content-Language",
                "Auto-Submitted",
                "List-Unsubscribe",
                "List-Unsubscribe-Post"
            })
    void changedHeader_breaksSignature(String name) throws Exception {
        String forged = digest().replace("\r\n" + name + ": ", "\r\n" + name + ": x");

        assertThatThrownBy(() -> verified(forged)).isInstanceOf(FailException.class);
    }

    @Test
    void secondSenderOrReplyAddress_breaksSignature() throws Exception {
        String mail = new String(signed("Moved", Optional.empty(), null), StandardCharsets.US_ASCII);

        assertThat(verified(mail)).hasSize(1);
        for (String added : List.of("From", "Reply-To")) {
            assertThatThrownBy(() -> verified(added + ": forged@example.net\r\n" + mail))
                    .isInstanceOf(FailException.class);
        }
    }

    @Test
    void changedBody_breaksSignature() throws Exception {
        String mail = digest();
        int last = mail.lastIndexOf("<p>") + 3;

        assertThatThrownBy(() -> verified(mail.substring(0, last) + "!" + mail.substring(last)))
                .isInstanceOf(FailException.class);
    }

    @Test
    void keyIsReadFromPemToo_andFromFile(@TempDir Path folder) throws Exception {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(KEYS.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        Path file = Files.writeString(folder.resolve("key.pem"), pem);

        for (String key : List.of(pem, file.toAbsolutePath().toString())) {
            byte[] mail = signed("Moved", Optional.empty(), null, key);
            assertThat(verified(new String(mail, StandardCharsets.US_ASCII))).hasSize(1);
        }
    }

    /** The signer and the verifier above share a library; dkimpy is independent of it. */
    @Test
    @Tag("proof")
    void signatureIsValidForDkimpyToo(@TempDir Path folder) throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/python3"))
                        && new ProcessBuilder("/usr/bin/python3", "-c", "import dkim")
                                        .start()
                                        .waitFor()
                                == 0,
                "skipped: dkimpy is not installed (Debian package python3-dkim)");
        String key = Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded());
        for (String text : RareTexts.all()) {
            Path mail = Files.write(folder.resolve("mail"), signed(text, Optional.of("answers@example.org"), null));
            Process verifier = new ProcessBuilder("/usr/bin/python3", "-c", """
                            import dkim, sys
                            mail = open(sys.argv[1], 'rb').read()
                            record = ('v=DKIM1; k=rsa; p=' + sys.argv[2]).encode()
                            sys.exit(0 if dkim.verify(mail, dnsfunc=lambda name, timeout=5: record) else 1)
                            """, mail.toString(), key)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(verifier.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(verifier.waitFor()).as(text + ": " + said).isZero();
        }
    }

    @Test
    void unusableKey_isRefusedWithoutBeingQuoted() {
        assertThatThrownBy(() -> DkimSigner.of(config("c2VjcmV0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lectern.mail.dkim.private-key")
                .hasMessageNotContaining("c2VjcmV0")
                .hasNoCause();
    }

    private static String digest() {
        return new String(
                signed("Moved", Optional.of("answers@example.org"), "https://lectern.example.org/u/x"),
                StandardCharsets.US_ASCII);
    }

    static byte[] signed(String text, Optional<String> replyTo, @Nullable String unsubscribe) {
        return signed(
                text,
                replyTo,
                unsubscribe,
                Base64.getEncoder().encodeToString(KEYS.getPrivate().getEncoded()));
    }

    private static byte[] signed(String text, Optional<String> replyTo, @Nullable String unsubscribe, String key) {
        var writer = new MailWriter(
                Sender.of("讲座通知 <lectern@example.org>", Optional.empty()),
                replyTo.flatMap(EmailAddress::parse),
                Optional.of(DkimSigner.of(config(key))),
                Clock.systemUTC());
        return writer.write(new OutgoingMail(
                UUID.randomUUID(),
                EmailAddress.parse("branch@example.org").orElseThrow(),
                "zh-CN",
                text,
                text + "\n.\ntrailing \n\n\n",
                "<p>" + text + "</p>",
                UUID.randomUUID(),
                unsubscribe == null
                        ? new Invitation("REQUEST", "BEGIN:VCALENDAR\r\n".getBytes(StandardCharsets.UTF_8))
                        : null,
                unsubscribe == null ? null : URI.create(unsubscribe)));
    }

    private static MailConfig.Dkim config(String key) {
        return new MailConfig.Dkim() {
            @Override
            public String domain() {
                return "example.org";
            }

            @Override
            public String selector() {
                return "lectures";
            }

            @Override
            public Optional<String> privateKey() {
                return key.startsWith("/") ? Optional.empty() : Optional.of(key);
            }

            @Override
            public Optional<Path> privateKeyFile() {
                return Optional.of(Path.of(key)).filter(file -> key.startsWith("/"));
            }
        };
    }

    static List<SignatureRecord> verified(String mail) throws Exception {
        PublicKeyRecordRetriever dns = (method, selector, domain) -> {
            assertThat(selector + "._domainkey." + domain).isEqualTo("lectures._domainkey.example.org");
            return List.of("v=DKIM1; k=rsa; p="
                    + Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded()));
        };
        return new DKIMVerifier(dns).verify(new ByteArrayInputStream(mail.getBytes(StandardCharsets.US_ASCII)));
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
