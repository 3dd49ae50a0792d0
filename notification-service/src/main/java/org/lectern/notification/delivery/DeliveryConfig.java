package org.lectern.notification.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** Settings of the delivery queue. */
@ConfigMapping(prefix = "lectern.delivery")
public interface DeliveryConfig {

    /** Whether this process delivers. Any number of processes may. */
    @WithDefault("true")
    boolean enabled();

    /** The largest number of concurrent attempts in this process. */
    @WithDefault("16")
    int concurrency();

    /** The largest number of concurrent deliveries to one endpoint, so that a slow one cannot occupy all workers. */
    @WithDefault("2")
    int concurrencyPerEndpoint();

    /** The lease of an attempt; must be well above the longest time that a channel takes. */
    @WithDefault("60s")
    Duration lease();

    /** The interval between polls of the queue when no wake-up arrives. */
    @WithDefault("1s")
    Duration pollInterval();

    /** The interval at which expired deliveries are ended and gauges are updated. */
    @WithDefault("15s")
    Duration sweepInterval();

    /** The backoff before each attempt. The number of entries is the number of attempts. */
    @WithDefault("0s,5s,30s,2m,10m,30m,2h,5h,10h,14h,20h,24h")
    List<Duration> retrySchedule();

    /**
     * How long a delivery that is not urgent waits for further changes to the same booking, to coalesce them; 0
     * disables coalescing and the wait.
     */
    @WithDefault("2m")
    Duration coalescingWindow();

    /** How long an endpoint must fail before a fallback endpoint of the branch is used. */
    @WithDefault("15m")
    Duration fallbackAfter();

    /** How long after the end of its lecture a notice is still delivered. */
    @WithDefault("24h")
    Duration expiresAfterLecture();

    /** How long a notice that is not about a lecture is delivered. */
    @WithDefault("14D")
    Duration expiresWithoutLecture();

    /** The shortest lifetime of a delivery after a manual resend. */
    @WithDefault("24h")
    Duration expiresAfterResend();

    /** How long a stopping process waits for attempts under way. */
    @WithDefault("15s")
    Duration drainTimeout();
}
