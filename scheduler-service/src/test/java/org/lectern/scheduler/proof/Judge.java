package org.lectern.scheduler.proof;

import com.google.errorprone.annotations.FormatMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.proof.Chronicle.Version;
import org.lectern.scheduler.proof.World.Point;

/**
 * Judges a history by the promises, independently of the code and constraints of the service. A booking occupies its
 * lecturer, venue and branches from one version until the next; a hold at most until it expires. Two bookings conflict
 * if they overlap both in the occupied time and in the time that their versions were current.
 */
final class Judge {

    private static final Map<String, Set<String>> FOLLOWERS = Map.of(
            "HELD",
                    Set.of(
                            "CONFIRMED",
                            "EXTENDED",
                            "RELEASED",
                            "EXPIRED",
                            "CHANGED",
                            "AMENDED",
                            "GUEST_JOINED",
                            "GUEST_LEFT",
                            "GUEST_REPLACED"),
            "CONFIRMED",
                    Set.of(
                            "CHANGED",
                            "AMENDED",
                            "CANCELLED",
                            "COMPLETED",
                            "GUEST_JOINED",
                            "GUEST_LEFT",
                            "GUEST_REPLACED"));

    private static final Set<String> PLACING = Set.of("CHANGED");

    private final World world;
    private final Chronicle chronicle;
    private final List<Complaint> complaints = new ArrayList<>();

    /** A broken promise and its case. */
    record Complaint(Kind kind, String what) {}

    /** The kind of broken promise. */
    enum Kind {
        LECTURER,
        VENUE,
        BRANCH,
        TRAVEL,
        BUFFER,
        VERSIONS,
        STATES,
        EVENTS,
        LOST,
        GHOST
    }

    /** A version and the period when it was current. */
    private record Standing(Version version, Instant since, Instant until) {}

    private Judge(World world, Chronicle chronicle) {
        this.world = world;
        this.chronicle = chronicle;
    }

    /**
     * @param acknowledged the actors of accepted changes, and how many bookings each changed
     * @param refused the actors of refused changes
     */
    static List<Complaint> judge(
            World world, Chronicle chronicle, Map<String, Integer> acknowledged, Collection<String> refused) {
        Judge judge = new Judge(world, chronicle);
        judge.versionsAndEvents();
        judge.acknowledgements(acknowledged, Set.copyOf(refused));
        List<Standing> standing = judge.standing();
        judge.buffers();
        judge.conflicts(Kind.LECTURER, standing, version -> Stream.of(version.lecturer()));
        judge.conflicts(Kind.VENUE, standing, version -> Stream.ofNullable(version.venue()));
        judge.conflicts(
                Kind.BRANCH,
                standing,
                version -> Stream.concat(Stream.of(version.host()), version.guests().stream())
                        .filter(branch -> !world.parallel().contains(branch)));
        world.lecturers().forEach(lecturer -> judge.ways(lecturer, standing));
        return judge.complaints;
    }

    @FormatMethod
    private void complain(Kind kind, String what, Object... arguments) {
        complaints.add(new Complaint(kind, what.formatted(arguments)));
    }

    private Collection<List<Version>> bookings() {
        return chronicle.versions().stream()
                .collect(Collectors.groupingBy(Version::booking))
                .values();
    }

    private void versionsAndEvents() {
        for (List<Version> versions : bookings()) {
            Version before = null;
            for (int i = 0; i < versions.size(); i++) {
                Version version = versions.get(i);
                if (version.number() != i + 1) {
                    complain(
                            Kind.VERSIONS,
                            "%s has version %d where %d belongs",
                            version.booking(),
                            version.number(),
                            i + 1);
                }
                if (before != null && version.at().isBefore(before.at())) {
                    complain(
                            Kind.VERSIONS,
                            "%s was changed at %s after %s",
                            version.booking(),
                            version.at(),
                            before.at());
                }
                boolean follows = before == null
                        ? Set.of("HELD", "CONFIRMED").contains(version.action())
                        : FOLLOWERS.getOrDefault(before.status(), Set.of()).contains(version.action());
                if (!follows) {
                    complain(
                            Kind.STATES,
                            "%s: %s after %s",
                            version.booking(),
                            version.action(),
                            before == null ? "nothing" : before.status());
                }
                int events = chronicle.events().getOrDefault(version.booking() + " " + version.number(), 0);
                if (events != 1) {
                    complain(Kind.EVENTS, "%s version %d has %d events", version.booking(), version.number(), events);
                }
                before = version;
            }
        }
        if (chronicle.events().size() > chronicle.versions().size()) {
            complain(Kind.EVENTS, "there are events of versions that do not exist");
        }
    }

    private void acknowledgements(Map<String, Integer> acknowledged, Set<String> refused) {
        Map<String, Long> changes =
                chronicle.versions().stream().collect(Collectors.groupingBy(Version::actor, Collectors.counting()));
        acknowledged.forEach((actor, expected) -> {
            long made = changes.getOrDefault(actor, 0L);
            if (made != expected) {
                complain(Kind.LOST, "%s changed %d bookings, and %d changes stand there", actor, expected, made);
            }
        });
        for (String actor : changes.keySet()) {
            if (refused.contains(actor)) {
                complain(Kind.GHOST, "the change of %s was refused and stands there", actor);
            }
        }
    }

    private void buffers() {
        for (Version version : chronicle.versions()) {
            boolean fieldClass = version.format().equals("field-class");
            Duration setup = Duration.ofMinutes(fieldClass ? 30 : 0);
            Duration teardown = Duration.ofMinutes(fieldClass ? 15 : 0);
            if (!version.occupiedFrom().equals(version.start().minus(setup))
                    || !version.occupiedUntil().equals(version.end().plus(teardown))) {
                complain(Kind.BUFFER, "%s does not take its buffers", version.booking());
            }
        }
    }

    private List<Standing> standing() {
        List<Standing> standing = new ArrayList<>();
        for (List<Version> versions : bookings()) {
            for (int i = 0; i < versions.size(); i++) {
                Version version = versions.get(i);
                Instant until = i + 1 < versions.size() ? versions.get(i + 1).at() : end(version);
                if (version.isActive() && version.at().isBefore(until)) {
                    standing.add(new Standing(version, version.at(), until));
                }
            }
        }
        return standing;
    }

    /**
     * When the last version of a booking stops to count: a hold counts until it expires, even if no process recorded
     * the expiry.
     */
    private static Instant end(Version last) {
        Instant expiry = last.holdExpiresAt();
        return last.status().equals("HELD") && expiry != null ? expiry : Instant.MAX;
    }

    private void conflicts(Kind kind, List<Standing> standing, Function<Version, Stream<UUID>> takes) {
        Map<UUID, List<Standing>> byResource = new HashMap<>();
        for (Standing each : standing) {
            takes.apply(each.version())
                    .forEach(resource -> byResource
                            .computeIfAbsent(resource, id -> new ArrayList<>())
                            .add(each));
        }
        byResource.forEach((resource, all) -> {
            all.sort(Comparator.comparing(each -> each.version().occupiedFrom()));
            for (int i = 0; i < all.size(); i++) {
                Version one = all.get(i).version();
                for (int j = i + 1; j < all.size(); j++) {
                    Version other = all.get(j).version();
                    if (!other.occupiedFrom().isBefore(one.occupiedUntil())) {
                        break;
                    }
                    if (!one.booking().equals(other.booking()) && together(all.get(i), all.get(j))) {
                        complain(
                                kind,
                                "%s: %s (version %d) and %s (version %d)",
                                resource,
                                one.booking(),
                                one.number(),
                                other.booking(),
                                other.number());
                    }
                }
            }
        });
    }

    private static boolean together(Standing one, Standing other) {
        return one.since().isBefore(other.until()) && other.since().isBefore(one.until());
    }

    /**
     * Replays a lecturer's days change by change. A new or moved lecture must leave one free interval for each trip. If
     * a lecture in between is gone, broadcasts may split that interval, but the total time must suffice.
     */
    private void ways(UUID lecturer, List<Standing> standing) {
        Map<Instant, List<Standing>> begins = new TreeMap<>();
        Map<Instant, List<Standing>> ends = new TreeMap<>();
        for (Standing each : standing) {
            if (each.version().lecturer().equals(lecturer)) {
                begins.computeIfAbsent(each.since(), at -> new ArrayList<>()).add(each);
                ends.computeIfAbsent(each.until(), at -> new ArrayList<>()).add(each);
            }
        }
        Set<Instant> moments = new TreeSet<>(begins.keySet());
        moments.addAll(ends.keySet());
        Map<UUID, Version> now = new HashMap<>();
        boolean strict = world.strict().contains(lecturer);
        for (Instant moment : moments) {
            for (Standing over : ends.getOrDefault(moment, List.of())) {
                now.remove(over.version().booking());
            }
            Set<UUID> placed = new HashSet<>();
            for (Standing begun : begins.getOrDefault(moment, List.of())) {
                Version version = begun.version();
                now.put(version.booking(), version);
                if ((version.number() == 1 || PLACING.contains(version.action()))
                        && !version.overridden().contains("lecturer-travel")) {
                    placed.add(version.booking());
                }
            }
            way(now.values(), placed, strict, moment);
        }
    }

    private void way(Collection<Version> lectures, Set<UUID> placed, boolean strict, Instant moment) {
        List<Version> line = new ArrayList<>(lectures);
        line.sort(Comparator.comparing(Version::occupiedFrom));
        Version from = null;
        boolean touched = false;
        long longest = 0;
        long total = 0;
        Version before = null;
        for (Version next : line) {
            if (before != null) {
                long free = Duration.between(before.occupiedUntil(), next.occupiedFrom())
                        .toMinutes();
                longest = Math.max(longest, free);
                total += Math.max(0, free);
            }
            touched = touched || placed.contains(next.booking());
            if (next.venue() != null) {
                if (from != null && (touched || strict)) {
                    Integer needed =
                            touched ? direct(from.venue(), next.venue()) : shortest(from.venue(), next.venue());
                    long there = touched ? longest : total;
                    if (needed != null && needed > there) {
                        complain(
                                Kind.TRAVEL,
                                "at %s: %d minutes from %s to %s, and %d are needed",
                                moment,
                                there,
                                from.booking(),
                                next.booking(),
                                needed);
                    }
                }
                from = next;
                touched = placed.contains(next.booking());
                longest = 0;
                total = 0;
            }
            before = next;
        }
    }

    /** The travel time that a new or moved lecture must leave free; null if a place is unknown. */
    private @Nullable Integer direct(@Nullable UUID from, @Nullable UUID to) {
        if (Objects.equals(from, to)) {
            return 0;
        }
        Integer known = world.knownMinutes().get(Set.of(from, to));
        Point one = world.places().get(from);
        Point other = world.places().get(to);
        return known != null ? known : one == null || other == null ? null : estimate(one, other);
    }

    /**
     * The shortest travel time over other places: after a cancellation the lecturer may still take the original route.
     */
    private @Nullable Integer shortest(@Nullable UUID from, @Nullable UUID to) {
        Map<UUID, Integer> best = new HashMap<>(Map.of(from, 0));
        for (int round = 0; round < world.places().size(); round++) {
            for (UUID over : List.copyOf(best.keySet())) {
                for (UUID next : world.places().keySet()) {
                    Integer leg = direct(over, next);
                    if (leg != null) {
                        best.merge(next, best.get(over) + leg, Math::min);
                    }
                }
            }
        }
        return best.get(to);
    }

    /** Uses the spherical law of cosines; the service uses another formula. */
    private int estimate(Point one, Point other) {
        if (one.equals(other)) {
            return 0;
        }
        double a = Math.toRadians(one.latitude());
        double b = Math.toRadians(other.latitude());
        double c = Math.toRadians(other.longitude() - one.longitude());
        double angle = Math.acos(Math.min(1, Math.sin(a) * Math.sin(b) + Math.cos(a) * Math.cos(b) * Math.cos(c)));
        double kilometres = 6371.0088 * angle;
        return (int) Math.ceil(kilometres * world.detour() / world.kilometresPerHour() * 60 - 1e-6);
    }
}
