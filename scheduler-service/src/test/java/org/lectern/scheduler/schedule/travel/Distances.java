package org.lectern.scheduler.schedule.travel;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.lectern.scheduler.schedule.travel.TravelTimes.Known;

/** Travel times for tests without a database: a kilometre takes a minute, unless a pair of places says otherwise. */
public final class Distances {

    private Distances() {}

    public static TravelTimes aMinuteAKilometre() {
        return new TravelTimes(60, 1, Map.of());
    }

    /** A travel time in minutes between these two places, as entered by a person. */
    public static TravelTimes between(UUID place, UUID other, int minutes) {
        return new TravelTimes(60, 1, Map.of(Set.of(place, other), new Known(minutes, false)));
    }

    /**
     * A point this number of kilometres north of the equator, in the middle of the kilometre before so that it rounds
     * up.
     */
    public static Location kilometresNorth(int kilometres) {
        double degrees = (kilometres - 0.5) * 180 / (Math.PI * 6371.0088);
        return new Location(null, null, kilometres == 0 ? 0 : degrees, 0.0);
    }
}
