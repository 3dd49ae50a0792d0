package org.lectern.scheduler.proof;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.lectern.chassis.time.Uuid7;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.batch.BulkAction;
import org.lectern.scheduler.booking.batch.BulkChoice;
import org.lectern.scheduler.booking.batch.BulkDoor;
import org.lectern.scheduler.booking.batch.BulkPreview;
import org.lectern.scheduler.booking.batch.BulkPreviewRequest;
import org.lectern.scheduler.booking.batch.BulkPreviewRequest.BulkSelection;
import org.lectern.scheduler.booking.batch.BulkRequest;
import org.lectern.scheduler.booking.batch.BulkResult;
import org.lectern.scheduler.idempotency.IdempotencyKey;
import org.lectern.scheduler.request.RequestDoor;
import org.lectern.scheduler.request.RequestDoor.OpenRequest;
import org.lectern.scheduler.transfer.TransferDoor;

/**
 * Changes of many bookings at once: substitutes for a lecturer, bookings changed together, branches that hand over
 * their lectures, and branches on the waiting list that take what they are offered.
 */
final class Office {

    private static final int MOST_ROUNDS = 100;

    private final Doors doors;
    private final World world;
    private final UUID topic;
    private final List<UUID> lecturers;
    private final List<UUID> branches;
    private final OffsetDateTime firstDay;
    private final Outcomes outcomes;
    private final Consumer<BookingView> changed;
    private final Consumer<Collection<UUID>> outdated;

    /** The services behind the resources. */
    record Doors(BulkDoor bulk, TransferDoor transfers, RequestDoor requests) {}

    /**
     * @param changed learns the new version of a booking
     * @param outdated learns which bookings have a newer version than known
     */
    Office(
            Doors doors,
            World world,
            UUID topic,
            List<UUID> lecturers,
            List<UUID> branches,
            OffsetDateTime firstDay,
            Outcomes outcomes,
            Consumer<BookingView> changed,
            Consumer<Collection<UUID>> outdated) {
        this.doors = doors;
        this.world = world;
        this.topic = topic;
        this.lecturers = lecturers;
        this.branches = branches;
        this.firstDay = firstDay;
        this.outcomes = outcomes;
        this.changed = changed;
        this.outdated = outdated;
    }

    /** One randomly drawn change. */
    void one(Random random, String actor, IdempotencyKey key) {
        switch (random.nextInt(10)) {
            case 0, 1 -> outcomes.of("substitute", actor, () -> substitute(random, actor, key));
            case 2 -> outcomes.of("bulk change", actor, () -> changeTogether(random, actor, key));
            case 3, 4 -> outcomes.of("transfer", actor, () -> transfer(random, actor, key));
            case 5, 6 -> outcomes.of("ask", actor, () -> ask(random, key));
            default -> answerOffer(random, actor, key);
        }
    }

    private int substitute(Random random, String actor, IdempotencyKey key) {
        UUID ill = pick(lecturers, random);
        // lectures at an unknown place stay with the lecturers without a travel check at every moment
        Set<UUID> among = Set.copyOf(
                world.strict().contains(ill)
                        ? lecturers
                        : lecturers.stream()
                                .filter(each -> !world.strict().contains(each))
                                .toList());
        var request = new BulkPreviewRequest(hours(random, ill), new BulkAction.Substitute(among), null, null);
        BulkPreview shown = doors.bulk().preview(request, actor);
        return applied("substituted", key, new BulkRequest(shown.previewToken(), "讲师生病", "lecturer-ill", null, null));
    }

    private int changeTogether(Random random, String actor, IdempotencyKey key) {
        var request =
                new BulkPreviewRequest(hours(random, pick(lecturers, random)), new BulkAction.Leave(), null, null);
        BulkPreview shown = doors.bulk().preview(request, actor);
        List<BulkChoice> choices = shown.skipped().stream()
                .limit(2)
                .map(id -> new BulkChoice(id, elsewhere(random)))
                .toList();
        return applied("changed together", key, new BulkRequest(shown.previewToken(), "统一调整", null, choices, null));
    }

    /** Another time or another host. */
    private BulkAction elsewhere(Random random) {
        return random.nextBoolean()
                ? new BulkAction.Change(start(random), null, null, null, null, null)
                : new BulkAction.Change(null, null, null, null, null, pick(branches, random));
    }

    private int applied(String what, IdempotencyKey key, BulkRequest request) {
        BulkResult result = doors.bulk().apply(key, request);
        result.changed().forEach(changed);
        countSome(what, result.changed().size());
        return result.changed().size();
    }

    private BulkSelection hours(Random random, UUID lecturer) {
        OffsetDateTime from = firstDay.plusHours(8L + random.nextInt(60));
        return new BulkSelection(null, lecturer, null, null, from, from.plusHours(6));
    }

    private int transfer(Random random, String actor, IdempotencyKey key) {
        UUID from = pick(branches, random);
        UUID to = other(from, branches, random);
        OffsetDateTime begin = OffsetDateTime.now(ZoneOffset.UTC).plusHours(random.nextInt(36));
        Set<UUID> leave = doors.transfers().impossible(from, to, begin, actor);
        List<UUID> moved = doors.transfers().transfer(key, from, to, begin, leave, "两村合并");
        outdated.accept(moved);
        countSome("handed over", moved.size());
        return moved.size();
    }

    private int ask(Random random, IdempotencyKey key) {
        doors.requests()
                .ask(
                        key,
                        topic,
                        pick(branches, random),
                        random.nextInt(20),
                        OffsetDateTime.now(ZoneOffset.UTC),
                        firstDay.plusDays(3));
        return 0;
    }

    private void answerOffer(Random random, String actor, IdempotencyKey key) {
        List<OpenRequest> offered = doors.requests().open(topic).stream()
                .filter(OpenRequest::offered)
                .toList();
        if (offered.isEmpty()) {
            return;
        }
        OpenRequest request = pick(offered, random);
        if (random.nextInt(3) > 0) {
            outcomes.of("take", actor, () -> doors.requests().take(key, request));
        } else {
            outcomes.of("decline", actor, () -> doors.requests().decline(key, request));
        }
    }

    /** Withdraws every open request, so that nothing more is offered. */
    void close() {
        for (int round = 0; round < MOST_ROUNDS && !doors.requests().open(topic).isEmpty(); round++) {
            for (OpenRequest request : doors.requests().open(topic)) {
                String actor = "proof-" + request.id() + "-" + round;
                var key = new IdempotencyKey(actor, Uuid7.next().toString());
                outcomes.of("withdraw", actor, () -> doors.requests().withdraw(key, request));
            }
        }
    }

    private void countSome(String what, int bookings) {
        if (bookings > 0) {
            outcomes.count(what);
        }
    }

    private OffsetDateTime start(Random random) {
        return firstDay.plusDays(random.nextInt(3)).plusHours(8).plusMinutes(10L * random.nextInt(72));
    }

    private static UUID other(UUID than, List<UUID> some, Random random) {
        UUID drawn = pick(some, random);
        return drawn.equals(than) ? other(than, some, random) : drawn;
    }

    private static <T> T pick(List<T> some, Random random) {
        return some.get(random.nextInt(some.size()));
    }
}
