package org.lectern.chassis.time;

import java.time.OffsetDateTime;

/** The years of times that are accepted: anything else is a mistake, and some databases and calendars cannot hold it. */
public final class Years {

    private static final int FIRST = 1900;
    private static final int LAST = 2200;

    private Years() {}

    /** Whether a time is in one of the years 1900 to 2200, by its own offset. */
    public static boolean accept(OffsetDateTime time) {
        return accept(time.getYear());
    }

    /** Whether a year is one of 1900 to 2200. */
    public static boolean accept(int year) {
        return year >= FIRST && year <= LAST;
    }
}
