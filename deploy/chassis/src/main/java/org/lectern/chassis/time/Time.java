package org.lectern.chassis.time;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;

/** The only source of the current time. */
public final class Time {

    /** UTC in whole microseconds, PostgreSQL's precision, so that a stored time reads back unchanged. */
    @Produces
    @ApplicationScoped
    public static Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000));
    }
}
