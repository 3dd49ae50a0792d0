package org.lectern.notification.confirmation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of address confirmation. Each message goes to a mailbox that did not request it, so the limits are low. */
@ConfigMapping(prefix = "lectern.confirmation")
interface ConfirmationConfig {

    /** Whether this process sends the messages. Any number of processes may. */
    @WithDefault("true")
    boolean enabled();

    /** How long the link in a message is valid. */
    @WithDefault("7D")
    Duration validFor();

    /** Messages about one endpoint per hour. */
    @WithDefault("3")
    int perEndpointAndHour();

    /** Messages to one address per day, for all branches together. */
    @WithDefault("10")
    int perAddressAndDay();

    /** Messages caused by one caller per hour. */
    @WithDefault("20")
    int perCallerAndHour();

    /** The interval between polls of the queue. */
    @WithDefault("1s")
    Duration pollInterval();

    /** The lease of an attempt; must be well above the longest time that a channel takes. */
    @WithDefault("60s")
    Duration lease();

    /** The backoff after the first failed attempt; it doubles with each further failure. */
    @WithDefault("10s")
    Duration initialBackoff();

    /** The largest backoff. */
    @WithDefault("1h")
    Duration maxBackoff();
}
