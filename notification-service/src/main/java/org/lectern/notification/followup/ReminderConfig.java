package org.lectern.notification.followup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** When branches are reminded of their lectures. */
@ConfigMapping(prefix = "lectern.reminder")
interface ReminderConfig {

    /** Whether this process reminds; any number of processes may. */
    @WithDefault("true")
    boolean enabled();

    /** How long before a lecture its branches are reminded of it. */
    @WithDefault("7D,1D,2h")
    List<Duration> before();

    /** How often it is looked who is to be reminded. */
    @WithDefault("30s")
    Duration pollInterval();

    /** A round looks at what has come due within this time, and at all that is due as often. */
    @WithDefault("10m")
    Duration lookBack();

    /** How many lectures are looked at in a round at most. */
    @WithDefault("500")
    int batchSize();
}
