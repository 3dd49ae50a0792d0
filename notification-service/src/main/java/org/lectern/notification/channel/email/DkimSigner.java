package org.lectern.notification.channel.email;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.james.jdkim.DKIMSigner;
import org.apache.james.jdkim.exceptions.FailException;

/** Signs mails for the sender's domain (RFC 6376, rsa-sha256, relaxed/relaxed, because relays may refold lines). */
final class DkimSigner {

    /** Headers that readers or mailbox providers rely on, including the two of RFC 8058 section 4. */
    private static final List<String> SIGNED = List.of(
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "MIME-Version",
            "Content-Type",
            "References",
            "Content-Language",
            "Auto-Submitted",
            "List-Unsubscribe",
            "List-Unsubscribe-Post");

    private static final int LONGEST_PIECE = 70;
    private static final String HEADER = "DKIM-Signature";

    private final String domain;
    private final String selector;
    private final PrivateKey key;

    private DkimSigner(String domain, String selector, PrivateKey key) {
        this.domain = domain;
        this.selector = selector;
        this.key = key;
    }

    /** @throws IllegalArgumentException if the configuration holds no valid key; the message never quotes it */
    static DkimSigner of(MailConfig.Dkim config) {
        String text = config.privateKey()
                .orElseGet(() -> config.privateKeyFile()
                        .map(DkimSigner::read)
                        .orElseThrow(() -> new IllegalArgumentException("lectern.mail.dkim.private-key is not set")));
        String base64 = text.replaceAll("-----[A-Z ]+-----|\\s", "");
        try {
            PrivateKey key = KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
            return new DkimSigner(config.domain(), config.selector(), key);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("lectern.mail.dkim.private-key is no RSA key as PKCS #8 in base64");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Prepends the signature to the message. */
    byte[] sign(byte[] message) {
        try {
            String field = new DKIMSigner(template(message), key).sign(new ByteArrayInputStream(message));
            byte[] header = (HEADER + ": " + folded(field.substring(HEADER.length() + 1)) + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            byte[] signed = new byte[header.length + message.length];
            System.arraycopy(header, 0, signed, 0, header.length);
            System.arraycopy(message, 0, signed, header.length, message.length);
            return signed;
        } catch (FailException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lists From and Reply-To once more than they occur, so that an added second header breaks the signature. */
    private String template(byte[] message) {
        String text = "\r\n" + new String(message, StandardCharsets.US_ASCII);
        String header = text.substring(0, text.indexOf("\r\n\r\n") + 2).toLowerCase(Locale.ROOT);
        Stream<String> present =
                SIGNED.stream().filter(name -> header.contains("\r\n" + name.toLowerCase(Locale.ROOT) + ":"));
        Stream<String> once = header.contains("\r\nreply-to:") ? Stream.of("From", "Reply-To") : Stream.of("From");
        String names = Stream.concat(Stream.concat(present, once), Stream.of("Reply-To"))
                .collect(Collectors.joining(": "));
        return "v=1; a=rsa-sha256; c=relaxed/relaxed; d=" + domain + "; s=" + selector + "; h=" + names + "; bh=; b=";
    }

    /** Folds at spaces, which relaxed canonicalization allows, and within the unsigned value of b=. */
    private static String folded(String value) {
        String pieces = Stream.of(value.strip().split("\\s+"))
                .map(word -> word.startsWith("b=") ? word.replaceAll("(.{" + LONGEST_PIECE + "})(?=.)", "$1 ") : word)
                .collect(Collectors.joining(" "));
        return HeaderText.folded(HEADER, pieces);
    }
}
