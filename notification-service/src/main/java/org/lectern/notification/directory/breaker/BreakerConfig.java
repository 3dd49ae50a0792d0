package org.lectern.notification.directory.breaker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the circuit breaker: when an endpoint counts as failing, and for how long nothing is sent. */
@ConfigMapping(prefix = "lectern.breaker")
interface BreakerConfig {

    /** The number of consecutive failures that opens the breaker. */
    @WithDefault("5")
    int failureThreshold();

    /** How long the breaker stays open; each consecutive opening doubles it. */
    @WithDefault("30s")
    Duration pause();

    /** The longest time that the breaker stays open. */
    @WithDefault("10m")
    Duration maxPause();
}
