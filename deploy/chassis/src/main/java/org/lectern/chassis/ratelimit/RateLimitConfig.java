package org.lectern.chassis.ratelimit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** How much one caller may ask. */
@ConfigMapping(prefix = "lectern.rate-limit")
interface RateLimitConfig {

    /** Requests of one caller in a window, per process; 0: any number. */
    @WithDefault("1200")
    int requests();

    @WithDefault("1m")
    Duration window();

    /** Requests of callers who have a quota of their own, by the subject of their tokens. */
    Map<String, Integer> of();

    /** Requests of one caller that are under way at once, per process; 0: any number. */
    @WithDefault("100")
    int concurrent();

    /** Callers remembered at once; who was not seen for longest is forgotten first. */
    @WithDefault("10000")
    int remembered();
}
