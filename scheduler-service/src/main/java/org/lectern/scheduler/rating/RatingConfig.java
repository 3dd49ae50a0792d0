package org.lectern.scheduler.rating;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings for ratings. */
@ConfigMapping(prefix = "lectern.ratings")
interface RatingConfig {

    /** How long after the end of a lecture it can be rated, and a rating be changed. */
    @WithDefault("30D")
    Duration period();
}
