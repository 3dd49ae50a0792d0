package org.lectern.notification.calendar;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of calendar feeds. */
@ConfigMapping(prefix = "lectern.feed")
interface FeedConfig {

    /** How long a feed shows a lecture after its end. */
    @WithDefault("90D")
    Duration pastShownFor();

    /** How long a feed shows a cancelled lecture as cancelled, so that no calendar misses the cancellation. */
    @WithDefault("30D")
    Duration cancelledShownFor();

    /** The refresh interval that feeds suggest to calendars. */
    @WithDefault("1h")
    Duration refreshInterval();

    /** The largest number of lectures in a feed. The latest ones are kept. */
    @WithDefault("2000")
    int maxEntries();

    /** The largest number of feeds per branch or lecturer. */
    @WithDefault("20")
    int maxPerOwner();
}
