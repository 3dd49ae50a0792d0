package org.lectern.scheduler.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.booking.BookingBatch.Item;
import org.lectern.scheduler.booking.BookingCommand.Book;
import org.lectern.scheduler.booking.BookingCommand.Change;
import org.lectern.scheduler.booking.BookingCommand.Expire;
import org.lectern.scheduler.booking.BookingEvent.BookingHeld;
import org.lectern.scheduler.booking.BookingEvent.Facts;
import org.lectern.scheduler.booking.BookingHistory.Action;
import org.lectern.scheduler.booking.Bookings.Found;
import org.lectern.scheduler.booking.CommandEffects.CommandResult;
import org.lectern.scheduler.booking.CommandEffects.Outcome;
import org.lectern.scheduler.booking.CommandEffects.Unchanged;
import org.lectern.scheduler.booking.PreviewStale.Changed;
import org.lectern.scheduler.booking.SoftRule.Objection;
import org.lectern.scheduler.booking.SoftRule.Proposal;
import org.lectern.scheduler.outbox.Outbox;

/**
 * Executes commands in the caller's transaction: locks (resources in fixed order, then bookings), rules, booking,
 * history and event. A refusal or conflict dooms the transaction. Run it in {@link ConflictResolution#settle} to name
 * the conflict. A transaction with several commands must lock for all of them first.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class BookingCommands {

    private final Bookings bookings;
    private final BookingDrafts drafts;
    private final CommandEffects effects;
    private final BookingHistory history;
    private final Outbox outbox;
    private final Event<BookingChanged> changes;
    private final Clock clock;

    @Inject
    BookingCommands(
            Bookings bookings,
            BookingDrafts drafts,
            CommandEffects effects,
            BookingHistory history,
            Outbox outbox,
            Event<BookingChanged> changes,
            Clock clock) {
        this.bookings = bookings;
        this.drafts = drafts;
        this.effects = effects;
        this.history = history;
        this.outbox = outbox;
        this.changes = changes;
        this.clock = clock;
    }

    /** Takes every lock that several commands need, before the first of them. */
    public void lockAll(Locks locks) {
        bookings.lock(locks);
    }

    /** Sees a change before it is judged or written, for instance to show it. */
    @FunctionalInterface
    public interface Witness {

        /** Looks the other way. */
        Witness NOBODY = (before, after, broken) -> {};

        /**
         * @param before null for a new booking
         * @param after as it will be if nothing prevents the change
         * @param broken the rules that it breaks, overridden or not
         */
        void sees(@Nullable BookingView before, BookingView after, List<Objection> broken);
    }

    /**
     * Books a lecture, or holds its slot if the command says so.
     *
     * @param actor for the history
     */
    public BookingView execute(Book command, String actor) {
        return execute(command, actor, Witness.NOBODY);
    }

    /** The same, before a witness. */
    public BookingView execute(Book command, String actor, Witness witness) {
        if (command.hold() != null) {
            drafts.demandMayHold(actor);
        }
        Found found = bookings.lockAndFind(
                command.parties(), command.lecturerId(), command.topicId(), command.branchId(), command.venueId());
        Step opened = open(command, found, null, actor);
        return carryOut(judge(opened).seenBy(witness).demandAllowed(), actor);
    }

    /**
     * Books one lecture of several; the caller has locked the parties of all. On a conflict or broken rule nothing is
     * written and the transaction stays usable. Earlier bookings of the transaction count.
     *
     * @param series the series of the lecture, if any
     * @throws InvalidRequest when the request is invalid; nothing was written
     * @throws ConflictDetected when an expired hold must be ended first
     */
    public BookingAttempt attempt(Book command, @Nullable UUID series, String actor) {
        Found found = bookings.find(command.lecturerId(), command.topicId(), command.branchId(), command.venueId());
        Step opened = open(command, found, series, actor);
        Proposal wanted = opened.proposal();
        List<ConflictingBooking> conflicts = bookings.describedConflicts(wanted);
        Judgement judgement = judge(opened);
        if (!conflicts.isEmpty() || !judgement.broken().isEmpty()) {
            return new BookingAttempt.NotBooked(wanted, conflicts, judgement.broken());
        }
        return new BookingAttempt.Booked(carryOut(judgement, actor));
    }

    private Step open(Book command, Found found, @Nullable UUID series, String actor) {
        Booking.Draft draft = drafts.draft(command, found, series);
        Booking booking = Booking.open(draft, actor, clock.instant());
        return new Step(null, booking, effects.opened(booking, draft.parties()), command);
    }

    /**
     * Changes one booking.
     *
     * @param expected the version that the caller has seen
     * @param actor for the history
     */
    public BookingView execute(UUID id, int expected, Change command, String actor) {
        return execute(id, expected, command, actor, Witness.NOBODY);
    }

    /** The same, before a witness. */
    public BookingView execute(UUID id, int expected, Change command, String actor, Witness witness) {
        InvalidRequest.unlessEmpty(command.violations());
        var item = new Item(id, expected, "", command);
        Locked locked = lock(List.of(item), read -> demandVersion(read.getFirst(), expected))
                .getFirst();
        return switch (apply(locked, command, true, clock.instant())) {
            case Unchanged same -> {
                InvalidRequest.unlessEmpty(same.violations());
                witness.sees(locked.before(), locked.before(), List.of());
                yield locked.before();
            }
            case CommandResult result -> {
                Step step = new Step(locked.before(), locked.booking(), result, command);
                yield carryOut(judge(step).seenBy(witness).demandAllowed(), actor);
            }
        };
    }

    /**
     * Ends a hold that has expired by the database's clock; returns whether it did. One that another transaction moves
     * at the same time is left to the next call, so that history never shows two bookings of one slot.
     */
    public boolean expire(UUID id) {
        BookingView seen = bookings.view(id, Optional.empty()).orElseThrow(NotFound::new);
        if (seen.status() != BookingStatus.EXPIRED) {
            return false;
        }
        Locks locks = Locks.none().and(seen);
        bookings.lock(locks);
        BookingView present = bookings.view(id, Optional.empty()).orElseThrow(NotFound::new);
        if (!Locks.none().and(present).equals(locks)) {
            return false; // it was moved at the same time, and its present parties are not locked
        }
        Booking booking = bookings.locked(id);
        Instant expiry = booking.holdExpiresAt();
        if (booking.status() != BookingStatus.HELD || expiry == null || expiry.isAfter(bookings.now())) {
            return false; // another transaction ended or extended it first
        }
        var locked = new Locked(booking, BookingView.of(booking, Participants.of(present)));
        if (apply(locked, new Expire(), false, clock.instant()) instanceof CommandResult result) {
            carryOut(
                    judge(new Step(locked.before(), booking, result, new Expire()))
                            .demandAllowed(),
                    Audit.SYSTEM);
        }
        return true;
    }

    /**
     * Changes several bookings atomically. Conflicts are judged by the state after all changes, so bookings may
     * exchange lecturers or times, and a chain may shift onto itself. Each changed booking gets one version and one
     * event, in batch order. An unchanged one gets none.
     *
     * @return the assessment of each item, in order; all are possible
     * @throws PreviewStale when a booking has another version than the change was decided for
     * @throws ChangesRefused when a change is impossible; has the assessments of all
     */
    public List<ChangeAssessment> executeAll(BookingBatch batch) {
        List<Locked> locked = lock(batch.items(), read -> demandVersions(batch.items(), read));
        bookings.postponeChecks();
        Instant now = clock.instant(); // one time for all: history never shows a part of them
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < locked.size(); i++) {
            parts.add(part(batch.items().get(i), locked.get(i), batch.detaching(), now));
        }
        parts.forEach(part -> part.step().ifPresent(this::removeGuests));
        parts.forEach(part -> part.step().ifPresent(this::write));
        List<Judged> judged = parts.stream().map(this::judge).toList();
        List<ChangeAssessment> verdicts = judged.stream().map(Judged::verdict).toList();
        if (!verdicts.stream().allMatch(ChangeAssessment::isPossible)) {
            throw new ChangesRefused(verdicts);
        }
        if (!verdicts.isEmpty()) {
            // the database has the last word; it checks again at commit
            bookings.check(verdicts.getFirst().wanted());
        }
        record(judged.stream().flatMap(each -> each.version().stream()).toList(), batch.actor());
        return verdicts;
    }

    /** A booking under its lock, and its view when locked. */
    private record Locked(Booking booking, BookingView before) {}

    /**
     * Locks the current parties of the bookings, the parties that commands add, and then the bookings. Current parties
     * are included because a reassignment also changes the travel between the old lecturer's remaining lectures.
     *
     * @param demand refuses bookings that differ from what the caller has seen. Runs before and after locking, since
     *     the set to lock could change in between
     */
    private List<Locked> lock(List<Item> items, Consumer<List<BookingView>> demand) {
        List<BookingView> seen = read(items);
        demand.accept(seen);
        Locks locks = Locks.none();
        for (int i = 0; i < items.size(); i++) {
            locks = locks.and(seen.get(i)).and(items.get(i).command().parties());
        }
        bookings.lock(locks);
        List<BookingView> present = read(items);
        demand.accept(present);
        return present.stream()
                .map(view -> new Locked(bookings.locked(view.id()), view))
                .toList();
    }

    private List<BookingView> read(List<Item> items) {
        Map<UUID, BookingView> found = new HashMap<>();
        bookings.views(items.stream().map(Item::bookingId).toList()).forEach(view -> found.put(view.id(), view));
        List<BookingView> read = new ArrayList<>();
        for (Item item : items) {
            BookingView booking = found.get(item.bookingId());
            if (booking == null) {
                throw new NotFound();
            }
            read.add(booking);
        }
        return read;
    }

    private Outcome apply(Locked locked, Change command, boolean detaching, Instant now) {
        return effects.apply(locked.booking(), locked.before(), command, detaching, now);
    }

    private static void demandVersion(BookingView booking, int expected) {
        if (booking.status() == BookingStatus.EXPIRED) {
            throw new HoldExpired(
                    Proposal.of(booking),
                    booking.updatedAt().atZone(ZoneId.of(booking.zone())).toOffsetDateTime());
        }
        Etag.check(expected, booking.version());
    }

    private static void demandVersions(List<Item> items, List<BookingView> read) {
        List<Changed> changed = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            BookingView present = read.get(i);
            if (item.version() != present.version()) {
                changed.add(new Changed(item.bookingId(), item.version(), present.version(), present.status()));
            }
        }
        if (!changed.isEmpty()) {
            throw new PreviewStale(changed, List.of());
        }
    }

    /** A change applied to the booking in memory, not written yet. */
    private record Step(@Nullable BookingView before, Booking booking, CommandResult result, BookingCommand command) {

        Proposal proposal() {
            return Proposal.of(before, booking, result.parties(), command);
        }
    }

    /**
     * A step judged by every overridable rule.
     *
     * @param objections the broken rules, overridden or not
     */
    private record Judgement(Step step, List<Objection> objections, AppliedOverride overridden) {

        /** The broken rules that are not overridden. */
        List<Objection> broken() {
            return step.command().override() == null ? objections : List.of();
        }

        Judgement seenBy(Witness witness) {
            witness.sees(
                    step.before(), BookingView.of(step.booking(), step.result().parties()), objections);
            return this;
        }

        /** @throws RulesBroken when a broken rule is not overridden */
        Judgement demandAllowed() {
            if (!broken().isEmpty()) {
                throw new RulesBroken(broken(), step.proposal(), List.of());
            }
            return this;
        }

        Version version() {
            Booking booking = step.booking();
            Facts facts = Facts.of(booking, step.result().parties());
            return new Version(
                    step.result().action(),
                    step.before(),
                    BookingView.of(booking, step.result().parties()),
                    overridden,
                    booking.status() == BookingStatus.HELD
                            ? new BookingHeld(facts, booking.reason())
                            : step.result().announced().apply(facts));
        }
    }

    /** A new version of a booking, and its event. */
    private record Version(
            Action action,
            @Nullable BookingView before,
            BookingView after,
            AppliedOverride overridden,
            BookingEvent event) {}

    /** Evaluates every overridable rule and marks the booking when travel is overridden. */
    private static Judgement judge(Step step) {
        Proposal wanted = step.proposal();
        List<Objection> objections = step.result().rules().stream()
                .flatMap(rule -> rule.objections(wanted).stream())
                .toList();
        AppliedOverride overridden =
                AppliedOverride.of(objections, step.command().override());
        if (overridden.includesTravel()) {
            step.booking().liftTravel();
        }
        return new Judgement(step, objections, overridden);
    }

    private BookingView carryOut(Judgement judgement, String actor) {
        removeGuests(judgement.step());
        write(judgement.step());
        Version version = judgement.version();
        record(List.of(version), actor);
        return version.after();
    }

    private void removeGuests(Step step) {
        bookings.remove(step.booking(), step.result().guests());
    }

    private void write(Step step) {
        if (step.before() == null) {
            bookings.persist(step.booking());
        }
        bookings.write(
                step.booking(),
                step.result().guests(),
                step.proposal(),
                step.result().pointer());
    }

    private void record(List<Version> versions, String actor) {
        versions.forEach(each ->
                history.append(each.action(), each.after(), actor, each.after().reason(), each.overridden()));
        if (!versions.isEmpty()) {
            outbox.append(versions.stream().map(Version::event).toList());
        }
        versions.forEach(each -> changes.fire(new BookingChanged(each.before(), each.after(), actor)));
    }

    /** An item of a batch in progress; it has no step if it is invalid or changes nothing. */
    private record Part(Item item, Locked locked, List<Violation> violations, Optional<Step> step) {}

    /** An assessed item of a batch, and the version it leads to. */
    private record Judged(ChangeAssessment verdict, Optional<Version> version) {}

    private Part part(Item item, Locked locked, boolean detaching, Instant now) {
        BookingStatus status = locked.before().status();
        if (!status.isActive()) {
            var violation = new Violation("", "changes.not-active", status.name());
            return new Part(item, locked, List.of(violation), Optional.empty());
        }
        try {
            return switch (apply(locked, item.command(), detaching, now)) {
                case Unchanged same -> new Part(item, locked, List.of(), Optional.empty());
                case CommandResult result ->
                    new Part(
                            item,
                            locked,
                            List.of(),
                            Optional.of(new Step(locked.before(), locked.booking(), result, item.command())));
            };
        } catch (InvalidRequest invalid) {
            return new Part(item, locked, invalid.violations(), Optional.empty());
        }
    }

    /** Assesses the item after all changes are applied; any booking that still occupies the slot is a conflict. */
    private Judged judge(Part part) {
        BookingView before = part.locked().before();
        if (part.step().isEmpty()) {
            var verdict = new ChangeAssessment(
                    part.item(), before, before, Proposal.of(before), part.violations(), List.of(), List.of());
            return new Judged(verdict, Optional.empty());
        }
        Step step = part.step().get();
        Proposal wanted = step.proposal();
        List<ConflictingBooking> conflicts = List.of();
        if (step.booking().status().isActive()) {
            conflicts = bookings.describedConflicts(wanted);
        }
        Judgement judgement = judge(step);
        Version version = judgement.version();
        var verdict = new ChangeAssessment(
                part.item(), before, version.after(), wanted, List.of(), conflicts, judgement.broken());
        return new Judged(verdict, Optional.of(version));
    }
}
