package org.lectern.notification.notice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of notice streams. */
@ConfigMapping(prefix = "lectern.stream")
interface StreamConfig {

    /** The interval at which this process looks for notices of other processes. */
    @WithDefault("1s")
    Duration pollInterval();

    /** The interval of comments on an idle stream, so that proxies do not close it. */
    @WithDefault("15s")
    Duration heartbeat();

    /** The interval at which the caller's access to the branch is checked. */
    @WithDefault("30s")
    Duration checkInterval();

    /** How long the write of one event may take before the client counts as gone. */
    @WithDefault("10s")
    Duration sendTimeout();

    /** The largest number of open streams per caller and process; one more replaces the caller's oldest. */
    @WithDefault("5")
    int maxPerCaller();
}
