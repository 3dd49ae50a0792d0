package org.lectern.scheduler.booking.series;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits for series. */
@ConfigMapping(prefix = "lectern.series")
interface SeriesConfig {

    /** The maximum number of occurrences; all are booked in one transaction. */
    @WithDefault("104")
    int maxOccurrences();
}
