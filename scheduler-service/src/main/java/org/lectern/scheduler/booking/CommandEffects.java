package org.lectern.scheduler.booking;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.booking.BookingCommand.Cancel;
import org.lectern.scheduler.booking.BookingCommand.Change;
import org.lectern.scheduler.booking.BookingCommand.Complete;
import org.lectern.scheduler.booking.BookingCommand.Confirm;
import org.lectern.scheduler.booking.BookingCommand.Correct;
import org.lectern.scheduler.booking.BookingCommand.Expire;
import org.lectern.scheduler.booking.BookingCommand.GuestRequest;
import org.lectern.scheduler.booking.BookingCommand.HoldUntil;
import org.lectern.scheduler.booking.BookingCommand.Join;
import org.lectern.scheduler.booking.BookingCommand.Leave;
import org.lectern.scheduler.booking.BookingCommand.Reassign;
import org.lectern.scheduler.booking.BookingCommand.Release;
import org.lectern.scheduler.booking.BookingCommand.Reschedule;
import org.lectern.scheduler.booking.BookingEvent.BookingCancelled;
import org.lectern.scheduler.booking.BookingEvent.BookingCompleted;
import org.lectern.scheduler.booking.BookingEvent.BookingConfirmed;
import org.lectern.scheduler.booking.BookingEvent.BookingExpired;
import org.lectern.scheduler.booking.BookingEvent.BookingGuestsChanged;
import org.lectern.scheduler.booking.BookingEvent.BookingHeld;
import org.lectern.scheduler.booking.BookingEvent.BookingReassigned;
import org.lectern.scheduler.booking.BookingEvent.BookingReleased;
import org.lectern.scheduler.booking.BookingEvent.BookingRescheduled;
import org.lectern.scheduler.booking.BookingEvent.Facts;
import org.lectern.scheduler.booking.BookingHistory.Action;
import org.lectern.scheduler.booking.Bookings.Found;
import org.lectern.scheduler.booking.Bookings.GuestList;
import org.lectern.scheduler.booking.Participants.GuestRef;

/**
 * The effect of each command on a booking, its rules, history and event. Writes nothing; the caller holds the locks.
 */
@ApplicationScoped
class CommandEffects {

    private final Bookings bookings;
    private final BookingRules rules;
    private final BookingDrafts drafts;
    private final List<SoftRule> softRules;
    private final List<SoftRule> guestRules;

    @Inject
    CommandEffects(
            Bookings bookings,
            BookingRules rules,
            BookingDrafts drafts,
            @All List<SoftRule> softRules,
            GuestCapacity guestCapacity) {
        this.bookings = bookings;
        this.rules = rules;
        this.drafts = drafts;
        this.softRules = softRules;
        guestRules = List.of(guestCapacity);
    }

    /** The result of applying a command. */
    sealed interface Outcome {}

    /** The booking already has these values; the violations are for a caller who requested only this change. */
    record Unchanged(List<Violation> violations) implements Outcome {}

    /**
     * The booking is changed in memory and not written yet.
     *
     * @param parties after the change
     * @param rules the rules to evaluate
     * @param pointer the field at fault on a conflict, if only one is possible
     * @param told the event to publish; for a held booking the hold event replaces it
     */
    record Made(
            Action action,
            Participants parties,
            GuestList guests,
            List<SoftRule> rules,
            @Nullable String pointer,
            Function<Facts, BookingEvent> told)
            implements Outcome {

        static Made of(Action action, Participants parties, Function<Facts, BookingEvent> told) {
            return new Made(action, parties, GuestList.UNCHANGED, List.of(), null, told);
        }
    }

    Made opened(Booking booking, Participants parties) {
        Action action = booking.status() == BookingStatus.HELD ? Action.HELD : Action.CONFIRMED;
        return new Made(action, parties, drafts.joining(parties.guests()), softRules, null, BookingConfirmed::new);
    }

    /**
     * Changes the booking.
     *
     * @param parties before the change
     * @param detaching whether a change of planned values detaches an occurrence from its series
     * @throws InvalidRequest when the resulting booking would be invalid
     * @throws BookingRefusal when the status of the booking does not allow the command
     */
    Outcome apply(Booking booking, Participants parties, Change command, boolean detaching, Instant now) {
        return switch (command) {
            case Confirm confirm -> {
                booking.confirm(now);
                yield Made.of(Action.CONFIRMED, parties, BookingConfirmed::new);
            }
            case HoldUntil hold -> {
                booking.extend(until(hold, booking), now);
                yield Made.of(Action.EXTENDED, parties, facts -> new BookingHeld(facts, null));
            }
            case Release release -> {
                booking.release(release.reason(), now);
                yield Made.of(Action.RELEASED, parties, facts -> new BookingReleased(facts, release.reason()));
            }
            case Expire expire -> {
                booking.expire();
                yield Made.of(Action.EXPIRED, parties, BookingExpired::new);
            }
            case Reschedule to -> reschedule(booking, parties, to, detaching, now);
            case Reassign to -> reassign(booking, parties, to, detaching, now);
            case Join join -> join(booking, parties, join, now);
            case Leave leave -> leave(booking, parties, leave, now);
            case Cancel cancel -> {
                if (booking.status() == BookingStatus.HELD) {
                    yield apply(booking, parties, new Release(cancel.reason()), detaching, now);
                }
                booking.cancel(cancel.reason(), now);
                yield Made.of(Action.CANCELLED, parties, facts -> new BookingCancelled(facts, cancel.reason()));
            }
            case Complete held -> {
                booking.complete(held.headCount(), held.note(), held.link(), now);
                yield Made.of(Action.COMPLETED, parties, facts -> new BookingCompleted(facts, held.headCount()));
            }
            case Correct right -> {
                booking.correct(right.headCount(), right.note(), right.link(), right.reason(), now);
                yield Made.of(Action.CORRECTED, parties, facts -> new BookingCompleted(facts, right.headCount()));
            }
        };
    }

    private Instant until(HoldUntil hold, Booking booking) {
        List<Violation> violations = new ArrayList<>();
        Instant until = rules.heldUntil(hold.expiresAt(), "/expiresAt", bookings.now(), booking.slot(), violations);
        if (until == null) {
            throw new InvalidRequest(violations);
        }
        return until;
    }

    private Outcome reschedule(Booking booking, Participants parties, Reschedule to, boolean detaching, Instant now) {
        TimeSlot was = booking.slot();
        Duration length = Duration.between(was.start(), was.end());
        List<Violation> violations = new ArrayList<>();
        TimeSlot slot = rules.slot(to.start(), to.end(), length, was.zone(), violations);
        Instant end = to.end() == null
                ? to.start().toInstant().plus(length)
                : to.end().toInstant();
        if (to.start().toInstant().equals(was.start()) && end.equals(was.end())) {
            // an unchanged slot may lie outside the range that can be booked now
            return new Unchanged(slot == null ? violations : List.of(new Violation("/start", "reschedule.same-times")));
        }
        if (slot == null) {
            throw new InvalidRequest(violations);
        }
        booking.reschedule(slot, to.reason(), now);
        leavePattern(booking, detaching);
        var before = new BookingRescheduled.Times(was.start(), was.end());
        return new Made(
                Action.RESCHEDULED,
                parties,
                GuestList.UNCHANGED,
                softRules,
                "/start",
                facts -> new BookingRescheduled(facts, before, to.reason()));
    }

    private Outcome reassign(Booking booking, Participants parties, Reassign to, boolean detaching, Instant now) {
        UUID lecturer = Objects.requireNonNullElse(to.lecturerId(), booking.lecturerId());
        UUID venue = to.venueId() == null ? booking.venueId() : to.venueId();
        String link = to.joinLink() == null ? booking.joinLink() : to.joinLink();
        Found found = bookings.find(lecturer, booking.topicId(), booking.branchId(), venue);
        List<Violation> violations = new ArrayList<>();
        if (to.lecturerId() != null) {
            BookingDrafts.lecturer(found, violations);
        }
        if (to.venueId() != null) {
            BookingDrafts.venue(found, violations);
        }
        rules.place(booking.format(), venue != null, link, violations);
        InvalidRequest.unlessEmpty(violations);
        if (lecturer.equals(booking.lecturerId())
                && Objects.equals(venue, booking.venueId())
                && Objects.equals(link, booking.joinLink())) {
            return new Unchanged(List.of(new Violation("", "reassign.nothing")));
        }
        var before = new BookingReassigned.Assignment(parties.lecturer(), parties.venue(), booking.joinLink());
        booking.reassign(lecturer, venue, link, to.reason(), now);
        leavePattern(booking, detaching);
        return new Made(
                Action.REASSIGNED,
                parties.with(found.lecturer() == null ? parties.lecturer() : found.lecturer(), found.venue()),
                GuestList.UNCHANGED,
                softRules,
                null,
                facts -> new BookingReassigned(facts, before, to.reason()));
    }

    private static void leavePattern(Booking booking, boolean detaching) {
        if (detaching) {
            booking.leavePattern();
        }
    }

    private Outcome join(Booking booking, Participants parties, Join join, Instant now) {
        var wish = new GuestRequest(join.branchId(), join.expectedHeadCount());
        GuestRef guest = drafts.guest(wish, parties);
        List<GuestRef> guests = new ArrayList<>(parties.guests());
        guests.add(guest);
        guests.sort(Comparator.comparing(GuestRef::code));
        booking.changeGuests(now);
        return new Made(
                Action.GUEST_JOINED,
                parties.with(guests),
                drafts.joining(List.of(guest)),
                guestRules,
                "/branchId",
                facts -> new BookingGuestsChanged(facts, List.of(guest.branch()), List.of()));
    }

    private static Outcome leave(Booking booking, Participants parties, Leave leave, Instant now) {
        GuestRef guest = parties.guests().stream()
                .filter(each -> each.id().equals(leave.branchId()))
                .findFirst()
                .orElseThrow(NotFound::new);
        booking.changeGuests(now);
        return new Made(
                Action.GUEST_LEFT,
                parties.with(parties.guests().stream()
                        .filter(each -> !each.equals(guest))
                        .toList()),
                new GuestList(List.of(), Set.of(), Set.of(guest.id())),
                List.of(),
                null,
                facts -> new BookingGuestsChanged(facts, List.of(), List.of(guest.branch())));
    }
}
