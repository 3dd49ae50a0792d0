package org.lectern.scheduler.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the relay works. */
@ConfigMapping(prefix = "lectern.outbox")
interface OutboxConfig {

    /** Whether this process publishes; any number of processes may. */
    @WithDefault("true")
    boolean relayEnabled();

    /** How many events of a lane are claimed, sent and taken out of the queue in one transaction. */
    @WithDefault("1000")
    int batchSize();

    /** How often the relay looks for events that nobody woke it for: those of a process that died. */
    @WithDefault("500ms")
    Duration pollInterval();

    /** The longest pause between attempts while Kafka or PostgreSQL is away. */
    @WithDefault("5s")
    Duration longestPause();

    /** How long a batch may wait for the broker's acknowledgement before its events are tried again. */
    @WithDefault("10s")
    Duration sendTimeout();

    /** How often age and number of what waits are measured. */
    @WithDefault("5s")
    Duration measureInterval();

    /** How long published events can be sent again, since they were written or last asked for; those of lectures to come and of branches longer than that. */
    @WithDefault("30D")
    Duration keptFor();

    /** How often those older than that are removed. */
    @WithDefault("1h")
    Duration pruneInterval();

    /** How many events one replay may send again. */
    @WithDefault("10000")
    int mostReplayed();
}
