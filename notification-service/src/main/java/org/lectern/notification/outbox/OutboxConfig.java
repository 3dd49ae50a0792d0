package org.lectern.notification.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the relay works. */
@ConfigMapping(prefix = "lectern.outbox")
interface OutboxConfig {

    /** Whether this process publishes; any number of processes may. */
    @WithDefault("true")
    boolean relayEnabled();

    /** How many events are claimed, sent and marked in one transaction. */
    @WithDefault("200")
    int batchSize();

    /** How often the relay looks for events that nobody woke it for: those of a process that died. */
    @WithDefault("1s")
    Duration pollInterval();

    /** The longest pause between attempts while Kafka or PostgreSQL is away. */
    @WithDefault("5s")
    Duration longestPause();

    /** How long a batch may wait for the broker's acknowledgement before its events are tried again. */
    @WithDefault("10s")
    Duration sendTimeout();

    /** How long published events are kept for whoever has to look into them. */
    @WithDefault("30D")
    Duration keptFor();
}
