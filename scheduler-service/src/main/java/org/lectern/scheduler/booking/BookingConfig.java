package org.lectern.scheduler.booking;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
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
}
