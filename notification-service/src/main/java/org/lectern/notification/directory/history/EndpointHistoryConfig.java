package org.lectern.notification.directory.history;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long changes of endpoints are kept. */
@ConfigMapping(prefix = "lectern.endpoint-history")
interface EndpointHistoryConfig {

    /** The database refuses to delete what is younger than a year. */
    @WithDefault("3650D")
    Duration keptFor();
}
