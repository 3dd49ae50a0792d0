package org.lectern.scheduler.booking;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.booking.Booking.Arrangement;
import org.lectern.scheduler.booking.Booking.Details;
import org.lectern.scheduler.booking.BookingCommand.Amend;
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
import org.lectern.scheduler.booking.BookingCommand.Rearrange;
import org.lectern.scheduler.booking.BookingCommand.Release;
import org.lectern.scheduler.booking.BookingCommand.Renotify;
import org.lectern.scheduler.booking.BookingCommand.Report;
import org.lectern.scheduler.booking.BookingCommand.Succeed;
import org.lectern.scheduler.booking.BookingEvent.BookingCancelled;
import org.lectern.scheduler.booking.BookingEvent.BookingCompleted;
import org.lectern.scheduler.booking.BookingEvent.BookingConfirmed;
import org.lectern.scheduler.booking.BookingEvent.BookingExpired;
import org.lectern.scheduler.booking.BookingEvent.BookingGuestsChanged;
import org.lectern.scheduler.booking.BookingEvent.BookingHeld;
import org.lectern.scheduler.booking.BookingEvent.BookingReleased;
import org.lectern.scheduler.booking.BookingEvent.BookingRevised;
import org.lectern.scheduler.booking.BookingEvent.Facts;
import org.lectern.scheduler.booking.BookingHistory.Action;
import org.lectern.scheduler.booking.Bookings.Found;
import org.lectern.scheduler.booking.Bookings.GuestList;
import org.lectern.scheduler.booking.Buffers.Occupancy;
import org.lectern.scheduler.booking.Participants.GuestRef;

/**
 * The effect of each command on a booking, its rules, history and event. Writes nothing; the caller holds the locks.
 */
@ApplicationScoped
class CommandEffects {

    private final Bookings bookings;
    private final BookingRules rules;
    private final BookingDrafts drafts;
    private final BookingHistory history;
    private final List<SoftRule> softRules;
    private final List<SoftRule> guestRules;
    private final List<SoftRule> headRules;
    private final Buffers buffers;

    @Inject
    CommandEffects(
            Bookings bookings,
            BookingRules rules,
            BookingDrafts drafts,
            BookingHistory history,
            @All List<SoftRule> softRules,
            GuestCapacity guestCapacity,
            AvailabilityRules availability,
            Buffers buffers) {
        this.bookings = bookings;
        this.rules = rules;
        this.drafts = drafts;
        this.history = history;
        this.softRules = softRules;
        guestRules = List.of(guestCapacity);
        headRules = List.of(availability, guestCapacity);
        this.buffers = buffers;
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
     * @param announced the event to publish; for a held booking the hold event replaces it
     */
    record CommandResult(
            Action action,
            Participants parties,
            GuestList guests,
            List<SoftRule> rules,
            @Nullable String pointer,
            Function<Facts, BookingEvent> announced)
            implements Outcome {

        static CommandResult of(Action action, Participants parties, Function<Facts, BookingEvent> announced) {
            return new CommandResult(action, parties, GuestList.UNCHANGED, List.of(), null, announced);
        }
    }

    CommandResult opened(Booking booking, Participants parties) {
        Action action = booking.status() == BookingStatus.HELD ? Action.HELD : Action.CONFIRMED;
        return new CommandResult(
                action, parties, drafts.joining(parties.guests()), softRules, null, BookingConfirmed::new);
    }

    /**
     * Changes the booking.
     *
     * @param before the booking before the change
     * @param detaching whether a change of planned values detaches an occurrence from its series
     * @throws InvalidRequest when the resulting booking would be invalid
     * @throws BookingRefusal when the status of the booking does not allow the command
     */
    Outcome apply(Booking booking, BookingView before, Change command, boolean detaching, Instant now) {
        Participants parties = Participants.of(before);
        return switch (command) {
            case Confirm confirm -> {
                booking.confirm(now);
                yield CommandResult.of(Action.CONFIRMED, parties, BookingConfirmed::new);
            }
            case HoldUntil hold -> {
                booking.extend(until(hold, booking), now);
                yield CommandResult.of(Action.EXTENDED, parties, facts -> new BookingHeld(facts, null));
            }
            case Release release -> {
                booking.release(release.why(), now);
                yield CommandResult.of(Action.RELEASED, parties, facts -> new BookingReleased(facts, release.reason()));
            }
            case Expire expire -> {
                booking.expire();
                yield CommandResult.of(Action.EXPIRED, parties, BookingExpired::new);
            }
            case Rearrange to -> rearrange(booking, before, to, detaching, now);
            case Amend to -> amend(booking, before, to, now);
            case Renotify again -> renotify(booking, before, again, now);
            case Join join -> join(booking, parties, join, now);
            case Leave leave -> leave(booking, parties, leave, now);
            case Succeed succeed -> succeed(booking, parties, succeed, now);
            case Cancel cancel -> {
                if (booking.status() == BookingStatus.HELD) {
                    yield apply(booking, before, new Release(cancel.reason(), cancel.reasonCode()), detaching, now);
                }
                booking.cancel(cancel.why(), now);
                yield CommandResult.of(
                        Action.CANCELLED, parties, facts -> new BookingCancelled(facts, cancel.reason()));
            }
            case Complete held -> {
                booking.complete(held.headCount(), held.note(), held.link(), now);
                yield CommandResult.of(
                        Action.COMPLETED, parties, facts -> new BookingCompleted(facts, held.headCount()));
            }
            case Report report -> {
                Action action = booking.status() == BookingStatus.COMPLETED ? Action.CORRECTED : Action.COMPLETED;
                booking.report(report.headCount(), report.note(), report.link(), now);
                yield CommandResult.of(action, parties, facts -> new BookingCompleted(facts, report.headCount()));
            }
            case Correct right -> {
                booking.correct(right.headCount(), right.note(), right.link(), right.why(), now);
                yield CommandResult.of(
                        Action.CORRECTED, parties, facts -> new BookingCompleted(facts, right.headCount()));
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

    private Outcome rearrange(Booking booking, BookingView before, Rearrange to, boolean detaching, Instant now) {
        Participants parties = Participants.of(before);
        Arrangement was = booking.arrangement();
        List<Violation> violations = new ArrayList<>();
        TimeSlot slot = slot(to, was.slot(), violations);
        Placed placed = to.onlyTime() ? new Placed(was, parties) : placed(booking, parties, to, violations);
        InvalidRequest.unlessEmpty(violations);
        Arrangement asked = placed.arrangement().at(slot);
        if (asked.equals(was)) {
            return new Unchanged(List.of(new Violation(to.onlyTime() ? "/start" : "", "change.nothing")));
        }
        Participants after = placed.parties();
        UUID host = asked.host();
        Optional<GuestRef> promoted = parties.guests().stream()
                .filter(guest -> guest.id().equals(host))
                .findFirst();
        booking.rearrange(
                promoted.map(guest -> asked.expecting(guest.expectedHeadCount()))
                        .orElse(asked),
                to.why(),
                now);
        if (detaching) {
            booking.leavePattern();
        }
        return revised(
                booking,
                before,
                after,
                promoted.isEmpty() ? GuestList.UNCHANGED : new GuestList(List.of(), Set.of(), Set.of(host)),
                softRules,
                to.onlyTime() ? "/start" : null,
                to.reason());
    }

    private record Placed(Arrangement arrangement, Participants parties) {}

    private Placed placed(Booking booking, Participants parties, Rearrange to, List<Violation> violations) {
        Arrangement was = booking.arrangement();
        UUID lecturer = Objects.requireNonNullElse(to.lecturerId(), was.lecturer());
        UUID host = Objects.requireNonNullElse(to.branchId(), was.host());
        UUID venue = to.venueId() == null ? was.venue() : to.venueId();
        String link = to.joinLink() == null ? was.link() : to.joinLink();
        Found found = bookings.find(lecturer, booking.topicId(), host, venue);
        if (to.lecturerId() != null) {
            BookingDrafts.lecturer(found, violations);
        }
        if (to.venueId() != null) {
            BookingDrafts.venue(found, violations);
        }
        if (to.venueId() != null || to.joinLink() != null) {
            rules.place(booking.format(), venue != null, link, violations);
        }
        Participants after =
                parties.with(found.lecturer() == null ? parties.lecturer() : found.lecturer(), found.venue());
        boolean another = !host.equals(was.host());
        if (another) {
            BookingDrafts.branch(found, violations);
            after = found.branch() == null ? after : after.hostedBy(found.branch());
            campaign(booking, booking.topicId(), after, violations);
        }
        boolean exclusive = another ? !found.branchParallel() : was.exclusive();
        return new Placed(new Arrangement(was.slot(), lecturer, venue, link, host, exclusive, was.heads()), after);
    }

    /** The slot that the command asks for. The present one may lie outside the range that can be booked now. */
    private TimeSlot slot(Rearrange to, TimeSlot was, List<Violation> violations) {
        OffsetDateTime start = to.start() == null ? was.localStart() : to.start();
        OffsetDateTime end = to.end() == null && to.start() == null ? was.localEnd() : to.end();
        Duration length = Duration.between(was.start(), was.end());
        Instant until = end == null ? start.toInstant().plus(length) : end.toInstant();
        if (start.toInstant().equals(was.start()) && until.equals(was.end())) {
            return was;
        }
        TimeSlot slot = rules.slot(start, end, length, was.zone(), violations);
        return slot == null ? was : slot;
    }

    private Outcome amend(Booking booking, BookingView before, Amend to, Instant now) {
        Participants parties = Participants.of(before);
        Details was = booking.details();
        var asked = new Details(
                to.topicId() == null ? was.topic() : to.topicId(),
                to.format() == null ? was.format() : to.format(),
                to.expectedHeadCountAfter(was.heads()),
                to.noteAfter(was.note()));
        if (asked.equals(was)) {
            return new Unchanged(List.of());
        }
        List<Violation> violations = new ArrayList<>();
        Participants after = parties;
        if (!asked.topic().equals(was.topic())) {
            Found found = bookings.find(booking.lecturerId(), asked.topic(), booking.branchId(), booking.venueId());
            BookingDrafts.topic(found, violations);
            after = found.topic() == null ? parties : parties.on(found.topic());
            campaign(booking, asked.topic(), parties, violations);
        }
        Occupancy occupancy = booking.occupancy();
        if (!asked.format().equals(was.format())) {
            rules.format(asked.format(), violations);
            List<Violation> place = new ArrayList<>();
            rules.place(asked.format(), booking.venueId() != null, booking.joinLink(), place);
            place.forEach(each -> violations.add(new Violation("/format", each.key(), each.arguments())));
            occupancy = buffers.around(asked.format(), booking.slot());
        }
        InvalidRequest.unlessEmpty(violations);
        boolean moved = !occupancy.equals(booking.occupancy());
        booking.amend(asked, occupancy, to.why(), now);
        boolean told = !asked.topic().equals(was.topic()) || !asked.format().equals(was.format());
        List<SoftRule> affected = told ? softRules : Objects.equals(asked.heads(), was.heads()) ? List.of() : headRules;
        return revised(
                booking,
                before,
                after,
                GuestList.UNCHANGED,
                affected.stream()
                        .filter(rule -> moved || !(rule instanceof TravelRule))
                        .toList(),
                null,
                to.reason());
    }

    /** A change of values; branches are notified only if it concerns them. */
    private static CommandResult revised(
            Booking booking,
            BookingView before,
            Participants after,
            GuestList guests,
            List<SoftRule> rules,
            @Nullable String pointer,
            @Nullable String reason) {
        boolean noteChanged = !Objects.equals(before.note(), booking.note());
        Facts facts = Facts.of(booking, after);
        boolean told = BookingRevised.of(before, facts, noteChanged, reason).isAnnounced();
        return new CommandResult(
                told ? Action.CHANGED : Action.AMENDED,
                after,
                guests,
                rules,
                pointer,
                current -> BookingRevised.of(before, current, noteChanged, reason));
    }

    private void campaign(Booking booking, UUID topic, Participants parties, List<Violation> violations) {
        if (booking.campaignId() != null) {
            violations.addAll(drafts.campaign(booking.campaignId(), topic, parties));
        }
    }

    /** Compares what was last announced with the present state; without a difference nothing changes. */
    private Outcome renotify(Booking booking, BookingView before, Renotify again, Instant now) {
        Participants parties = Participants.of(before);
        BookingView told = history.told(booking.id()).orElse(null);
        if (told == null
                || !BookingRevised.of(told, Facts.of(booking, parties), false, null)
                        .isAnnounced()) {
            return new Unchanged(List.of(new Violation("", "renotify.nothing")));
        }
        booking.renotify(again.why(), now);
        return CommandResult.of(
                Action.RENOTIFIED, parties, facts -> BookingRevised.of(told, facts, false, again.reason()));
    }

    private Outcome join(Booking booking, Participants parties, Join join, Instant now) {
        var wish = new GuestRequest(join.branchId(), join.expectedHeadCount());
        GuestRef guest = drafts.guest(wish, parties);
        List<GuestRef> guests = new ArrayList<>(parties.guests());
        guests.add(guest);
        guests.sort(Comparator.comparing(GuestRef::code));
        booking.changeGuests(join.why(), now);
        return new CommandResult(
                Action.GUEST_JOINED,
                parties.with(guests),
                drafts.joining(List.of(guest)),
                guestRules,
                "/branchId",
                facts -> new BookingGuestsChanged(facts, List.of(guest.branch()), List.of()));
    }

    private Outcome succeed(Booking booking, Participants parties, Succeed succeed, Instant now) {
        GuestRef former = parties.guests().stream()
                .filter(each -> each.id().equals(succeed.guest()))
                .findFirst()
                .orElseThrow(NotFound::new);
        List<GuestRef> guests = new ArrayList<>(parties.guests());
        guests.remove(former);
        GuestRef guest =
                drafts.guest(new GuestRequest(succeed.successor(), former.expectedHeadCount()), parties.with(guests));
        guests.add(guest);
        guests.sort(Comparator.comparing(GuestRef::code));
        booking.changeGuests(succeed.why(), now);
        GuestList joining = drafts.joining(List.of(guest));
        return new CommandResult(
                Action.GUEST_REPLACED,
                parties.with(guests),
                new GuestList(joining.joining(), joining.parallel(), Set.of(former.id())),
                List.of(),
                "/branchId",
                facts -> new BookingGuestsChanged(facts, List.of(guest.branch()), List.of(former.branch())));
    }

    private static Outcome leave(Booking booking, Participants parties, Leave leave, Instant now) {
        GuestRef guest = parties.guests().stream()
                .filter(each -> each.id().equals(leave.branchId()))
                .findFirst()
                .orElseThrow(NotFound::new);
        booking.changeGuests(leave.why(), now);
        return new CommandResult(
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
