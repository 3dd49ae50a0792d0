package org.lectern.chassis.time;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;

/** The only place that asks the machine what time it is. */
public final class Time {

    /** UTC in whole microseconds: what PostgreSQL keeps, so that a time reads back as it was written. */
    @Produces
    @ApplicationScoped
    public static Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000));
    }
}
