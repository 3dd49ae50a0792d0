package org.lectern.scheduler.schedule.travel;

import java.util.OptionalInt;

/**
 * A source of real travel times. A CDI bean of this type replaces the formula. Each pair of places is queried once and
 * stored until a place moves. The call happens under the row lock of a lecturer, so it must answer from memory or give
 * up within a second. Without an answer the formula applies once.
 */
public interface TravelProvider {

    /** Whole minutes between two places, or empty if unknown. Both have coordinates. */
    OptionalInt minutes(Location from, Location to);
}
