package org.lectern.scheduler.request;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings for requests. */
@ConfigMapping(prefix = "lectern.requests")
interface RequestConfig {

    /** The maximum number of open requests per branch. */
    @WithDefault("20")
    int maxOpenPerBranch();

    /** How long an offer is valid. */
    @WithDefault("24H")
    Duration offerDuration();

    /** The minimum lead time for automatic offers. */
    @WithDefault("4H")
    Duration minLeadTime();

    /** Whether time that becomes free is offered automatically. */
    @WithDefault("true")
    boolean offerFreedSlots();

    /** The interval of the sweep for freed time and expired offers. */
    @WithDefault("2s")
    Duration sweepInterval();
}
