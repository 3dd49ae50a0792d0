package org.lectern.notification.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many tests and verifications of endpoints there may be. */
@ConfigMapping(prefix = "lectern.trial")
interface TrialConfig {

    /** Of one endpoint in a minute. */
    @WithDefault("5")
    int perEndpoint();

    /** By one caller in a minute. */
    @WithDefault("20")
    int perCaller();
}
