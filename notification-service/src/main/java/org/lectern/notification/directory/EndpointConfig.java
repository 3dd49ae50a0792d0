package org.lectern.notification.directory;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many endpoints a branch can have. */
@ConfigMapping(prefix = "lectern.endpoint")
interface EndpointConfig {

    /** E-mail addresses of one branch. */
    @WithDefault("10")
    int mailboxesPerBranch();

    /** Endpoints of one branch over all channels. */
    @WithDefault("20")
    int perBranch();
}
