package org.lectern.notification.notice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How notices are written. */
@ConfigMapping(prefix = "lectern.notice")
public interface NoticeConfig {

    /** How soon a lecture begins, or was to begin, for its notice to be urgent: urgent ones wait for nothing. */
    @WithDefault("24h")
    Duration urgentWithin();
}
