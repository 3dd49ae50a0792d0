package org.lectern.scheduler.schedule.travel;

import java.util.OptionalInt;

/**
 * A source of travel times that knows the roads. A CDI bean of this type takes the place of the formula: each pair of
 * places is asked for once and kept until a place moves. It is asked while a lecturer's row is locked, so it has to
 * answer from memory or give up within a second; without an answer the formula counts for this time.
 */
public interface TravelProvider {

    /** Whole minutes from one place to the other, or nothing when it cannot say. Both have coordinates. */
    OptionalInt minutes(Location from, Location to);
}
