package org.lectern.scheduler.planning.facts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.planning.search.Instance;
import org.lectern.scheduler.planning.search.Travel;
import org.lectern.scheduler.schedule.travel.Location;
import org.lectern.scheduler.schedule.travel.TravelTimes;

/** The locations of a plan, numbered, and the travel times between them as booking computes them. */
final class Atlas {

    private static final double KILOMETRES_PER_DEGREE = 111.2;
    /** Up to this number all travel times are computed once; above, the recent ones are kept. */
    private static final int MOST_IN_A_MATRIX = 500;

    private static final int KEPT_BITS = 20;
    private static final int DAY = 24 * 60;

    private final TravelTimes times;
    private final List<Location> locations = new ArrayList<>();
    private final Map<Location, Integer> numbers = new HashMap<>();
    private int longest = -1;

    Atlas(TravelTimes times) {
        this.times = times;
    }

    int number(@Nullable Location location) {
        if (location == null) {
            return Instance.NOWHERE;
        }
        return numbers.computeIfAbsent(location, each -> {
            locations.add(each);
            return locations.size() - 1;
        });
    }

    int minutes(int from, int to) {
        return from < 0 || to < 0
                ? 0
                : times.minutes(locations.get(from), locations.get(to)).orElse(0);
    }

    /** Not for concurrent use. */
    Travel travel() {
        return locations.size() <= MOST_IN_A_MATRIX
                ? Travel.matrix(locations.size(), this::minutes)
                : Travel.recent(KEPT_BITS, this::minutes);
    }

    /** No way between two of the locations is longer. */
    int longest() {
        if (longest < 0) {
            longest = Math.max(times.longestKnown(), acrossTheBox());
        }
        return longest;
    }

    /** From one corner of the box around all locations to the opposite one, by two legs: never too short. */
    private int acrossTheBox() {
        double south = Double.MAX_VALUE;
        double north = -Double.MAX_VALUE;
        double west = Double.MAX_VALUE;
        double east = -Double.MAX_VALUE;
        for (Location each : locations) {
            Double latitude = each.latitude();
            Double longitude = each.longitude();
            if (latitude != null && longitude != null) {
                south = Math.min(south, latitude);
                north = Math.max(north, latitude);
                west = Math.min(west, longitude);
                east = Math.max(east, longitude);
            }
        }
        if (south > north) {
            return 0;
        }
        double nearestToEquator = south <= 0 && north >= 0 ? 0 : Math.min(Math.abs(south), Math.abs(north));
        return minutes(south, west, north, west) + minutes(nearestToEquator, west, nearestToEquator, east) + 2;
    }

    private int minutes(double latitude, double longitude, double otherLatitude, double otherLongitude) {
        return times.minutes(
                        new Location(null, null, latitude, longitude),
                        new Location(null, null, otherLatitude, otherLongitude))
                .orElse(0);
    }

    /** The longest way from a location to any other one. */
    int longestFrom(int location) {
        int most = 0;
        for (int other = 0; other < locations.size(); other++) {
            most = Math.max(most, minutes(location, other));
        }
        return Math.min(most, 2 * DAY);
    }

    /** Kilometres on a plane that touches the first location. */
    Instance.Positions positions() {
        double[] x = new double[locations.size()];
        double[] y = new double[locations.size()];
        double cosine = locations.stream()
                .filter(each -> each.latitude() != null)
                .mapToDouble(each -> Math.cos(Math.toRadians(number(each.latitude()))))
                .findFirst()
                .orElse(1);
        for (int i = 0; i < x.length; i++) {
            Location each = locations.get(i);
            x[i] = number(each.longitude()) * KILOMETRES_PER_DEGREE * cosine;
            y[i] = number(each.latitude()) * KILOMETRES_PER_DEGREE;
        }
        return new Instance.Positions(x, y);
    }

    private static double number(@Nullable Double degrees) {
        return degrees == null ? Double.NaN : degrees;
    }
}
