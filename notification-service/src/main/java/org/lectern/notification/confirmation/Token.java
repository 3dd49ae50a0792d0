package org.lectern.notification.confirmation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lectern.notification.secret.Secrets;

/** The secret part of a link: 32 random octets in base64url. Only its SHA-256 hash is kept. */
final class Token {

    private static final int OCTETS = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private Token() {}

    static String random() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.random(OCTETS));
    }

    /** The hash of a token; nothing for a text that cannot be one. */
    static Optional<byte[]> hash(String token) {
        return FORM.matcher(token).matches() ? Optional.of(sha256(token)) : Optional.empty();
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
