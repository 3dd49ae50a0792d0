package org.lectern.scheduler.schedule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.OptionalInt;

/** What an organisation decides about availability. */
@ConfigMapping(prefix = "lectern.availability")
public interface AvailabilityConfig {

    /** The zone of lecturers and venues that name none. */
    @WithDefault("Asia/Shanghai")
    ZoneId defaultZone();

    /** When a lecturer can be had who has no weekly windows. */
    @WithDefault("00:00-24:00")
    String usualHours();

    /** The times of a day that are proposed; other times can be booked all the same. */
    @WithDefault("08:30-21:00")
    String proposedHours();

    /** How far apart the proposed starts are. */
    @WithDefault("30M")
    Duration step();

    /** Lectures a day for a lecturer who has no limit of his own; without a value there is none. */
    OptionalInt lecturesPerDay();

    /** Lectures an ISO week for a lecturer who has no limit of his own; without a value there is none. */
    OptionalInt lecturesPerWeek();

    /** Notice for a lecturer who asks for none of his own. */
    @WithDefault("0")
    int noticeHours();

    /** The longest range that is searched. */
    @WithDefault("31D")
    Duration longestSearch();

    /** Points in favour of a lecturer of each tier. */
    Map<String, Integer> tierPoints();
}
