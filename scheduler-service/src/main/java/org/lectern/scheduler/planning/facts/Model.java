package org.lectern.scheduler.planning.facts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.planning.search.Cost;
import org.lectern.scheduler.planning.search.Instance;
import org.lectern.scheduler.planning.search.Instance.Shape;
import org.lectern.scheduler.planning.search.Plan;
import org.lectern.scheduler.planning.search.Problem;

/**
 * A problem for the search, and what its numbers mean. The items of a plan are its visits, in order. Not for concurrent
 * use: travel times are kept.
 */
public final class Model {

    private final Problem problem;
    private final Instant factsAt;
    private final List<Item> items;
    private final List<Person> lecturers;
    private final List<LecturerDay> shifts;
    private final List<Optional<UUID>> places;
    private final List<Shape> shapes;
    private final Grid grid;
    private final Atlas atlas;
    private final List<Integer> homes;
    private final Map<UUID, Integer> numberOfLecturer = new HashMap<>();
    private final Map<LecturerDay, Integer> numberOfShift = new HashMap<>();
    private final Map<Optional<UUID>, Integer> numberOfPlace = new HashMap<>();

    Model(
            Problem problem,
            Instant factsAt,
            List<Item> items,
            List<Person> lecturers,
            List<LecturerDay> shifts,
            List<Optional<UUID>> places,
            List<Shape> shapes,
            Grid grid,
            Atlas atlas,
            List<Integer> homes) {
        this.problem = problem;
        this.factsAt = factsAt;
        this.items = List.copyOf(items);
        this.lecturers = List.copyOf(lecturers);
        this.shifts = List.copyOf(shifts);
        this.places = List.copyOf(places);
        this.shapes = List.copyOf(shapes);
        this.grid = grid;
        this.atlas = atlas;
        this.homes = List.copyOf(homes);
        for (int i = 0; i < lecturers.size(); i++) {
            numberOfLecturer.put(lecturers.get(i).id(), i);
        }
        for (int i = 0; i < shifts.size(); i++) {
            numberOfShift.put(shifts.get(i), i);
        }
        for (int i = 0; i < places.size(); i++) {
            numberOfPlace.put(places.get(i), i);
        }
    }

    /**
     * A lecturer who can be planned.
     *
     * @param invented has no row in the database
     * @param load lectures of the campaign that stand
     */
    public record Person(UUID id, String code, boolean invented, int load) {}

    /**
     * A lecturer's day of a plan.
     *
     * @param minutes on the road, from home over all lectures of the day, booked ones included
     * @param visits in order
     */
    public record PlannedDay(int shift, int minutes, List<Integer> visits) {}

    /** One lecturer's day. */
    public record LecturerDay(int lecturer, LocalDate date) {}

    public List<Person> lecturers() {
        return lecturers;
    }

    public Problem problem() {
        return problem;
    }

    public Instant factsAt() {
        return factsAt;
    }

    public List<Item> items() {
        return items;
    }

    public Person lecturer(int shift) {
        return lecturers.get(shifts.get(shift).lecturer());
    }

    public LocalDate date(int shift) {
        return shifts.get(shift).date();
    }

    public @Nullable UUID venue(int place) {
        return places.get(place).orElse(null);
    }

    /** The number of a venue; of one that is no part of the problem a number that no item has. */
    public int place(UUID venue) {
        return numberOfPlace.getOrDefault(Optional.of(venue), places.size());
    }

    public Instant moment(int start) {
        return grid.moment(start);
    }

    /** The time of the search; empty outside the days of the plan. */
    public OptionalInt start(Instant moment) {
        return grid.day(grid.localDate(moment.getEpochSecond())) < 0
                ? OptionalInt.empty()
                : OptionalInt.of(grid.minute(moment.getEpochSecond()));
    }

    /** Where and when a placement of the search takes place. */
    public Slot slot(Plan.Placement placement) {
        Instant start = grid.moment(placement.start());
        return new Slot(
                lecturer(placement.shift()).id(),
                venue(placement.place()),
                start,
                start.plusSeconds(shape(placement.visit()).duration() * 60L),
                placement.host() == Plan.NONE ? null : placement.host(),
                placement.pinned());
    }

    private Shape shape(int visit) {
        return shapes.get(problem.visit(visit).shape());
    }

    /** The slots of a plan, by item. */
    public Map<Integer, Slot> slots(Plan plan) {
        Map<Integer, Slot> slots = new TreeMap<>();
        plan.placed().forEach(each -> slots.put(each.visit(), slot(each)));
        return slots;
    }

    /** A slot as the search knows it; empty when its lecturer, venue or day is no longer part of the problem. */
    public Optional<Plan.Placement> placement(int visit, Slot slot) {
        Integer lecturer = numberOfLecturer.get(slot.lecturerId());
        Integer place = numberOfPlace.get(Optional.ofNullable(slot.venueId()));
        Integer shift = lecturer == null
                ? null
                : numberOfShift.get(
                        new LecturerDay(lecturer, grid.localDate(slot.start().getEpochSecond())));
        if (shift == null || place == null || !isOption(visit, place)) {
            return Optional.empty();
        }
        Integer host = slot.host();
        return Optional.of(new Plan.Placement(
                visit,
                shift,
                place,
                grid.minute(slot.start().getEpochSecond()),
                host == null ? Plan.NONE : host,
                slot.pinned()));
    }

    /** Where an item is booked; empty when that is no part of the problem. */
    public Optional<Plan.Placement> standing(int visit) {
        Item.Standing booking = items.get(visit).standing();
        return booking == null ? Optional.empty() : placement(visit, booking.slot());
    }

    private boolean isOption(int visit, int place) {
        return problem.visit(visit).options().stream().anyMatch(option -> option.place() == place)
                || problem.visit(visit).joins();
    }

    /** A plan of these slots, by item. Slots that are no part of the problem are left out, and guests without host. */
    public Plan plan(Map<Integer, Slot> slots) {
        Map<Integer, Plan.Placement> known = new HashMap<>();
        slots.forEach((visit, slot) -> placement(visit, slot).ifPresent(each -> known.put(visit, each)));
        List<Plan.Placement> placed = new ArrayList<>();
        for (Plan.Placement each : known.values()) {
            if (each.host() == Plan.NONE || known.containsKey(each.host())) {
                placed.add(each);
            }
        }
        return new Plan(items.size(), placed, Cost.NONE);
    }

    /** The shifts of a lecturer, or of all; on a date, or on all dates. */
    public List<Integer> shifts(@Nullable UUID lecturer, @Nullable LocalDate date) {
        Integer wanted = lecturer == null ? null : numberOfLecturer.getOrDefault(lecturer, -1);
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < shifts.size(); i++) {
            LecturerDay each = shifts.get(i);
            if ((wanted == null || each.lecturer() == wanted)
                    && (date == null || each.date().equals(date))) {
                found.add(i);
            }
        }
        return found;
    }

    public LocalDate date(Instant moment) {
        return grid.localDate(moment.getEpochSecond());
    }

    /**
     * The plan without lectures that their lecturer cannot reach overnight. The search looks at one day at a time; only
     * where a way is longer than a night can it be wrong.
     */
    public Plan reachable(Plan plan) {
        Plan left = plan;
        while (true) {
            int unreachable = unreachable(left);
            if (unreachable == Plan.NONE) {
                return left;
            }
            for (Plan.Placement each : left.placed()) {
                if (each.host() == unreachable) {
                    left = left.without(each.visit());
                }
            }
            left = left.without(unreachable);
        }
    }

    /** The days that have a lecture of the plan, by lecturer and date. */
    public List<PlannedDay> days(Plan plan) {
        Map<Integer, List<Plan.Placement>> byShift = new TreeMap<>();
        for (Plan.Placement each : plan.placed()) {
            if (each.host() == Plan.NONE) {
                byShift.computeIfAbsent(each.shift(), shift -> new ArrayList<>())
                        .add(each);
            }
        }
        List<PlannedDay> days = new ArrayList<>();
        byShift.forEach((shift, placed) -> {
            placed.sort(Comparator.comparingInt(Plan.Placement::start));
            days.add(new PlannedDay(
                    shift,
                    journey(shift, placed),
                    placed.stream().map(Plan.Placement::visit).toList()));
        });
        return days;
    }

    private int journey(int shift, List<Plan.Placement> placed) {
        record Stop(int start, int location) {}
        List<Stop> stops = new ArrayList<>();
        problem.shift(shift).booked().forEach(each -> stops.add(new Stop(each.start(), each.location())));
        placed.forEach(each ->
                stops.add(new Stop(each.start(), problem.place(each.place()).location())));
        stops.sort(Comparator.comparingInt(Stop::start));
        int home = homes.get(shifts.get(shift).lecturer());
        int here = home;
        int minutes = 0;
        for (Stop each : stops) {
            if (each.location() != Instance.NOWHERE) {
                minutes += atlas.minutes(here, each.location());
                here = each.location();
            }
        }
        return minutes + atlas.minutes(here, home);
    }

    /** What occupies a lecturer; a visit, or a booking. */
    private record Stay(int visit, boolean pinned, int location, int from, int until) {}

    private int unreachable(Plan plan) {
        Map<Integer, List<Stay>> stays = new TreeMap<>();
        for (int i = 0; i < shifts.size(); i++) {
            int lecturer = shifts.get(i).lecturer();
            for (Instance.Booked each : problem.shift(i).booked()) {
                stays.computeIfAbsent(lecturer, id -> new ArrayList<>())
                        .add(new Stay(
                                Plan.NONE,
                                true,
                                each.location(),
                                each.start() - each.before(),
                                each.start() + each.after()));
            }
        }
        for (Plan.Placement each : plan.placed()) {
            if (each.host() == Plan.NONE) {
                Shape shape = shape(each.visit());
                stays.computeIfAbsent(shifts.get(each.shift()).lecturer(), id -> new ArrayList<>())
                        .add(new Stay(
                                each.visit(),
                                each.pinned(),
                                problem.place(each.place()).location(),
                                each.start() - shape.setup(),
                                each.start() + shape.duration() + shape.teardown()));
            }
        }
        for (List<Stay> each : stays.values()) {
            int found = unreachable(each);
            if (found != Plan.NONE) {
                return found;
            }
        }
        return Plan.NONE;
    }

    /** As {@code travel_legs} has it: between two places, the longest free stretch counts. */
    private int unreachable(List<Stay> stays) {
        stays.sort(Comparator.comparingInt(Stay::from).thenComparingInt(Stay::until));
        Stay last = null;
        int before = 0;
        int free = 0;
        for (Stay each : stays) {
            free = Math.max(free, each.from() - before);
            before = each.until();
            if (each.location() == Instance.NOWHERE) {
                continue;
            }
            if (last != null && atlas.minutes(last.location(), each.location()) > free) {
                Stay moved = each.pinned() ? last : each;
                if (!moved.pinned()) {
                    return moved.visit();
                }
            }
            last = each;
            free = 0;
        }
        return Plan.NONE;
    }
}
