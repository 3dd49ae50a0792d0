package org.lectern.scheduler.csv;

/** Quotes text of a file in a message, truncated so that the message size is bounded. */
final class Quoted {

    private Quoted() {}

    /** The text, or its first code points with an ellipsis. */
    static String of(String text, int most) {
        return text.codePointCount(0, Math.min(text.length(), 2 * most + 1)) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
    }
}
