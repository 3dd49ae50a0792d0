package org.lectern.chassis.time;

import java.time.OffsetDateTime;

/** The accepted years of times. Other years are mistakes, and some databases and calendars cannot represent them. */
public final class Years {

    private static final int FIRST = 1900;
    private static final int LAST = 2200;

    private Years() {}

    /** Whether a time, by its own offset, is in the years 1900 to 2200. */
    public static boolean accept(OffsetDateTime time) {
        return accept(time.getYear());
    }

    /** Whether a year is in the range 1900 to 2200. */
    public static boolean accept(int year) {
        return year >= FIRST && year <= LAST;
    }
}
