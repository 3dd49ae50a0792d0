package org.lectern.notification.notice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of notices. */
@ConfigMapping(prefix = "lectern.notice")
public interface NoticeConfig {

    /** A notice is urgent if its lecture begins, or was to begin, within this time. Urgent notices never wait. */
    @WithDefault("24h")
    Duration urgentWithin();
}
