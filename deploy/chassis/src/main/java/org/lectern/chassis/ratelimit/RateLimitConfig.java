package org.lectern.chassis.ratelimit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** Rate limits per caller. */
@ConfigMapping(prefix = "lectern.rate-limit")
interface RateLimitConfig {

    /** Requests per caller and window, per process; 0 means unlimited. */
    @WithDefault("1200")
    int requests();

    @WithDefault("1m")
    Duration window();

    /** Requests per window for callers with their own quota, by token subject. */
    Map<String, Integer> overrides();

    /** Concurrent requests per caller, per process; 0 means unlimited. */
    @WithDefault("100")
    int maxConcurrent();

    /** Number of callers remembered; the least recently seen is dropped first. */
    @WithDefault("10000")
    int maxCallers();
}
