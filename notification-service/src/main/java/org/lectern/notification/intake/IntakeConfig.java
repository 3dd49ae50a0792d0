package org.lectern.notification.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How events are taken in. */
@ConfigMapping(prefix = "lectern.intake")
interface IntakeConfig {

    /** Whether this process consumes; any number of processes may, each gets its share of the partitions. */
    @WithDefault("true")
    boolean enabled();

    /** The consumer group. */
    @WithDefault("lectern-notification")
    String group();

    /** A name that stays the same over restarts (a pod's): the broker then waits for it instead of rebalancing. */
    Optional<String> instanceId();

    /** How many records at most are taken in with one transaction. */
    @WithDefault("100")
    int batchSize();

    /** The longest pause between attempts while PostgreSQL or Kafka is away. */
    @WithDefault("10s")
    Duration longestPause();

    /** How often held events are looked through for those whose time has come. */
    @WithDefault("5s")
    Duration sweepInterval();

    /** How long a stopping process waits for the batch under way. */
    @WithDefault("15s")
    Duration drainTimeout();
}
