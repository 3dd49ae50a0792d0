package org.lectern.scheduler.booking;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Flaw;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.booking.BookingEvent.BookingCancelled;
import org.lectern.scheduler.booking.BookingEvent.BookingHeld;
import org.lectern.scheduler.booking.BookingEvent.BookingReassigned;
import org.lectern.scheduler.booking.BookingEvent.BookingReleased;
import org.lectern.scheduler.booking.BookingEvent.BookingRescheduled;
import org.lectern.scheduler.booking.BookingEvent.Facts;
import org.lectern.scheduler.booking.BookingHistory.Action;
import org.lectern.scheduler.booking.Bookings.Found;
import org.lectern.scheduler.booking.ChangedMeanwhile.Changed;
import org.lectern.scheduler.booking.SoftRule.Objection;
import org.lectern.scheduler.booking.SoftRule.Proposal;
import org.lectern.scheduler.outbox.Outbox;

/**
 * Changes several bookings in the caller's transaction, all or none. What counts is how things stand after all of
 * them: bookings may exchange their lecturers or times, and a chain may be shifted onto itself. Each booking that
 * changes gets one version and one event, in the order of the changes; one that stays as it is gets none. Run it in
 * {@link Settlement#settle}.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class JointChanges {

    private final Bookings bookings;
    private final BookingRules rules;
    private final List<SoftRule> softRules;
    private final BookingHistory history;
    private final Outbox outbox;
    private final Event<BookingChanged> changes;
    private final Clock clock;

    @Inject
    JointChanges(
            Bookings bookings,
            BookingRules rules,
            @All List<SoftRule> softRules,
            BookingHistory history,
            Outbox outbox,
            Event<BookingChanged> changes,
            Clock clock) {
        this.bookings = bookings;
        this.rules = rules;
        this.softRules = softRules;
        this.history = history;
        this.outbox = outbox;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Makes the changes.
     *
     * @return what each came to, in their order; all are possible
     * @throws ChangedMeanwhile when some booking is not at the version the change was decided for
     * @throws ChangesRefused when some change cannot be, with what every one of them would come to
     */
    public List<Verdict> make(ChangeOrder order) {
        Map<UUID, BookingView> present = lock(order.changes());
        bookings.postponeChecks();
        Instant now = clock.instant(); // the same for all: at no moment of the history was only a part of them made
        List<Step> steps = new ArrayList<>();
        for (Change change : order.changes()) {
            steps.add(step(change, before(present, change), order, now));
        }
        bookings.flush();
        List<Judged> judged = steps.stream().map(step -> judge(step, order)).toList();
        List<Verdict> verdicts = judged.stream().map(Judged::verdict).toList();
        if (!verdicts.stream().allMatch(Verdict::isPossible)) {
            throw new ChangesRefused(verdicts);
        }
        if (!verdicts.isEmpty()) {
            // the last word is the database's; it is also asked again when the transaction commits
            bookings.check(verdicts.getFirst().wanted());
        }
        record(steps, judged, order);
        return verdicts;
    }

    /** Locks all that the changes touch and makes sure that the bookings are those they were decided for. */
    private Map<UUID, BookingView> lock(List<? extends Change> changes) {
        Map<UUID, BookingView> seen = read(changes);
        Locks locks = Locks.none();
        for (Change change : changes) {
            BookingView booking = before(seen, change);
            locks = locks.and(booking);
            if (change instanceof Change.Reassign reassign) {
                UUID lecturer =
                        reassign.lecturerId() == null ? booking.lecturer().id() : reassign.lecturerId();
                locks = locks.and(lecturer, reassign.venueId(), Set.of());
            }
        }
        bookings.lock(locks);
        Map<UUID, BookingView> present = read(changes);
        List<Changed> changed = changes.stream()
                .filter(change -> before(present, change).version() != change.version())
                .map(change -> new Changed(
                        change.bookingId(),
                        change.version(),
                        before(present, change).version(),
                        before(present, change).status()))
                .toList();
        if (!changed.isEmpty()) {
            throw new ChangedMeanwhile(changed, List.of());
        }
        return present;
    }

    private Map<UUID, BookingView> read(List<? extends Change> changes) {
        Map<UUID, BookingView> found = new HashMap<>();
        bookings.views(changes.stream().map(Change::bookingId).toList()).forEach(view -> found.put(view.id(), view));
        return found;
    }

    private static BookingView before(Map<UUID, BookingView> found, Change change) {
        BookingView booking = found.get(change.bookingId());
        if (booking == null) {
            throw new NotFound();
        }
        return booking;
    }

    /** A change on its way: the booking is changed already, unless that is impossible or there is nothing to change. */
    private record Step(
            Change change,
            BookingView before,
            Booking booking,
            Parties parties,
            List<Flaw> flaws,
            @Nullable Consequence consequence) {}

    private record Consequence(Action action, Function<Facts, BookingEvent> event) {}

    private Step step(Change change, BookingView before, ChangeOrder order, Instant now) {
        Booking booking = bookings.locked(before.id());
        List<Flaw> flaws = new ArrayList<>();
        if (before.status() != BookingStatus.CONFIRMED && before.status() != BookingStatus.HELD) {
            flaws.add(new Flaw("", "changes.not-active", before.status().name()));
            return new Step(change, before, booking, Parties.of(before), flaws, null);
        }
        return switch (change) {
            case Change.Move move -> move(move, before, booking, order, now, flaws);
            case Change.Reassign reassign -> reassign(reassign, before, booking, order, now, flaws);
            case Change.Cancel cancel -> cancel(cancel, before, booking, order, now);
        };
    }

    private Step move(
            Change.Move change, BookingView before, Booking booking, ChangeOrder order, Instant now, List<Flaw> flaws) {
        TimeSlot was = booking.slot();
        var times = new BookingRescheduled.Times(was.start(), was.end());
        Consequence consequence = null;
        boolean same = change.start().toInstant().equals(was.start())
                && change.end().toInstant().equals(was.end());
        // what stays where it is may lie outside of what could be booked now
        TimeSlot slot = same ? null : rules.slot(change.start(), change.end(), lengthOf(was), was.zone(), flaws);
        if (slot != null) {
            booking.reschedule(slot, order.reason(), now);
            leavePattern(booking, order);
            consequence = new Consequence(
                    Action.RESCHEDULED,
                    facts -> booking.status() == BookingStatus.HELD
                            ? new BookingHeld(facts, order.reason())
                            : new BookingRescheduled(facts, times, order.reason()));
        }
        return new Step(change, before, booking, Parties.of(before), flaws, consequence);
    }

    private static Duration lengthOf(TimeSlot slot) {
        return Duration.between(slot.start(), slot.end());
    }

    private Step reassign(
            Change.Reassign change,
            BookingView before,
            Booking booking,
            ChangeOrder order,
            Instant now,
            List<Flaw> flaws) {
        UUID lecturer = change.lecturerId() == null ? booking.lecturerId() : change.lecturerId();
        UUID venue = change.venueId() == null ? booking.venueId() : change.venueId();
        String link = change.joinLink() == null ? booking.joinLink() : change.joinLink();
        Found found = bookings.find(lecturer, booking.topicId(), booking.branchId(), venue);
        if (change.lecturerId() != null) {
            BookingDesk.lecturer(found, flaws);
        }
        if (change.venueId() != null) {
            BookingDesk.venue(found, flaws);
        }
        rules.place(booking.format(), venue != null, link, flaws);
        boolean same = lecturer.equals(booking.lecturerId())
                && Objects.equals(venue, booking.venueId())
                && Objects.equals(link, booking.joinLink());
        var parties = new Parties(
                found.lecturer() == null ? before.lecturer() : found.lecturer(),
                before.topic(),
                before.branch(),
                found.venue(),
                before.guests());
        Consequence consequence = null;
        if (flaws.isEmpty() && !same) {
            var was = new BookingReassigned.Assignment(before.lecturer(), before.venue(), booking.joinLink());
            booking.reassign(lecturer, venue, link, order.reason(), now);
            leavePattern(booking, order);
            consequence = new Consequence(
                    Action.REASSIGNED,
                    facts -> booking.status() == BookingStatus.HELD
                            ? new BookingHeld(facts, order.reason())
                            : new BookingReassigned(facts, was, order.reason()));
        }
        return new Step(change, before, booking, parties, flaws, consequence);
    }

    private Step cancel(Change.Cancel change, BookingView before, Booking booking, ChangeOrder order, Instant now) {
        Consequence consequence;
        if (booking.status() == BookingStatus.HELD) {
            booking.release(order.reason(), now);
            consequence = new Consequence(Action.RELEASED, facts -> new BookingReleased(facts, order.reason()));
        } else {
            booking.cancel(order.reason(), now);
            consequence = new Consequence(Action.CANCELLED, facts -> new BookingCancelled(facts, order.reason()));
        }
        return new Step(change, before, booking, Parties.of(before), List.of(), consequence);
    }

    private static void leavePattern(Booking booking, ChangeOrder order) {
        if (order.detaching()) {
            booking.leavePattern();
        }
    }

    /** What the change comes to now that all are made: whoever still takes the slot is in the way. */
    private Judged judge(Step step, ChangeOrder order) {
        Booking booking = step.booking();
        Proposal wanted = BookingDesk.proposal(booking, step.parties().guests());
        if (step.consequence() == null || !isActive(booking)) {
            BookingView after = step.consequence() == null ? step.before() : BookingView.of(booking, step.parties());
            return new Judged(
                    new Verdict(step.change(), step.before(), after, wanted, step.flaws(), List.of(), List.of()),
                    Lifted.NOTHING);
        }
        if (!bookings.overdueInTheWayOf(wanted).isEmpty()) {
            throw new ClashDetected(wanted, null); // a hold whose time is over makes way first
        }
        List<Objection> objections = BookingDesk.objections(softRules, wanted);
        Lifted lifted = BookingDesk.lifted(objections, order.override());
        if (lifted.includesTravel()) {
            booking.liftTravel();
        }
        return new Judged(
                new Verdict(
                        step.change(),
                        step.before(),
                        BookingView.of(booking, step.parties()),
                        wanted,
                        step.flaws(),
                        bookings.neighbours(wanted),
                        order.override() == null ? objections : List.of()),
                lifted);
    }

    private record Judged(Verdict verdict, Lifted lifted) {}

    private static boolean isActive(Booking booking) {
        return booking.status() == BookingStatus.CONFIRMED || booking.status() == BookingStatus.HELD;
    }

    private void record(List<Step> steps, List<Judged> judged, ChangeOrder order) {
        List<BookingEvent> events = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            Consequence consequence = step.consequence();
            if (consequence == null) {
                continue;
            }
            Booking booking = step.booking();
            Judged as = judged.get(i);
            history.append(consequence.action(), as.verdict().after(), order.actor(), order.reason(), as.lifted());
            events.add(consequence.event().apply(Facts.of(booking, step.parties())));
        }
        if (!events.isEmpty()) {
            outbox.append(events);
        }
        judged.stream()
                .map(Judged::verdict)
                .filter(Verdict::isChange)
                .forEach(verdict -> changes.fire(new BookingChanged(verdict.after(), order.actor())));
    }
}
