package org.lectern.scheduler.planning.facts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;
import org.lectern.scheduler.planning.facts.Facts.Target;
import org.lectern.scheduler.planning.facts.Facts.Venue;
import org.lectern.scheduler.schedule.travel.Location;

/** The rooms of a branch, and the lecture halls near it. */
final class OptionFinder {

    /** As in the search for free halls. */
    private static final int CONSIDERED = 100;

    private static final int LONGEST_WAY = 120;

    private final Facts facts;
    private final Terms terms;
    private final Map<UUID, List<Venue>> rooms = new HashMap<>();
    private final List<Venue> halls = new ArrayList<>();
    /** Branches at one place, such as the units of one town, have the same halls. */
    private final Map<Location, List<Venue>> nearest = new HashMap<>();

    OptionFinder(Facts facts, Terms terms) {
        this.facts = facts;
        this.terms = terms;
        for (Venue each : facts.venues()) {
            UUID owner = each.ownerId();
            if (owner != null) {
                rooms.computeIfAbsent(owner, id -> new ArrayList<>()).add(each);
            }
            if (each.hall()) {
                halls.add(each);
            }
        }
    }

    /** In order of their codes. */
    List<Venue> rooms(Target branch, int most) {
        return rooms.getOrDefault(branch.id(), List.of()).stream()
                .filter(each -> isLargeEnough(each, branch))
                .limit(most)
                .toList();
    }

    /** The nearest ones first; of a branch without a place the first by code. */
    List<Venue> halls(Target branch, int most) {
        Location place =
                new Location(null, null, branch.spot().latitude(), branch.spot().longitude());
        return nearest.computeIfAbsent(place, this::byDistance).stream()
                .filter(each -> !branch.id().equals(each.ownerId())
                        && isLargeEnough(each, branch)
                        && facts.travel().minutes(branch.spot(), each.spot()).orElse(0) <= LONGEST_WAY)
                .limit(most)
                .toList();
    }

    private List<Venue> byDistance(Location place) {
        record Near(Venue hall, double distance) {}
        Comparator<Near> order = Comparator.comparingDouble(Near::distance)
                .thenComparing(near -> near.hall().code());
        PriorityQueue<Near> nearestHalls = new PriorityQueue<>(order.reversed());
        for (Venue hall : halls) {
            nearestHalls.add(new Near(hall, distance(place, hall.spot())));
            if (nearestHalls.size() > CONSIDERED) {
                nearestHalls.poll();
            }
        }
        return nearestHalls.stream().sorted(order).map(Near::hall).toList();
    }

    /** As the search for free halls has it: squares of degrees, those of longitude shortened. */
    private static double distance(Location one, Location other) {
        Double latitude = one.latitude();
        Double longitude = one.longitude();
        Double otherLatitude = other.latitude();
        Double otherLongitude = other.longitude();
        if (latitude == null || longitude == null || otherLatitude == null || otherLongitude == null) {
            return Double.MAX_VALUE;
        }
        double up = otherLatitude - latitude;
        double across = (otherLongitude - longitude) * Math.cos(Math.toRadians(latitude));
        return up * up + across * across;
    }

    private boolean isLargeEnough(Venue venue, Target branch) {
        Integer capacity = venue.capacity();
        Integer heads = branch.heads();
        return !terms.headCounts() || capacity == null || heads == null || heads <= capacity;
    }
}
