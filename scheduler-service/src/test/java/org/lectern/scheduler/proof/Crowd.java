package org.lectern.scheduler.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Refusal;
import org.lectern.scheduler.booking.BookingBatch;
import org.lectern.scheduler.booking.BookingBatch.Item;
import org.lectern.scheduler.booking.BookingCommand.Amend;
import org.lectern.scheduler.booking.BookingCommand.Book;
import org.lectern.scheduler.booking.BookingCommand.Cancel;
import org.lectern.scheduler.booking.BookingCommand.Change;
import org.lectern.scheduler.booking.BookingCommand.Complete;
import org.lectern.scheduler.booking.BookingCommand.Confirm;
import org.lectern.scheduler.booking.BookingCommand.GuestRequest;
import org.lectern.scheduler.booking.BookingCommand.HoldUntil;
import org.lectern.scheduler.booking.BookingCommand.Join;
import org.lectern.scheduler.booking.BookingCommand.Leave;
import org.lectern.scheduler.booking.BookingCommand.Rearrange;
import org.lectern.scheduler.booking.BookingCommand.Release;
import org.lectern.scheduler.booking.BookingDoor;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.RuleOverride;
import org.lectern.scheduler.idempotency.Answer;
import org.lectern.scheduler.idempotency.IdempotencyKey;
import org.lectern.scheduler.proof.World.Point;
import org.lectern.scheduler.reason.Reason;
import org.lectern.scheduler.support.City;

/**
 * Many concurrent organizers who compete for few lecturers, venues and branches on a few days. Each change has its own
 * actor, so the history shows which changes were stored. A seed determines the changes, but not their order of arrival.
 */
final class Crowd {

    private static final int MINUTES_STEP = 10;
    private static final int DAYS = 3;

    private final BookingDoor door;
    private final ObjectMapper json = new ObjectMapper();
    private final OffsetDateTime firstDay;

    private final List<UUID> lecturers = new ArrayList<>();
    private final List<UUID> venues = new ArrayList<>();
    private final List<UUID> branches = new ArrayList<>();
    private final UUID topic;
    private final UUID nowhere;
    private final World world;

    private final Map<UUID, Known> known = new ConcurrentHashMap<>();
    private final Outcomes outcomes = new Outcomes();
    private final Office office;

    /** The booking in the last answer; it may have changed since. */
    private record Known(
            UUID id,
            int version,
            String status,
            UUID lecturer,
            @Nullable UUID venue,
            boolean past,
            List<UUID> guests,
            OffsetDateTime start,
            OffsetDateTime end) {}

    Crowd(City city, BookingDoor door, Office.Doors doors) {
        this.door = door;
        firstDay =
                OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).minusDays(1);
        topic = city.topic(60);
        for (int i = 0; i < 6; i++) {
            lecturers.add(city.lecturer(topic));
        }
        Map<UUID, Point> places = new HashMap<>();
        // two adjacent, two a quarter of an hour apart, two far away
        double[][] points = {
            {30.0, 120.0}, {30.0, 120.01}, {30.05, 120.05}, {30.06, 120.0}, {30.2, 120.1}, {30.25, 120.0}
        };
        for (double[] point : points) {
            UUID venue = city.venueAt(point[0], point[1]);
            venues.add(venue);
            places.put(venue, new Point(point[0], point[1]));
        }
        nowhere = city.venue();
        for (int i = 0; i < 6; i++) {
            branches.add(city.branch(null, "Asia/Shanghai", i == 5));
        }
        city.run(
                "UPDATE venue SET kind = 'branch-room', branch_id = ? WHERE id = ?",
                city.branch(null, "Asia/Shanghai", false),
                nowhere);
        // the waiting list proposes halls: only those that the judge knows
        city.run(
                "UPDATE venue SET archived = true WHERE kind = 'lecture-hall' AND id <> ALL (cast(? AS uuid[]))",
                venues.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")));
        Set<UUID> bridge = Set.of(venues.get(0), venues.get(3));
        city.run(
                "INSERT INTO travel_time (one_place, other_place, version, minutes, provided, updated_at, updated_by)"
                        + " VALUES (least(?, ?), greatest(?, ?), 1, 50, false, now(), 'proof')",
                venues.get(0),
                venues.get(3),
                venues.get(0),
                venues.get(3));
        world = new World(
                Set.copyOf(lecturers),
                Set.copyOf(lecturers.subList(0, 4)),
                places,
                Map.of(bridge, 50),
                Set.of(branches.get(5)),
                40,
                1.3);
        office = new Office(
                doors,
                world,
                topic,
                lecturers,
                branches,
                firstDay,
                outcomes,
                this::changed,
                ids -> ids.forEach(known::remove));
    }

    World world() {
        return world;
    }

    List<UUID> lecturers() {
        return lecturers;
    }

    Outcomes outcomes() {
        return outcomes;
    }

    /** Executes this number of changes with this number of threads, without a time limit. */
    void run(long seed, int threads, int operations) throws InterruptedException, ExecutionException {
        var left = new AtomicInteger(operations);
        List<Future<?>> all = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (int t = 0; t < threads; t++) {
                var random = new Random(seed * 1_000_003 + t);
                int thread = t;
                all.add(pool.submit(() -> {
                    int number = 0;
                    while (left.getAndDecrement() > 0) {
                        change(random, "proof-" + lecturers.getFirst() + "-" + thread + "-" + number++);
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        office.close();
    }

    private void change(Random random, String actor) {
        IdempotencyKey key = new IdempotencyKey(actor, "once-" + actor.hashCode() + "-and-only");
        if (random.nextInt(10) == 0) {
            office.one(random, actor, key);
            return;
        }
        Known target = any(random);
        int dice = random.nextInt(100);
        if (target == null || dice < 36) {
            Book request = lecture(random);
            attempt("book", null, actor, random, k -> door.execute(k, request), key);
            return;
        }
        UUID id = target.id();
        int version = target.version();
        if (random.nextInt(8) == 0) {
            exchange(random, target, actor);
            return;
        }
        if (target.status().equals("HELD") && dice < 60) {
            switch (random.nextInt(4)) {
                case 0, 1 ->
                    attempt("confirm", target, actor, random, k -> door.execute(k, id, version, new Confirm()), key);
                case 2 -> {
                    var until = new HoldUntil(soon(random));
                    attempt("extend", target, actor, random, k -> door.execute(k, id, version, until), key);
                }
                default ->
                    attempt(
                            "release",
                            target,
                            actor,
                            random,
                            k -> door.execute(k, id, version, new Release(null, null)),
                            key);
            }
        } else if (dice < 46) {
            OffsetDateTime start = start(random);
            UUID lecturer = pick(lecturers, random);
            var request = new Rearrange(
                    start,
                    end(random, start),
                    lecturer,
                    target.venue() == null ? null : venue(random, lecturer),
                    null,
                    random.nextBoolean() ? null : pick(branches, random),
                    "调整",
                    null,
                    lift(random, lecturer));
            attempt("change", target, actor, random, k -> door.execute(k, id, version, request), key);
        } else if (dice < 50) {
            // only these two formats need a room; one of them needs time before and after it
            String format = target.venue() == null ? null : random.nextBoolean() ? "field-class" : "lecture";
            var request = new Amend(
                    random.nextInt(500), actor, null, format, null, null, lift(random, target.lecturer()), Set.of());
            attempt("amend", target, actor, random, k -> door.execute(k, id, version, request), key);
        } else if (dice < 58) {
            OffsetDateTime start = start(random);
            var request = Rearrange.time(
                    start,
                    random.nextBoolean() ? null : end(random, start),
                    Reason.of("改期"),
                    lift(random, target.lecturer()));
            attempt("reschedule", target, actor, random, k -> door.execute(k, id, version, request), key);
        } else if (dice < 72) {
            UUID lecturer = random.nextBoolean() ? null : pick(lecturers, random);
            UUID whose = lecturer == null ? target.lecturer() : lecturer;
            UUID venue = target.venue() == null
                    ? null
                    : nowhere.equals(target.venue()) || random.nextBoolean() ? venue(random, whose) : null;
            var request = Rearrange.assignment(lecturer, venue, null, Reason.of("调整"), lift(random, whose));
            attempt("reassign", target, actor, random, k -> door.execute(k, id, version, request), key);
        } else if (dice < 80) {
            var request = new Join(pick(branches, random), null, null);
            attempt("join", target, actor, random, k -> door.execute(k, id, version, request), key);
        } else if (dice < 85) {
            UUID guest = target.guests().isEmpty() ? pick(branches, random) : pick(target.guests(), random);
            attempt(
                    "leave",
                    target,
                    actor,
                    random,
                    k -> door.execute(k, id, version, new Leave(guest, Reason.NONE)),
                    key);
        } else if (dice < 88 && target.past()) {
            attempt(
                    "complete",
                    target,
                    actor,
                    random,
                    k -> door.execute(k, id, version, new Complete(9, null, null)),
                    key);
        } else {
            attempt("cancel", target, actor, random, k -> door.execute(k, id, version, new Cancel("取消", null)), key);
        }
    }

    /** Two lectures exchange their times, or their lecturers, in one transaction. */
    private void exchange(Random random, Known one, String actor) {
        Known other = any(random);
        if (other == null || other.id().equals(one.id())) {
            return;
        }
        boolean times = random.nextBoolean();
        List<Item> items = List.of(exchanged(one, other, times), exchanged(other, one, times));
        if (!times && (nowhere.equals(one.venue()) || nowhere.equals(other.venue()))) {
            return; // only lecturers outside the strict set may go to the unknown place
        }
        outcomes.of("exchange", actor, () -> {
            List<BookingView> after = door.together(new BookingBatch(items, false, actor));
            after.forEach(this::changed);
            // an unchanged booking has no new version
            return (int) after.stream()
                    .filter(view -> view.version() > (view.id().equals(one.id()) ? one : other).version())
                    .count();
        });
    }

    private void changed(BookingView view) {
        known.computeIfPresent(
                view.id(), (id, before) -> view.version() > before.version() ? known(view, before) : before);
    }

    private static Item exchanged(Known one, Known other, boolean times) {
        Change change = times
                ? Rearrange.time(other.start(), other.end(), Reason.of("对调"), null)
                : Rearrange.assignment(other.lecturer(), null, null, Reason.of("对调"), null);
        return new Item(one.id(), one.version(), "", change);
    }

    private static Known known(BookingView view, Known before) {
        return new Known(
                view.id(),
                view.version(),
                view.status().name(),
                view.lecturer().id(),
                before.venue(),
                before.past(),
                before.guests(),
                view.start(),
                view.end());
    }

    private void attempt(
            String what,
            @Nullable Known target,
            String actor,
            Random random,
            Function<IdempotencyKey, Answer> change,
            IdempotencyKey key) {
        outcomes.of(what, actor, () -> {
            try {
                Answer answer = change.apply(key);
                remember(answer.body());
                if (random.nextInt(10) == 0) {
                    Answer again = change.apply(key);
                    if (!again.replayed() || !again.body().equals(answer.body())) {
                        outcomes.surprise(new AssertionError(what + " was done twice with one key"));
                    }
                    outcomes.count("replayed");
                }
                return 1;
            } catch (Refusal refusal) {
                if (target != null
                        && Set.of("hold-expired", "booking-no-longer-active").contains(refusal.code())) {
                    known.remove(target.id());
                }
                throw refusal;
            }
        });
    }

    private void remember(String body) {
        try {
            JsonNode view = json.readTree(body);
            UUID id = UUID.fromString(view.get("id").asText());
            List<UUID> guests = new ArrayList<>();
            view.path("guests")
                    .forEach(guest -> guests.add(UUID.fromString(guest.get("id").asText())));
            var now = new Known(
                    id,
                    view.get("version").asInt(),
                    view.get("status").asText(),
                    UUID.fromString(view.get("lecturer").get("id").asText()),
                    view.has("venue")
                            ? UUID.fromString(view.get("venue").get("id").asText())
                            : null,
                    OffsetDateTime.parse(view.get("start").asText()).toInstant().isBefore(Instant.now()),
                    guests,
                    OffsetDateTime.parse(view.get("start").asText()),
                    OffsetDateTime.parse(view.get("end").asText()));
            if (Set.of("HELD", "CONFIRMED").contains(now.status())) {
                known.merge(id, now, (a, b) -> a.version() > b.version() ? a : b);
            } else {
                known.remove(id);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Known any(Random random) {
        List<Known> all = List.copyOf(known.values());
        return all.isEmpty() ? null : pick(all, random);
    }

    private Book lecture(Random random) {
        UUID lecturer = pick(lecturers, random);
        boolean broadcast = random.nextInt(8) == 0;
        OffsetDateTime start = start(random);
        Set<GuestRequest> guests = new HashSet<>();
        UUID host = pick(branches, random);
        for (int i = random.nextInt(6) - 3; i > 0; i--) {
            UUID guest = pick(branches, random);
            if (!guest.equals(host)) {
                guests.add(new GuestRequest(guest, null));
            }
        }
        return new Book(
                lecturer,
                topic,
                host,
                broadcast ? null : venue(random, lecturer),
                broadcast ? "https://live.example.org/r/17" : null,
                broadcast ? "broadcast" : random.nextInt(5) == 0 ? "field-class" : "lecture",
                start,
                end(random, start),
                "UTC",
                null,
                null,
                random.nextInt(3) == 0
                                && start.isAfter(
                                        OffsetDateTime.now(ZoneOffset.UTC).plusSeconds(15))
                        ? new HoldUntil(soon(random))
                        : null,
                lift(random, lecturer),
                List.copyOf(guests),
                null);
    }

    /** Unknown places and overrides are only for lecturers outside the strict set. */
    private UUID venue(Random random, UUID lecturer) {
        return !world.strict().contains(lecturer) && random.nextInt(6) == 0 ? nowhere : pick(venues, random);
    }

    private @Nullable RuleOverride lift(Random random, UUID lecturer) {
        return !world.strict().contains(lecturer) && random.nextBoolean() ? new RuleOverride("专车") : null;
    }

    private OffsetDateTime start(Random random) {
        return firstDay.plusDays(random.nextInt(DAYS))
                .plusHours(8)
                .plusMinutes((long) MINUTES_STEP * random.nextInt(60 / MINUTES_STEP * 12));
    }

    private static OffsetDateTime end(Random random, OffsetDateTime start) {
        return start.plusMinutes((long) MINUTES_STEP * (1 + random.nextInt(9)));
    }

    /** Short enough to expire during the run. */
    private static OffsetDateTime soon(Random random) {
        return OffsetDateTime.now(ZoneOffset.UTC)
                .plus(200 + random.nextInt(6000), ChronoUnit.MILLIS)
                .truncatedTo(ChronoUnit.MILLIS);
    }

    private static <T> T pick(List<T> some, Random random) {
        return some.get(random.nextInt(some.size()));
    }
}
