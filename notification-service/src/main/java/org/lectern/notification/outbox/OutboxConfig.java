package org.lectern.notification.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the outbox relay. */
@ConfigMapping(prefix = "lectern.outbox")
interface OutboxConfig {

    /** Whether this process publishes. Any number of processes may. */
    @WithDefault("true")
    boolean relayEnabled();

    /** The number of events that one transaction claims, sends and marks. */
    @WithDefault("200")
    int batchSize();

    /** The poll interval for events without a wake-up, such as those of a process that died. */
    @WithDefault("1s")
    Duration pollInterval();

    /** The longest backoff while Kafka or PostgreSQL is unavailable. */
    @WithDefault("5s")
    Duration maxBackoff();

    /** How long a batch waits for the broker's acknowledgement before a retry. */
    @WithDefault("10s")
    Duration sendTimeout();

    /** The retention of published events, for diagnosis. */
    @WithDefault("30D")
    Duration retention();
}
