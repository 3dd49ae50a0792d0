package org.lectern.scheduler.schedule.travel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What distances are turned into minutes with. */
@ConfigMapping(prefix = "lectern.travel")
interface TravelConfig {

    /** How fast lecturers travel on the average. */
    @WithDefault("40")
    double kilometresPerHour();

    /** How much longer a road is than the great circle. */
    @WithDefault("1.3")
    double detour();
}
