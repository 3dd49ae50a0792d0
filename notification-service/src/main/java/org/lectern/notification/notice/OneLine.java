package org.lectern.notification.notice;

import java.util.regex.Pattern;

/**
 * Makes what people wrote fit for one line of a notice: line ends and other control characters become spaces, and marks
 * that turn the direction of text around go away, so that nobody can forge a line or hide one.
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
