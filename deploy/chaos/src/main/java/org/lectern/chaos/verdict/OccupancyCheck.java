package org.lectern.chaos.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.evidence.Evidence;
import org.lectern.chaos.evidence.Evidence.Travel;
import org.lectern.chaos.evidence.Evidence.Version;
import org.lectern.chaos.load.City.Coordinates;
import org.lectern.chaos.verdict.Violation.Promise;

/**
 * No lecturer, venue or branch, host or guest, is occupied twice at a time, and every lecturer has enough time to
 * travel.
 *
 * <p>Replays all changes in the order of their times, which are taken while the locks are held, and tracks the occupied
 * slots. A hold counts until it expires.
 */
final class OccupancyCheck {

    private static final Set<String> OCCUPYING = Set.of("HELD", "CONFIRMED", "COMPLETED");
    private static final double EARTH_RADIUS_KILOMETRES = 6371.0088;

    private final Evidence evidence;
    private final Violations violations;
    private final Map<String, Map<UUID, Occupation>> occupied = new HashMap<>();
    private final Map<UUID, Set<String>> resources = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    OccupancyCheck(Evidence evidence, Violations violations) {
        this.evidence = evidence;
        this.violations = violations;
    }

    /** The slot that a version occupies; {@code venue} is empty for a broadcast. */
    private record Occupation(UUID booking, Instant from, Instant until, Instant end, String venue, Set<String> takes) {

        static Occupation of(Version version) {
            JsonNode state = version.state();
            Instant end = Instant.MAX;
            if (States.status(state).equals("HELD")) {
                end = States.time(state.path("hold").path("expiresAt"), Instant.MAX);
            }
            return new Occupation(
                    version.subject(),
                    States.time(state.path("occupiedFrom"), States.time(state.path("start"), Instant.MIN)),
                    States.time(state.path("occupiedUntil"), States.time(state.path("end"), Instant.MAX)),
                    end,
                    States.id(state, "venue"),
                    resources(state));
        }

        private static Set<String> resources(JsonNode state) {
            Set<String> takes = new HashSet<>();
            for (String party : List.of("lecturer", "venue")) {
                String id = States.id(state, party);
                if (!id.isEmpty()) {
                    takes.add(party + " " + id);
                }
            }
            States.branches(state).forEach(branch -> takes.add("branch " + branch));
            return takes;
        }

        boolean overlaps(Occupation other) {
            return from.isBefore(other.until) && other.from.isBefore(until);
        }

        /** True if slot, venue and parties are the same. */
        boolean isPlacedLike(@Nullable Occupation before) {
            return before != null
                    && before.from.equals(from)
                    && before.until.equals(until)
                    && before.venue.equals(venue)
                    && before.takes.equals(takes);
        }
    }

    void check() {
        List<Version> inTime = evidence.bookings().versions().stream()
                .sorted(Comparator.comparing(Version::at).thenComparing(Version::version))
                .toList();
        for (Version version : inTime) {
            Occupation before = take(version.subject());
            if (OCCUPYING.contains(States.status(version.state()))) {
                Occupation taken = Occupation.of(version);
                occupy(version, taken);
                if (!taken.isPlacedLike(before)) {
                    travel(version, "lecturer " + States.id(version.state(), "lecturer"));
                }
            }
        }
    }

    /** Frees the slots that a booking occupied before. */
    private @Nullable Occupation take(UUID booking) {
        Occupation before = null;
        for (String resource : resources.getOrDefault(booking, Set.of())) {
            Occupation there = occupied.getOrDefault(resource, new HashMap<>()).remove(booking);
            before = there == null ? before : there;
        }
        resources.remove(booking);
        return before;
    }

    private void occupy(Version version, Occupation taken) {
        resources.put(version.subject(), taken.takes());
        for (String resource : taken.takes()) {
            Map<UUID, Occupation> there = occupied.computeIfAbsent(resource, any -> new LinkedHashMap<>());
            for (Occupation other : there.values()) {
                if (other.end().isAfter(version.at()) && taken.overlaps(other)) {
                    tell(
                            Promise.NO_OVERLAP,
                            resource + " was booked twice: by " + version.subject() + " version " + version.version()
                                    + " and by " + other.booking());
                }
            }
            there.put(version.subject(), taken);
        }
    }

    /**
     * Checks the travel between consecutive lectures with a place, as far as the changed one is concerned. A broadcast
     * in between can be given from anywhere, so the longest free interval counts.
     */
    private void travel(Version version, String lecturer) {
        List<Occupation> day = occupied.getOrDefault(lecturer, Map.of()).values().stream()
                .filter(each -> each.end().isAfter(version.at()))
                .sorted(Comparator.comparing(Occupation::from).thenComparing(Occupation::until))
                .toList();
        List<Occupation> leg = new ArrayList<>();
        for (Occupation next : day) {
            leg.add(next);
            if (next.venue().isEmpty()) {
                continue;
            }
            if (leg.size() > 1
                    && !leg.getFirst().venue().isEmpty()
                    && leg.stream().anyMatch(each -> each.booking().equals(version.subject()))) {
                judgeLeg(lecturer, leg);
            }
            leg = new ArrayList<>(List.of(next));
        }
    }

    private void judgeLeg(String lecturer, List<Occupation> leg) {
        Duration free = Duration.ofSeconds(Long.MIN_VALUE);
        for (int i = 1; i < leg.size(); i++) {
            Duration gap = Duration.between(leg.get(i - 1).until(), leg.get(i).from());
            free = gap.compareTo(free) > 0 ? gap : free;
        }
        Occupation from = leg.getFirst();
        Occupation to = leg.getLast();
        long needed = minutes(evidence.travel(), from.venue(), to.venue());
        if (!free.isNegative() && needed > free.toMinutes()) {
            tell(
                    Promise.TRAVEL_IS_POSSIBLE,
                    lecturer + " has " + free.toMinutes() + " minutes for " + needed + " from " + from.booking()
                            + " to " + to.booking());
        }
    }

    /** Whole minutes, rounded up; empty if a place is unknown. */
    static long minutes(Travel travel, String from, String to) {
        Coordinates one = travel.venues().get(from);
        Coordinates other = travel.venues().get(to);
        if (from.equals(to) || one == null || other == null) {
            return 0;
        }
        double latitudes = Math.toRadians(other.latitude() - one.latitude()) / 2;
        double longitudes = Math.toRadians(other.longitude() - one.longitude()) / 2;
        double chord = Math.pow(Math.sin(latitudes), 2)
                + Math.cos(Math.toRadians(one.latitude()))
                        * Math.cos(Math.toRadians(other.latitude()))
                        * Math.pow(Math.sin(longitudes), 2);
        double kilometres = 2 * EARTH_RADIUS_KILOMETRES * Math.asin(Math.sqrt(Math.min(1, chord)));
        double minutes = kilometres * travel.detour() / travel.kilometresPerHour() * 60;
        return (long) Math.ceil(Math.round(minutes * 1e6) / 1e6);
    }

    private void tell(Promise promise, String what) {
        if (told.add(what)) {
            violations.add(promise, what);
        }
    }
}
