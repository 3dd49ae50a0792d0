package org.lectern.scheduler.csv;

/** Text of a file as a message quotes it: a long one is cut, so that the size of a message is bounded. */
final class Quoted {

    private Quoted() {}

    /** The text, or its first so many code points with an ellipsis. */
    static String of(String text, int most) {
        return text.codePointCount(0, Math.min(text.length(), 2 * most + 1)) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
    }
}
