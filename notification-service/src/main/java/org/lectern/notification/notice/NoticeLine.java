package org.lectern.notification.notice;

import org.jspecify.annotations.Nullable;

/**
 * A line of a notice with its meaning.
 *
 * @param text the whole line
 * @param value the present value; the whole line when its meaning is unknown
 * @param before the value in the reader's last notice, if it changed
 */
public record NoticeLine(
        Meaning meaning,
        String text,
        String value,
        @Nullable String before) {

    /** The subject of a line. */
    public enum Meaning {
        TIME,
        LECTURER,
        VENUE,
        LINK,
        OTHER
    }
}
