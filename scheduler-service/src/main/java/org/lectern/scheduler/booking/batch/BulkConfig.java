package org.lectern.scheduler.booking.batch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits for bulk changes. */
@ConfigMapping(prefix = "lectern.bulk")
interface BulkConfig {

    /** The maximum number of bookings; all are locked and changed in one transaction. */
    @WithDefault("200")
    int maxBookings();

    /** How long a preview can be applied. */
    @WithDefault("30M")
    Duration previewValidity();
}
