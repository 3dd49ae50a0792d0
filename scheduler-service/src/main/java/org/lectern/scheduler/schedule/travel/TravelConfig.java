package org.lectern.scheduler.schedule.travel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings for estimating travel times. */
@ConfigMapping(prefix = "lectern.travel")
interface TravelConfig {

    /** The average travel speed. */
    @WithDefault("40")
    double kilometresPerHour();

    /** The factor from the great-circle distance to the road distance. */
    @WithDefault("1.3")
    double detourFactor();
}
