package org.lectern.notification.notice;

import org.jspecify.annotations.Nullable;

/**
 * A line of a notice with what it says.
 *
 * @param text the whole line
 * @param value what it is now; the whole line when its meaning is not known
 * @param before what it was when the reader was told last, if it changed
 */
public record NoticeLine(
        Meaning meaning,
        String text,
        String value,
        @Nullable String before) {

    /** What a line is about. */
    public enum Meaning {
        TIME,
        LECTURER,
        VENUE,
        LINK,
        OTHER
    }
}
