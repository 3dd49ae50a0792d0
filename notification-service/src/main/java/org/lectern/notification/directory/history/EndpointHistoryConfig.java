package org.lectern.notification.directory.history;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the endpoint history. */
@ConfigMapping(prefix = "lectern.endpoint-history")
interface EndpointHistoryConfig {

    /** The retention. The database refuses to delete entries younger than a year. */
    @WithDefault("3650D")
    Duration retention();
}
