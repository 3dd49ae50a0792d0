package org.lectern.notification.directory.breaker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When an endpoint counts as failing, and how long it is left alone then. */
@ConfigMapping(prefix = "lectern.breaker")
interface BreakerConfig {

    /** So many failures in a row open the breaker. */
    @WithDefault("5")
    int failures();

    /** How long nothing is sent to an endpoint whose breaker opened; each opening in a row doubles it. */
    @WithDefault("30s")
    Duration pause();

    /** How long at most. */
    @WithDefault("10m")
    Duration longestPause();
}
