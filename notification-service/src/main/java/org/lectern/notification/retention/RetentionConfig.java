package org.lectern.notification.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the removal of old data. */
@ConfigMapping(prefix = "lectern.retention")
interface RetentionConfig {

    /** How long notices, deliveries and everything about them stay after the end of their lecture; at least a year. */
    @WithDefault("730D")
    Duration afterLecture();

    /**
     * How long decided quarantined records, finished confirmations and tests of endpoints, and revoked calendar
     * addresses stay; at least a year.
     */
    @WithDefault("730D")
    Duration records();

    /** The pause between two rounds. */
    @WithDefault("1h")
    Duration interval();

    /** The pause between two steps of a round, so that removal never crowds out other work. */
    @WithDefault("200ms")
    Duration pause();

    /** The largest number of notices removed in one step. */
    @WithDefault("500")
    int batchSize();
}
