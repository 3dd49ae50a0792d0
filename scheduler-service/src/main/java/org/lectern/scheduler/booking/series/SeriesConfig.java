package org.lectern.scheduler.booking.series;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How long a series may be. */
@ConfigMapping(prefix = "lectern.series")
interface SeriesConfig {

    /** Occurrences at the most; all are booked in one transaction. */
    @WithDefault("104")
    int mostOccurrences();
}
