package org.lectern.local.demo;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Gives each lecture a venue: the branch's own room, otherwise the next free shared place. */
final class Rooms {

    private final Map<String, City.Venue> own;
    private final List<City.Venue> shared;
    private final Set<Place> taken = new HashSet<>();
    private int nextShared;

    /** A venue in one part of one day. */
    private record Place(String venueId, LocalDate day, int part) {}

    /** Rooms of branches that host are for their own lectures only. */
    Rooms(City city) {
        own = city.venues().stream()
                .filter(venue -> venue.branchId() != null)
                .collect(Collectors.toMap(venue -> String.valueOf(venue.branchId()), Function.identity(), (a, b) -> a));
        Set<String> hostIds = city.branches().stream()
                .filter(branch -> BookingPlan.HOSTS.contains(branch.kind()))
                .map(City.Branch::id)
                .collect(Collectors.toSet());
        shared = city.venues().stream()
                .filter(venue -> venue.branchId() == null || !hostIds.contains(venue.branchId()))
                .toList();
    }

    City.Venue take(City.Branch branch, LocalDate day, int part) {
        City.Venue room = own.get(branch.id());
        if (room != null && taken.add(new Place(room.id(), day, part))) {
            return room;
        }
        for (int i = 0; i < shared.size(); i++) {
            City.Venue venue = shared.get(nextShared++ % shared.size());
            if (taken.add(new Place(venue.id(), day, part))) {
                return venue;
            }
        }
        throw new IllegalStateException("No venue is left on " + day);
    }
}
