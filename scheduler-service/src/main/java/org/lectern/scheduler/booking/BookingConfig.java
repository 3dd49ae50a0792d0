package org.lectern.scheduler.booking;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** The rules of booking that an organisation sets for itself. */
@ConfigMapping(prefix = "lectern.booking")
interface BookingConfig {

    /** How a lecture can be given. */
    @WithDefault("lecture,story-telling,panel,field-class,broadcast")
    Set<String> formats();

    /** The formats that are watched by a join link and need no venue. */
    @WithDefault("broadcast")
    Set<String> remoteFormats();

    /** How far back a lecture may lie that is only recorded now. */
    @WithDefault("31D")
    Duration backdating();

    /** How far ahead a lecture may be booked. */
    @WithDefault("1096D")
    Duration horizon();

    /** The shortest lecture. */
    @WithDefault("5M")
    Duration shortest();

    /** The longest lecture; the database allows at most 24 hours. */
    @WithDefault("12H")
    Duration longest();

    /** What a lecture needs beside its own time, by format. */
    Map<String, Buffer> buffers();

    /** How long slots may be held. */
    Holds holds();

    /** Part of what a booking occupies; the booking keeps it when the configuration changes. */
    interface Buffer {

        /** To set up before the lecture. */
        @WithDefault("0M")
        Duration setup();

        /** To clear up after it. */
        @WithDefault("0M")
        Duration teardown();
    }

    /** Reserving a slot before it is confirmed. */
    interface Holds {

        /** The shortest hold. */
        @WithDefault("1M")
        Duration shortest();

        /** The longest hold, from now. */
        @WithDefault("14D")
        Duration longest();

        /** How long a slot is held when nobody says how long. */
        @WithDefault("48H")
        Duration usual();

        /** How many slots one organizer may hold at once; 0 for any number. */
        @WithDefault("100")
        int mostPerOrganizer();

        /** How often holds that nobody asks for are looked through for those whose time is over. */
        @WithDefault("5s")
        Duration sweepInterval();
    }
}
