package org.lectern.scheduler.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the relay. */
@ConfigMapping(prefix = "lectern.outbox")
interface OutboxConfig {

    /** Whether this process publishes; any number of processes may. */
    @WithDefault("true")
    boolean relayEnabled();

    /** The maximum number of events of a lane per transaction. */
    @WithDefault("1000")
    int batchSize();

    /** The poll interval for events without a wake-up, such as those of a process that died. */
    @WithDefault("500ms")
    Duration pollInterval();

    /** The longest pause between attempts while Kafka or PostgreSQL is unavailable. */
    @WithDefault("5s")
    Duration maxBackoff();

    /** The longest wait for the broker's acknowledgement of a batch before its events are retried. */
    @WithDefault("10s")
    Duration sendTimeout();

    /** The measuring interval of age and size of the queue. */
    @WithDefault("5s")
    Duration metricsInterval();

    /**
     * How long published events can be replayed, since they were written or last replayed. Events of future lectures
     * and of branches are kept longer.
     */
    @WithDefault("30D")
    Duration retention();

    /** The interval for deleting older events. */
    @WithDefault("1h")
    Duration pruneInterval();

    /** The maximum number of events per replay. */
    @WithDefault("10000")
    int maxReplayedEvents();
}
