package org.lectern.notification.followup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** Settings of reminders. */
@ConfigMapping(prefix = "lectern.reminder")
interface ReminderConfig {

    /** Whether this process sends reminders. Any number of processes may. */
    @WithDefault("true")
    boolean enabled();

    /** The times before a lecture at which its branches are reminded. */
    @WithDefault("7D,1D,2h")
    List<Duration> before();

    /** The interval between rounds. */
    @WithDefault("30s")
    Duration pollInterval();

    /** The span before now that a regular round searches. At the same interval, a round searches everything. */
    @WithDefault("10m")
    Duration lookBack();

    /** The largest number of lectures per round. */
    @WithDefault("500")
    int batchSize();
}
