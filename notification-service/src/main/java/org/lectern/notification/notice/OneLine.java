package org.lectern.notification.notice;

import java.util.regex.Pattern;

/**
 * Makes text from people fit into one line of a notice. Line ends and other control characters become spaces, and
 * bidirectional marks are removed, so that no text can forge or hide a line.
 */
final class OneLine {

    private static final Pattern DIRECTION = Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069\\u200E\\u200F]");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

    private OneLine() {}

    static String of(String text) {
        return CONTROL.matcher(DIRECTION.matcher(text).replaceAll(""))
                .replaceAll(" ")
                .strip();
    }
}
