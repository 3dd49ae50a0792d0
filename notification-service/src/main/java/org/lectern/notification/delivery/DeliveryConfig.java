package org.lectern.notification.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How the delivery queue works. */
@ConfigMapping(prefix = "lectern.delivery")
public interface DeliveryConfig {

    /** Whether this process delivers; any number of processes may. */
    @WithDefault("true")
    boolean enabled();

    /** How many attempts run at a time in this process. */
    @WithDefault("16")
    int concurrency();

    /** How many deliveries of one endpoint are under way at a time, so that a slow one cannot take every place. */
    @WithDefault("2")
    int perEndpoint();

    /** How long an attempt belongs to who claimed it; well above the longest time a channel takes. */
    @WithDefault("60s")
    Duration lease();

    /** How often the queue is looked at when nobody wakes the worker. */
    @WithDefault("1s")
    Duration pollInterval();

    /** How often expired deliveries are ended and the gauges read. */
    @WithDefault("15s")
    Duration sweepInterval();

    /** The pauses before the first, second, … attempt; there are as many attempts as pauses. */
    @WithDefault("0s,5s,30s,2m,10m,30m,2h,5h,10h,14h,20h,24h")
    List<Duration> retrySchedule();

    /**
     * How long a delivery that is not urgent waits for further changes to the same booking, so that they reach the branch
     * as one message; 0: it goes out at once and by itself.
     */
    @WithDefault("2m")
    Duration gatherFor();

    /** After how long of failing another endpoint of the branch steps in that is kept for that. */
    @WithDefault("15m")
    Duration fallbackAfter();

    /** How long after the end of its lecture a notice is still worth delivering. */
    @WithDefault("24h")
    Duration worthAfterLecture();

    /** How long a notice is worth delivering that is about no lecture. */
    @WithDefault("14D")
    Duration worthWithoutLecture();

    /** How long a delivery that is sent again by hand is worth delivering at least. */
    @WithDefault("24h")
    Duration worthAfterResend();

    /** How long a stopping process waits for the attempts under way. */
    @WithDefault("15s")
    Duration drainTimeout();
}
