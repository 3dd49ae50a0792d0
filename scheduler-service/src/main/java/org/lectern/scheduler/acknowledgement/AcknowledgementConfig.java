package org.lectern.scheduler.acknowledgement;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How acknowledgements are read from Kafka. */
@ConfigMapping(prefix = "lectern.acknowledgements")
interface AcknowledgementConfig {

    /** Whether this process reads them; any number of processes may. */
    @WithDefault("true")
    boolean intakeEnabled();

    /** The consumer group. */
    @WithDefault("lectern-scheduler")
    String group();

    /** The longest pause between attempts while Kafka or PostgreSQL is away. */
    @WithDefault("10s")
    Duration longestPause();
}
