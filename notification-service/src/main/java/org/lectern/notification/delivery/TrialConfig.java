package org.lectern.notification.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits for tests and verifications of endpoints. */
@ConfigMapping(prefix = "lectern.trial")
interface TrialConfig {

    /** Per endpoint and minute. */
    @WithDefault("5")
    int perEndpoint();

    /** Per caller and minute. */
    @WithDefault("20")
    int perCaller();
}
