package org.lectern.scheduler.schedule.proposal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings for proposed changes of availability. */
@ConfigMapping(prefix = "lectern.availability-proposals")
interface ProposalConfig {

    /** The maximum number of open proposals per lecturer. */
    @WithDefault("20")
    int maxOpenPerLecturer();

    /** How long a decided proposal is kept: its reason may be personal. */
    @WithDefault("365D")
    Duration retention();
}
