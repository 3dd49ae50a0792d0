package org.lectern.scheduler.schedule.travel;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Travel times as of one moment, for bulk estimates in memory. The database has the same rules ({@code travel_minutes})
 * and the last word.
 */
public final class TravelTimes {

    /** The maximum travel time. */
    static final int MOST_MINUTES = 2880;

    private static final double EARTH_RADIUS_KILOMETRES = 6371.0088;

    private final double kilometresPerHour;
    private final double detour;
    private final Map<Set<UUID>, Known> known;
    /** Most places have no known travel time: asking for their pairs would be in vain. */
    private final Set<UUID> places;

    /** A known travel time, and whether a provider rather than a person supplied it. */
    record Known(int minutes, boolean provided) {}

    TravelTimes(double kilometresPerHour, double detour, Map<Set<UUID>, Known> known) {
        this.kilometresPerHour = kilometresPerHour;
        this.detour = detour;
        this.known = Map.copyOf(known);
        places = known.keySet().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    /** No known travel time from or to any place is longer. */
    public int longestKnown() {
        return known.values().stream().mapToInt(Known::minutes).max().orElse(0);
    }

    /** Whole minutes, rounded up; empty when a place is unknown. */
    public OptionalInt minutes(@Nullable Location from, @Nullable Location to) {
        if (from == null || to == null) {
            return OptionalInt.empty();
        }
        if (from.venueId() != null && from.venueId().equals(to.venueId())) {
            return OptionalInt.of(0);
        }
        Known pair = known(from, to);
        if (pair != null) {
            return OptionalInt.of(pair.minutes());
        }
        Double latitude = from.latitude();
        Double longitude = from.longitude();
        Double otherLatitude = to.latitude();
        Double otherLongitude = to.longitude();
        return latitude == null || longitude == null || otherLatitude == null || otherLongitude == null
                ? OptionalInt.empty()
                : OptionalInt.of(formula(latitude, longitude, otherLatitude, otherLongitude));
    }

    private @Nullable Known known(Location from, Location to) {
        if (!isPlace(from) || !isPlace(to)) {
            return null;
        }
        Known provided = null;
        UUID[][] pairs = {
            {from.venueId(), to.venueId()},
            {from.venueId(), to.branchId()},
            {from.branchId(), to.venueId()},
            {from.branchId(), to.branchId()}
        };
        for (UUID[] pair : pairs) {
            if (pair[0] == null || pair[1] == null || pair[0].equals(pair[1])) {
                continue;
            }
            Known found = known.get(Set.of(pair[0], pair[1]));
            if (found != null && !found.provided()) {
                return found;
            }
            provided = provided == null ? found : provided;
        }
        return provided;
    }

    private boolean isPlace(Location end) {
        return (end.venueId() != null && places.contains(end.venueId()))
                || (end.branchId() != null && places.contains(end.branchId()));
    }

    /** The haversine distance, times detour, divided by speed. */
    private int formula(double latitude, double longitude, double otherLatitude, double otherLongitude) {
        double up = Math.sin(Math.toRadians(otherLatitude - latitude) / 2);
        double across = Math.sin(Math.toRadians(otherLongitude - longitude) / 2);
        double cosines = Math.cos(Math.toRadians(latitude)) * Math.cos(Math.toRadians(otherLatitude));
        double h = up * up + cosines * across * across;
        double kilometres = 2 * EARTH_RADIUS_KILOMETRES * Math.asin(Math.sqrt(Math.min(1, h)));
        double minutes = kilometres * detour / kilometresPerHour * 60;
        return (int) Math.min(MOST_MINUTES, Math.ceil(Math.rint(minutes * 1e6) / 1e6));
    }
}
