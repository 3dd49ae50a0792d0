package org.lectern.notification.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Settings of the intake. */
@ConfigMapping(prefix = "lectern.intake")
interface IntakeConfig {

    /** Whether this process consumes. Any number of processes may; each gets a share of the partitions. */
    @WithDefault("true")
    boolean enabled();

    /** The consumer group. */
    @WithDefault("lectern-notification")
    String group();

    /**
     * A name that is stable over restarts, such as a pod's. The broker then waits for its return instead of
     * rebalancing.
     */
    Optional<String> instanceId();

    /** The largest number of records per transaction. */
    @WithDefault("100")
    int batchSize();

    /** The longest backoff while PostgreSQL or Kafka is unavailable. */
    @WithDefault("10s")
    Duration maxBackoff();

    /** The interval between searches for held events that can be processed. */
    @WithDefault("5s")
    Duration sweepInterval();

    /** How long a stopping process waits for the batch under way. */
    @WithDefault("15s")
    Duration drainTimeout();

    /** The retention of event ids. */
    @WithDefault("30D")
    Duration inboxRetention();

    /** Kafka's retention of events ({@code retention.ms} of the topics). Event ids must be kept at least as long. */
    @WithDefault("14D")
    Duration topicRetention();

    /**
     * Events before that time go to the inboxes without any delivery. Set it when the database is rebuilt from the
     * topics: to the time up to which the lost database had sent notices.
     */
    Optional<Instant> silentBefore();
}
