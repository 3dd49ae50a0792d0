package org.lectern.scheduler.schedule;

import java.time.Duration;
import java.util.Set;

/** What a search must know of lectures; the bookings know it. */
public interface LectureRules {

    /** How a lecture can be given. */
    Set<String> formats();

    /** Whether lectures of this format are watched by a join link and need no venue. */
    boolean isRemote(String format);

    /** What a lecture takes of its lecturer, venue and branch before it starts. */
    Duration setup(String format);

    /** What it takes after it ended. */
    Duration teardown(String format);

    /** How far ahead a lecture may be booked. */
    Duration horizon();

    Duration shortest();

    Duration longest();
}
