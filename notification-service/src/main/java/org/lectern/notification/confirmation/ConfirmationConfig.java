package org.lectern.notification.confirmation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How owners of addresses are asked. Each message goes to a mailbox that did not ask for it, so there are few. */
@ConfigMapping(prefix = "lectern.confirmation")
interface ConfirmationConfig {

    /** Whether this process sends the messages; any number of processes may. */
    @WithDefault("true")
    boolean enabled();

    /** How long the link in a message can be used. */
    @WithDefault("7D")
    Duration validFor();

    /** Messages about one endpoint in an hour. */
    @WithDefault("3")
    int perEndpointAndHour();

    /** Messages to one address in a day, for all branches together. */
    @WithDefault("10")
    int perAddressAndDay();

    /** Messages one caller can cause in an hour. */
    @WithDefault("20")
    int perCallerAndHour();

    /** How often the queue is looked at. */
    @WithDefault("1s")
    Duration pollInterval();

    /** How long an attempt belongs to the process that claimed it; well above the longest time a channel takes. */
    @WithDefault("60s")
    Duration lease();

    /** The pause after the first failed attempt; each further one doubles it. */
    @WithDefault("10s")
    Duration retryPause();

    /** How long that pause is at most. */
    @WithDefault("1h")
    Duration longestPause();
}
