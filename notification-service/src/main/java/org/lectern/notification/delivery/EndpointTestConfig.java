package org.lectern.notification.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits for tests and verifications of endpoints. */
@ConfigMapping(prefix = "lectern.endpoint-test")
interface EndpointTestConfig {

    /** Per endpoint and minute. */
    @WithDefault("5")
    int perEndpointAndMinute();

    /** Per caller and minute. */
    @WithDefault("20")
    int perCallerAndMinute();
}
