package org.lectern.notification.notice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How notices are streamed. */
@ConfigMapping(prefix = "lectern.stream")
interface StreamConfig {

    /** How often the streams of this process look for notices that another process wrote. */
    @WithDefault("1s")
    Duration pollInterval();

    /** How often a comment is sent to a silent stream, so that nobody in between takes it for dead. */
    @WithDefault("15s")
    Duration heartbeat();

    /** How often it is checked that the caller may still see the branch. */
    @WithDefault("30s")
    Duration checkInterval();

    /** How long one event may take to be written before the client counts as gone. */
    @WithDefault("10s")
    Duration sendTimeout();

    /** How many streams one caller may have open in one process; one more replaces the oldest of the same caller. */
    @WithDefault("5")
    int perCaller();
}
