package org.lectern.notification.channel.chat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a robot is, and what proves that one may speak through it. The address that a platform shows holds the robot's
 * key, so it is kept encrypted; in its place stands a fingerprint, by which an owner recognises it and the same robot is
 * not entered twice.
 *
 * @param url as the platform shows it
 * @param signingSecret if the robot checks signatures
 */
record RobotAddress(String url, @Nullable String signingSecret) {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{8,128}");

    /** The robot a text names, if it begins as one of those and goes on with nothing but a key. */
    static Optional<RobotAddress> parse(String text, @Nullable String signingSecret, List<String> beginnings) {
        return beginnings.stream()
                .filter(text::startsWith)
                .filter(beginning ->
                        KEY.matcher(text.substring(beginning.length())).matches())
                .findFirst()
                .map(beginning -> new RobotAddress(text, signingSecret));
    }

    /** As it is shown. */
    String shown() {
        int key = Math.max(url.lastIndexOf('/'), url.lastIndexOf('=')) + 1;
        return url.substring(0, key) + "***" + fingerprint();
    }

    private String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(url.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM lacks SHA-256", e);
        }
    }

    /** As it is kept. */
    String kept() {
        return signingSecret == null ? url : url + "\n" + signingSecret;
    }

    static RobotAddress ofKept(String kept) {
        int end = kept.indexOf('\n');
        return end < 0
                ? new RobotAddress(kept, null)
                : new RobotAddress(kept.substring(0, end), kept.substring(end + 1));
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "robot";
    }
}
