package org.lectern.notification.directory;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits for endpoints per branch. */
@ConfigMapping(prefix = "lectern.endpoint")
interface EndpointConfig {

    /** E-mail addresses per branch. */
    @WithDefault("10")
    int maxMailboxesPerBranch();

    /** Endpoints per branch over all channels. */
    @WithDefault("20")
    int maxPerBranch();
}
