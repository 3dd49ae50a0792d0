package org.lectern.notification.calendar;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What calendars show that are subscribed to. */
@ConfigMapping(prefix = "lectern.feed")
interface FeedConfig {

    /** How long a lecture is shown after its end. */
    @WithDefault("90D")
    Duration shownAfterEnd();

    /** How long a lecture that was cancelled is shown as such, so that no calendar misses it. */
    @WithDefault("30D")
    Duration cancelledShownFor();

    /** How often calendars are asked to look again. */
    @WithDefault("1h")
    Duration refresh();

    /** How many lectures are shown at most: the latest ones. */
    @WithDefault("2000")
    int mostEntries();

    /** How many addresses one branch or lecturer may have at a time. */
    @WithDefault("20")
    int perOwner();
}
