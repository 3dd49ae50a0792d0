package org.lectern.notification.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.Instant;
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

    /** How long the ids of events are remembered. */
    @WithDefault("30D")
    Duration inboxRetention();

    /** How long Kafka keeps events ({@code retention.ms} of the topics): ids must be remembered at least as long. */
    @WithDefault("14D")
    Duration topicRetention();

    /**
     * What happened before that moment goes into the inboxes but alerts nobody: when the database is rebuilt from the
     * topics, the moment up to which the lost one had told.
     */
    Optional<Instant> silentBefore();
}
