package org.lectern.scheduler.schedule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.OptionalInt;

/** Settings for availability. */
@ConfigMapping(prefix = "lectern.availability")
public interface AvailabilityConfig {

    /** The default zone of lecturers and venues. */
    @WithDefault("Asia/Shanghai")
    ZoneId defaultZone();

    /** The default hours of lecturers without weekly windows. */
    @WithDefault("00:00-24:00")
    String defaultHours();

    /** The times of day that suggestions use; other times can still be booked. */
    @WithDefault("08:30-21:00")
    String searchHours();

    /** The interval between proposed starts. */
    @WithDefault("30M")
    Duration searchStep();

    /** The default limit of lectures per day and lecturer; empty means unlimited. */
    OptionalInt lecturesPerDay();

    /** The default limit of lectures per ISO week and lecturer; empty means unlimited. */
    OptionalInt lecturesPerWeek();

    /**
     * Lectures a day that suggestions and plans give a lecturer without a limit, those booked already included. Booking
     * by hand has no such limit.
     */
    @WithDefault("4")
    int proposedPerDay();

    /** The default notice period of lecturers, in hours. */
    @WithDefault("0")
    int noticeHours();

    /** The longest searchable range. */
    @WithDefault("31D")
    Duration maxSearchRange();

    /** Ranking points by tier. */
    Map<String, Integer> tierPoints();
}
