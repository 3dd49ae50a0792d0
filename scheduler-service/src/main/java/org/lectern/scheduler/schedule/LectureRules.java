package org.lectern.scheduler.schedule;

import java.time.Duration;
import java.util.Set;

/** Lecture settings that the search needs; the booking package provides them. */
public interface LectureRules {

    /** The available formats. */
    Set<String> formats();

    /** Whether lectures of this format use a join link and need no venue. */
    boolean isRemote(String format);

    /** The setup time before a lecture, during which its lecturer, venue and branch are occupied. */
    Duration setup(String format);

    /** The teardown time after a lecture. */
    Duration teardown(String format);

    /** How far ahead a lecture may be booked. */
    Duration horizon();

    Duration shortest();

    Duration longest();
}
