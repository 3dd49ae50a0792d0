package org.lectern.scheduler.request;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How requests are answered. */
@ConfigMapping(prefix = "lectern.requests")
interface RequestConfig {

    /** How many requests of one branch may be open at once. */
    @WithDefault("20")
    int mostOpenPerBranch();

    /** How long a branch may think about an offer. */
    @WithDefault("24H")
    Duration offerFor();

    /** What starts sooner than this is not offered by itself any more. */
    @WithDefault("4H")
    Duration shortestLead();

    /** Whether slots that become free are offered by themselves to branches that wait. */
    @WithDefault("true")
    boolean offerFreedSlots();

    /** How often freed slots and overdue offers are looked through. */
    @WithDefault("2s")
    Duration sweepInterval();
}
