package org.lectern.scheduler.planning.facts;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.planning.facts.Facts.Engagement;
import org.lectern.scheduler.planning.facts.Facts.Lecturer;
import org.lectern.scheduler.planning.facts.Facts.Target;
import org.lectern.scheduler.planning.facts.Facts.Topic;
import org.lectern.scheduler.planning.facts.Facts.Venue;
import org.lectern.scheduler.planning.facts.Facts.Visit;
import org.lectern.scheduler.planning.facts.Item.Standing;
import org.lectern.scheduler.planning.facts.Model.LecturerDay;
import org.lectern.scheduler.planning.facts.Model.Person;
import org.lectern.scheduler.planning.search.Instance;
import org.lectern.scheduler.planning.search.Instance.Shape;
import org.lectern.scheduler.planning.search.Problem;
import org.lectern.scheduler.schedule.LectureRules;

/** Turns facts into a problem. Pure: equal facts give an equal problem. */
final class ModelBuilder {

    private static final int MOST_ROOMS = 10;
    private static final int HALLS_BESIDE_A_ROOM = 3;
    private static final int HALLS_WITHOUT_ROOM = 8;
    private static final int MINUTES_PER_POINT = 6;
    private static final int UNLIMITED = 10_000;
    private static final int MINUTES_OF_A_DAY = 24 * 60;
    private static final double TOLD_FACTOR = 2;
    private static final int NO_PLACE = -2;

    private final Facts facts;
    private final Terms terms;
    private final LectureRules rules;
    private final List<Item> items;
    private final Atlas atlas;
    private final Map<UUID, Topic> topics = new HashMap<>();
    private final List<Shape> shapes = new ArrayList<>();
    private final List<Instance.Place> places = new ArrayList<>();
    private final List<Optional<UUID>> venueOfPlace = new ArrayList<>();
    private final Map<Optional<UUID>, Integer> numberOfPlace = new HashMap<>();
    private final Map<UUID, Venue> venues = new HashMap<>();
    private final Set<UUID> loose = new HashSet<>();
    private final Map<UUID, Integer> loads = new HashMap<>();
    /** Lecturers' days with bookings that may change: each is a shift, also if the lecturer is gone. */
    private final Set<String> standing = new HashSet<>();

    private final Grid grid;
    private final boolean remote;

    ModelBuilder(Facts facts, Terms terms, LectureRules rules, List<Item> items) {
        this.facts = facts;
        this.terms = terms;
        this.rules = rules;
        this.items = items;
        atlas = new Atlas(facts.travel());
        remote = rules.isRemote(terms.format());
        List<Instant> lost = new ArrayList<>();
        for (Item item : items) {
            Standing booking = item.standing();
            if (booking != null && terms.isGone(booking, facts.zone())) {
                lost.add(booking.start());
            }
            if (booking != null && !item.excluded()) {
                loose.add(booking.bookingId());
                standing.add(booking.lecturerId() + " "
                        + booking.start().atZone(facts.zone()).toLocalDate());
            }
        }
        grid = new Grid(facts.zone(), terms.from(), terms.until(), facts.proposed(), facts.step(), lost);
        facts.visits().stream()
                .filter(visit -> !visit.guest() && !loose.contains(visit.bookingId()))
                .forEach(visit -> loads.merge(visit.lecturerId(), 1, Integer::sum));
        facts.topics().forEach(topic -> topics.put(topic.id(), topic));
        facts.venues().forEach(venue -> venues.put(venue.id(), venue));
    }

    /** The shape of each item; an item with an unknown topic gets any: no lecturer can give it. */
    private int[] shapesOfItems() {
        int[] found = new int[items.size()];
        for (int i = 0; i < found.length; i++) {
            Standing standing = items.get(i).standing();
            Topic topic = topics.get(items.get(i).topicId());
            String format = standing == null ? terms.format() : standing.format();
            int minutes = standing != null
                    ? (int) Duration.between(standing.start(), standing.end()).toMinutes()
                    : topic == null ? 60 : topic.minutes();
            Shape shape = new Shape(minutes, (int) rules.setup(format).toMinutes(), (int)
                    rules.teardown(format).toMinutes());
            if (!shapes.contains(shape)) {
                shapes.add(shape);
            }
            found[i] = shapes.indexOf(shape);
        }
        return found;
    }

    Model build() {
        int[] shapeOf = shapesOfItems();
        List<Person> people = new ArrayList<>();
        List<Lecturer> lecturers = lecturers(people);
        Map<UUID, Integer> numberOfLecturer = new HashMap<>();
        for (int i = 0; i < people.size(); i++) {
            numberOfLecturer.put(people.get(i).id(), i);
        }
        Map<UUID, Integer> branches = new HashMap<>();
        List<Target> targets = new ArrayList<>();
        for (Item item : items) {
            Target target = facts.targets().get(item.branchId());
            if (target != null && !branches.containsKey(item.branchId())) {
                branches.put(item.branchId(), targets.size());
                targets.add(target);
            }
        }
        int nowhere = targets.size(); // the branch of items that are no longer targets
        List<List<Instance.Option>> options = new ArrayList<>();
        facts.engagements().values().forEach(all -> all.forEach(each -> atlas.number(each.spot())));
        lecturers.forEach(each -> atlas.number(each.home()));
        targets.forEach(each -> atlas.number(each.spot()));
        OptionFinder finder = new OptionFinder(facts, terms);
        for (Item item : items) {
            options.add(options(item, finder));
        }
        Masks masks = new Masks(facts, terms, grid, shapes, atlas, loose);
        fillPlaces(masks);
        List<Instance.Branch> branchList = new ArrayList<>();
        for (Target each : targets) {
            branchList.add(new Instance.Branch(atlas.number(each.spot()), !each.parallel(), masks.branch(each)));
        }
        branchList.add(new Instance.Branch(Instance.NOWHERE, false, (day, shape) -> 0));
        List<Instance.Visit> visits = new ArrayList<>();
        List<UUID> skills = facts.topics().stream().map(Topic::id).toList();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            visits.add(visit(
                    item,
                    branches.getOrDefault(item.branchId(), nowhere),
                    skills.indexOf(item.topicId()),
                    shapeOf[i],
                    options.get(i),
                    numberOfLecturer));
        }
        List<LecturerDay> lecturerDays = new ArrayList<>();
        List<Instance.Shift> shifts = shifts(lecturers, masks, lecturerDays);
        Instance instance = new Instance(
                grid.days(),
                shapes,
                grid.toInstance(),
                visits,
                places,
                branchList,
                lecturers.stream().map(this::lecturer).toList(),
                shifts,
                skills.size() + 1,
                (lecturer, skill) -> skill < skills.size()
                        && lecturers.get(lecturer).topics().contains(skills.get(skill)),
                atlas.travel(),
                atlas.positions(),
                facts.interval(),
                visited(branches),
                new Instance.Joint(terms.mostGuests(), terms.guestMinutes()),
                terms.prices().weights());
        return new Model(
                new Problem(instance),
                facts.at(),
                items,
                people,
                lecturerDays,
                venueOfPlace,
                shapes,
                grid,
                atlas,
                lecturers.stream().map(each -> atlas.number(each.home())).toList());
    }

    private List<Lecturer> lecturers(List<Person> people) {
        List<Lecturer> all = new ArrayList<>(facts.lecturers());
        all.forEach(each -> people.add(new Person(each.id(), each.code(), false, load(each))));
        for (Terms.Extra extra : terms.extra()) {
            for (Lecturer like : facts.lecturers()) {
                for (int i = 1; i <= extra.count() && like.id().equals(extra.likeLecturerId()); i++) {
                    UUID id = extra.id(i);
                    all.add(new Lecturer(id, like.code(), like.tier(), like.home(), like.topics(), like.schedule()));
                    people.add(new Person(id, like.code() + " +" + i, true, 0));
                }
            }
        }
        return all;
    }

    private Instance.Lecturer lecturer(Lecturer each) {
        Integer perWeek = each.schedule().lecturesPerWeek();
        return new Instance.Lecturer(
                atlas.number(each.home()),
                perWeek == null ? UNLIMITED : perWeek,
                load(each),
                -facts.tierPoints().getOrDefault(each.tier(), 0) * (double) MINUTES_PER_POINT);
    }

    /** Booked lectures of the campaign that the plan does not change. */
    private int load(Lecturer lecturer) {
        return loads.getOrDefault(lecturer.id(), 0);
    }

    private List<Instance.Option> options(Item item, OptionFinder finder) {
        Target target = facts.targets().get(item.branchId());
        if (item.excluded() || target == null || !topics.containsKey(item.topicId())) {
            return List.of();
        }
        if (remote) {
            return List.of(new Instance.Option(place(Optional.empty()), 0));
        }
        List<Instance.Option> options = new ArrayList<>();
        Standing standing = item.standing();
        UUID present = standing == null ? null : standing.venueId();
        if (standing != null && present == null) {
            return List.of(new Instance.Option(place(Optional.empty()), 0));
        }
        List<Venue> found = new ArrayList<>(finder.rooms(target, MOST_ROOMS));
        int halls = found.isEmpty() ? HALLS_WITHOUT_ROOM : HALLS_BESIDE_A_ROOM;
        found.addAll(finder.halls(target, halls));
        if (present != null
                && venues.containsKey(present)
                && found.stream().noneMatch(each -> each.id().equals(present))) {
            found.addFirst(venues.get(present));
        }
        for (Venue each : found) {
            boolean own = item.branchId().equals(each.ownerId());
            options.add(new Instance.Option(
                    place(Optional.of(each.id())), own ? 0 : terms.prices().hall()));
        }
        return options;
    }

    /** The number of a place; what it is follows when all are known. */
    private int place(Optional<UUID> venue) {
        return numberOfPlace.computeIfAbsent(venue, each -> {
            venueOfPlace.add(each);
            each.ifPresent(id -> atlas.number(venue(id).spot()));
            return venueOfPlace.size() - 1;
        });
    }

    private Venue venue(UUID id) {
        Venue venue = venues.get(id);
        if (venue == null) {
            throw new IllegalStateException("a venue was not read: " + id);
        }
        return venue;
    }

    private void fillPlaces(Masks masks) {
        for (Optional<UUID> each : venueOfPlace) {
            if (each.isEmpty()) {
                places.add(new Instance.Place(Instance.NOWHERE, Integer.MAX_VALUE, Instance.Starts.ALL));
            } else {
                Venue venue = venue(each.get());
                Integer capacity = venue.capacity();
                places.add(new Instance.Place(
                        atlas.number(venue.spot()),
                        capacity == null ? Integer.MAX_VALUE : capacity,
                        masks.venue(venue)));
            }
        }
    }

    private Instance.Visit visit(
            Item item,
            int branch,
            int topic,
            int shape,
            List<Instance.Option> options,
            Map<UUID, Integer> numberOfLecturer) {
        Target target = facts.targets().get(item.branchId());
        Integer heads = target == null ? null : target.heads();
        boolean isRequested =
                facts.requested().getOrDefault(item.branchId(), List.of()).contains(item.topicId());
        double importance =
                item.excluded() || target == null ? 0 : terms.prices().importance(target.priority(), isRequested);
        return new Instance.Visit(
                branch,
                topic < 0 ? facts.topics().size() : topic,
                shape,
                options,
                importance,
                1,
                heads == null ? 0 : heads,
                -Instance.ALWAYS,
                Instance.ALWAYS,
                terms.mostGuests() > 0 && !options.isEmpty() && item.standing() == null && !remote,
                standing(item, numberOfLecturer));
    }

    private Instance.@Nullable Standing standing(Item item, Map<UUID, Integer> numberOfLecturer) {
        Standing booking = item.standing();
        if (booking == null) {
            return null;
        }
        Integer place = numberOfPlace.get(Optional.ofNullable(booking.venueId()));
        LocalDate date = grid.localDate(booking.start().getEpochSecond());
        return new Instance.Standing(
                numberOfLecturer.getOrDefault(booking.lecturerId(), Instance.NOBODY),
                grid.day(date),
                grid.minute(booking.start().getEpochSecond()),
                place == null ? NO_PLACE : place,
                booking.announced() ? TOLD_FACTOR : 1,
                !terms.isGone(booking, facts.zone()));
    }

    /** Lectures of the campaign that stay, for the interval: also those before and after the days of the plan. */
    private List<Instance.Visited> visited(Map<UUID, Integer> branches) {
        List<Instance.Visited> visited = new ArrayList<>();
        for (Visit each : facts.visits()) {
            Integer branch = branches.get(each.branchId());
            if (branch != null && !loose.contains(each.bookingId())) {
                visited.add(new Instance.Visited(
                        branch, (int) (each.date().toEpochDay() - terms.from().toEpochDay())));
            }
        }
        return visited;
    }

    private List<Instance.Shift> shifts(List<Lecturer> lecturers, Masks masks, List<LecturerDay> lecturerDays) {
        boolean farAtNight = isFarAtNight();
        List<Instance.Shift> shifts = new ArrayList<>();
        for (int number = 0; number < lecturers.size(); number++) {
            Lecturer lecturer = lecturers.get(number);
            List<Engagement> engagements = facts.engagements().getOrDefault(lecturer.id(), List.of()).stream()
                    .filter(each -> !loose.contains(each.bookingId()))
                    .toList();
            Masks.OfLecturer schedule = masks.new OfLecturer(lecturer, engagements);
            Map<LocalDate, List<Engagement>> byDate = new HashMap<>();
            engagements.forEach(each -> byDate.computeIfAbsent(schedule.date(each.start()), date -> new ArrayList<>())
                    .add(each));
            for (int day = 0; day < grid.days(); day++) {
                LocalDate date = grid.date(day);
                List<Engagement> booked = byDate.getOrDefault(date, List.of());
                List<Long> starts = schedule.on(day);
                if (standing.contains(lecturer.id() + " " + date)
                        || !booked.isEmpty()
                        || starts.stream().anyMatch(mask -> mask != 0)) {
                    shifts.add(shift(number, lecturer, day, starts, booked, farAtNight));
                    lecturerDays.add(new LecturerDay(number, date));
                }
            }
        }
        return shifts;
    }

    private Instance.Shift shift(
            int number, Lecturer lecturer, int day, List<Long> starts, List<Engagement> booked, boolean farAtNight) {
        Integer perDay = lecturer.schedule().lecturesPerDay();
        boolean sleepsAtHome = farAtNight && lecturer.home() != null && booked.isEmpty();
        int morning = grid.minute(grid.first(day));
        int night = MINUTES_OF_A_DAY - (int) ((grid.closing(day) - grid.first(day)) / 60);
        return new Instance.Shift(
                number,
                day,
                grid.week(day),
                perDay == null ? terms.perDay() : perDay,
                sleepsAtHome ? morning - night / 2 : -Instance.ALWAYS,
                sleepsAtHome ? grid.minute(grid.closing(day)) + night / 2 : Instance.ALWAYS,
                starts,
                booked.stream()
                        .sorted(Comparator.comparingLong(Engagement::start))
                        .map(each -> new Instance.Booked(
                                grid.minute(each.start()),
                                grid.minute(each.start()) - grid.minute(each.from()),
                                grid.minuteAfter(each.until()) - grid.minute(each.start()),
                                atlas.number(each.spot()),
                                1))
                        .toList());
    }

    /** Whether some way is longer than the shortest night between two days: then lecturers spend the night at home. */
    private boolean isFarAtNight() {
        int setup = shapes.stream().mapToInt(Shape::setup).max().orElse(0);
        int teardown = shapes.stream().mapToInt(Shape::teardown).max().orElse(0);
        for (int day = 1; day < grid.days(); day++) {
            if (grid.isPlanned(day)
                    && (grid.first(day) - grid.closing(day - 1)) / 60 - setup - teardown < atlas.longest()) {
                return true;
            }
        }
        return false;
    }
}
