package org.lectern.scheduler.booking;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Booking rules that an organization configures. */
@ConfigMapping(prefix = "lectern.booking")
interface BookingConfig {

    /** The available formats. */
    @WithDefault("lecture,story-telling,panel,field-class,broadcast")
    Set<String> formats();

    /** The formats that use a join link and need no venue. */
    @WithDefault("broadcast")
    Set<String> remoteFormats();

    /** How far in the past a lecture may be recorded. */
    @WithDefault("31D")
    Duration backdating();

    /** How far ahead a lecture may be booked. */
    @WithDefault("1096D")
    Duration horizon();

    /** The shortest lecture. */
    @WithDefault("5M")
    Duration minDuration();

    /** The longest lecture; the database allows at most 24 hours. */
    @WithDefault("12H")
    Duration maxDuration();

    /** The buffers around a lecture, by format. */
    Map<String, Buffer> buffers();

    /** Limits for holds. */
    Holds holds();

    /**
     * Time that a booking occupies beside the lecture. Stored with the booking, so later configuration does not affect
     * it.
     */
    interface Buffer {

        /** Setup time before the lecture. */
        @WithDefault("0M")
        Duration setup();

        /** Teardown time after the lecture. */
        @WithDefault("0M")
        Duration teardown();
    }

    /** Reservations before confirmation. */
    interface Holds {

        /** The shortest hold. */
        @WithDefault("1M")
        Duration minDuration();

        /** The longest hold, from now. */
        @WithDefault("14D")
        Duration maxDuration();

        /** The default duration of a hold. */
        @WithDefault("48H")
        Duration defaultDuration();

        /** The maximum number of holds per organizer; 0 means unlimited. */
        @WithDefault("100")
        int maxPerOrganizer();

        /** The interval of the sweep that ends expired holds. */
        @WithDefault("5s")
        Duration sweepInterval();
    }
}
