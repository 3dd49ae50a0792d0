package org.lectern.scheduler.support;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.lectern.scheduler.schedule.travel.Location;
import org.lectern.scheduler.schedule.travel.TravelProvider;

/** A provider of travel times that knows only the pairs set by a test; the formula applies to all others. */
@ApplicationScoped
public class Roads implements TravelProvider {

    private final Map<Set<UUID>, Integer> minutes = new ConcurrentHashMap<>();

    public void takes(int minutes, UUID one, UUID other) {
        this.minutes.put(Set.of(one, other), minutes);
    }

    @Override
    public OptionalInt minutes(Location from, Location to) {
        Integer known = minutes.get(Set.of(from.venueId(), to.venueId()));
        return known == null ? OptionalInt.empty() : OptionalInt.of(known);
    }
}
