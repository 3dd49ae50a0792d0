package org.lectern.notification.link;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The links in messages. */
@ConfigMapping(prefix = "lectern.link")
interface LinkConfig {

    /** Where people reach this service, without a slash at the end; without it messages hold no link. */
    Optional<String> baseUrl();

    /** How long after its lecture a link still shows its notice. */
    @WithDefault("30D")
    Duration validAfterLecture();
}
