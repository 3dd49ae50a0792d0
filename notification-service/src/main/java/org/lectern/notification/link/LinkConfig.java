package org.lectern.notification.link;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the links in messages. */
@ConfigMapping(prefix = "lectern.link")
interface LinkConfig {

    /** How long after its lecture a link still shows its notice. */
    @WithDefault("30D")
    Duration validAfterLecture();
}
