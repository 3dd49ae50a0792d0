package org.lectern.scheduler.acknowledgement;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How acknowledgements are consumed from Kafka. */
@ConfigMapping(prefix = "lectern.acknowledgements")
interface AcknowledgementConfig {

    /** Whether this process consumes acknowledgements; any number of processes may. */
    @WithDefault("true")
    boolean intakeEnabled();

    /** The consumer group. */
    @WithDefault("lectern-scheduler")
    String group();

    /** The longest pause between attempts while Kafka or PostgreSQL is unavailable. */
    @WithDefault("10s")
    Duration maxBackoff();
}
