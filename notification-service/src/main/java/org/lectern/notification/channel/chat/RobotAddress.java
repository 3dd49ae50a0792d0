package org.lectern.notification.channel.chat;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.outbound.Destination;

/**
 * The address of a robot and its signing secret. The address contains the robot's key, so it is stored encrypted. A
 * fingerprint replaces the key in the plain form: owners recognise the robot by it, and duplicates are detected.
 *
 * @param url as the platform shows it
 * @param signingSecret if the robot checks signatures
 */
record RobotAddress(String url, @Nullable String signingSecret) {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{8,128}");

    /** The robot that a text names. The text must be an allowed beginning followed by a key only. */
    static Optional<RobotAddress> parse(String text, @Nullable String signingSecret, List<String> beginnings) {
        return beginnings.stream()
                .filter(text::startsWith)
                .filter(beginning ->
                        KEY.matcher(text.substring(beginning.length())).matches())
                .findFirst()
                .map(beginning -> new RobotAddress(text, signingSecret));
    }

    /** The displayed form. */
    String shown() {
        int key = Math.max(url.lastIndexOf('/'), url.lastIndexOf('=')) + 1;
        return url.substring(0, key) + "***" + Destination.fingerprint(url);
    }

    /** The stored form. */
    String kept() {
        return signingSecret == null ? url : url + "\n" + signingSecret;
    }

    static RobotAddress ofKept(String kept) {
        int end = kept.indexOf('\n');
        return end < 0
                ? new RobotAddress(kept, null)
                : new RobotAddress(kept.substring(0, end), kept.substring(end + 1));
    }

    /** Omits the key. */
    @Override
    public String toString() {
        return "robot";
    }
}
