package org.lectern.scheduler.booking;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.problem.Flaw;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.audit.Audit;
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
import org.lectern.scheduler.booking.Bookings.FoundGuest;
import org.lectern.scheduler.booking.Bookings.GuestList;
import org.lectern.scheduler.booking.Parties.BranchRef;
import org.lectern.scheduler.booking.Parties.GuestRef;
import org.lectern.scheduler.booking.SoftRule.Guest;
import org.lectern.scheduler.booking.SoftRule.Objection;
import org.lectern.scheduler.booking.SoftRule.Proposal;
import org.lectern.scheduler.outbox.Outbox;

/**
 * What can be done with bookings, inside the caller's transaction: the locks (resources in their fixed order, then the
 * booking), the rules, the booking itself, its history and its event. A refusal or a clash dooms the transaction; run
 * it in {@link Settlement#settle} so that the clash is named. A transaction that changes several bookings locks them
 * all first.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class BookingDesk {

    /** Who it is when nobody does it. */
    public static final String SYSTEM = Audit.SYSTEM;

    private static final int MOST_GUESTS = 50;

    private final Bookings bookings;
    private final BookingRules rules;
    private final BookingConfig config;
    private final Buffers buffers;
    private final List<SoftRule> softRules;
    private final GuestCapacity guestCapacity;
    private final CampaignTerms campaigns;
    private final BookingHistory history;
    private final Outbox outbox;
    private final Event<BookingChanged> changes;
    private final Clock clock;

    @Inject
    BookingDesk(
            Bookings bookings,
            BookingRules rules,
            BookingConfig config,
            Buffers buffers,
            @All List<SoftRule> softRules,
            GuestCapacity guestCapacity,
            CampaignTerms campaigns,
            BookingHistory history,
            Outbox outbox,
            Event<BookingChanged> changes,
            Clock clock) {
        this.bookings = bookings;
        this.rules = rules;
        this.config = config;
        this.buffers = buffers;
        this.softRules = softRules;
        this.guestCapacity = guestCapacity;
        this.campaigns = campaigns;
        this.history = history;
        this.outbox = outbox;
        this.changes = changes;
        this.clock = clock;
    }

    /** Locks everything that changes of several bookings will need, before the first of them. */
    public void lockAll(Locks locks) {
        bookings.lock(locks);
    }

    /** A booking as it stands; what matters of it may change until it is locked. */
    public Optional<BookingView> find(UUID id) {
        return bookings.view(id, Optional.empty());
    }

    /**
     * Books a lecture, or holds its slot when the request says so.
     *
     * @param actor who does it, for the history
     */
    public BookingView book(BookingRequest request, String actor) {
        if (request.hold() != null && !actor.equals(SYSTEM)) {
            demandMayHold(actor);
        }
        Found found = bookings.lockAndFind(
                Locks.of(List.of(request)),
                request.lecturerId(),
                request.topicId(),
                request.branchId(),
                request.venueId());
        Booking.Draft draft = draft(request, found, null);
        return open(draft, judge(proposal(null, draft), request.override()), actor);
    }

    /**
     * Books one lecture of several whose parties the caller has locked, unless bookings are in the way or rules speak
     * against it: then nothing is written and the transaction goes on. What was booked in it before counts.
     *
     * @param series the series it is of, if any
     * @throws InvalidRequest when it cannot be as it is asked for; nothing was written then either
     * @throws ClashDetected when a hold whose time is over has to make way first
     */
    public Attempt attempt(BookingRequest request, @Nullable UUID series, String actor) {
        Found found = bookings.find(request.lecturerId(), request.topicId(), request.branchId(), request.venueId());
        Booking.Draft draft = draft(request, found, series);
        Proposal wanted = proposal(null, draft);
        if (!bookings.overdueInTheWayOf(wanted).isEmpty()) {
            throw new ClashDetected(wanted, null);
        }
        List<Neighbour> neighbours = bookings.neighbours(wanted);
        List<Objection> objections = objections(softRules, wanted);
        boolean lifts = request.override() != null;
        if (!neighbours.isEmpty() || !objections.isEmpty() && !lifts) {
            return new Attempt.Prevented(wanted, neighbours, lifts ? List.of() : objections);
        }
        return new Attempt.Booked(open(draft, lifted(objections, request.override()), actor));
    }

    private BookingView open(Booking.Draft draft, Lifted lifted, String actor) {
        Booking booking = Booking.open(draft.travelLifted(lifted.includesTravel()), actor, now());
        bookings.persist(booking);
        boolean held = booking.status() == BookingStatus.HELD;
        BookingView view = record(
                booking,
                draft.parties(),
                joining(draft.parties().guests()),
                held ? Action.HELD : Action.CONFIRMED,
                actor,
                lifted,
                null);
        Facts facts = Facts.of(booking, draft.parties());
        outbox.append(held ? new BookingHeld(facts, null) : new BookingConfirmed(facts));
        return view;
    }

    /** Makes a hold a lecture that will take place; only now the branch is told. */
    public BookingView confirm(UUID id, int expectedVersion, String actor) {
        Locked locked = lock(id, expectedVersion, null, null);
        Booking booking = locked.booking();
        booking.confirm(now());
        BookingView view = record(booking, locked.parties(), Action.CONFIRMED, actor, Lifted.NOTHING, null);
        outbox.append(new BookingConfirmed(Facts.of(booking, locked.parties())));
        return view;
    }

    /** Holds the slot until another time. */
    public BookingView extend(UUID id, int expectedVersion, HoldRequest request, String actor) {
        Locked locked = lock(id, expectedVersion, null, null);
        Booking booking = locked.booking();
        List<Flaw> flaws = new ArrayList<>();
        Instant until = rules.heldUntil(request.expiresAt(), "/expiresAt", bookings.now(), booking.slot(), flaws);
        if (until == null) {
            throw new InvalidRequest(flaws);
        }
        booking.extend(until, now());
        BookingView view = record(booking, locked.parties(), Action.EXTENDED, actor, Lifted.NOTHING, null);
        outbox.append(new BookingHeld(Facts.of(booking, locked.parties()), null));
        return view;
    }

    /** Gives a hold up; its slot is free from this moment on. */
    public BookingView release(UUID id, int expectedVersion, @Nullable String reason, String actor) {
        Locked locked = lock(id, expectedVersion, null, null);
        return release(locked, reason, actor);
    }

    private BookingView release(Locked locked, @Nullable String reason, String actor) {
        Booking booking = locked.booking();
        booking.release(reason, now());
        BookingView view = record(booking, locked.parties(), Action.RELEASED, actor, Lifted.NOTHING, null);
        outbox.append(new BookingReleased(Facts.of(booking, locked.parties()), reason));
        return view;
    }

    /** Ends a hold whose time is over by the database's clock; whether it did. */
    public boolean expire(UUID id) {
        BookingView seen = bookings.view(id, Optional.empty()).orElseThrow(NotFound::new);
        if (seen.status() != BookingStatus.EXPIRED) {
            return false;
        }
        bookings.lock(Locks.none().and(seen));
        Booking booking = bookings.locked(id);
        if (booking.status() != BookingStatus.HELD || !isOverdue(booking)) {
            return false; // somebody else has ended it meanwhile
        }
        booking.expire();
        Parties parties = new Parties(seen.lecturer(), seen.topic(), seen.branch(), seen.venue(), seen.guests());
        record(booking, parties, Action.EXPIRED, Audit.SYSTEM, Lifted.NOTHING, null);
        outbox.append(new BookingExpired(Facts.of(booking, parties)));
        return true;
    }

    /** Moves a lecture to another time. */
    public BookingView reschedule(UUID id, int expectedVersion, RescheduleRequest request, String actor) {
        Locked locked = lock(id, expectedVersion, null, null);
        Booking booking = locked.booking();
        TimeSlot was = booking.slot();
        TimeSlot slot = slot(request, was);
        booking.reschedule(slot, request.reason(), now());
        booking.leavePattern();
        Lifted lifted = judge(booking, locked.parties(), request.override());
        BookingView view = record(booking, locked.parties(), Action.RESCHEDULED, actor, lifted, "/start");
        Facts facts = Facts.of(booking, locked.parties());
        var before = new BookingRescheduled.Times(was.start(), was.end());
        outbox.append(
                booking.status() == BookingStatus.HELD
                        ? new BookingHeld(facts, request.reason())
                        : new BookingRescheduled(facts, before, request.reason()));
        return view;
    }

    /** Gives a lecture to another lecturer, venue or join link. */
    public BookingView reassign(UUID id, int expectedVersion, ReassignRequest request, String actor) {
        if (request.lecturerId() == null && request.venueId() == null && request.joinLink() == null) {
            throw new InvalidRequest("", "reassign.nothing");
        }
        Locked locked = lock(id, expectedVersion, request.lecturerId(), request.venueId());
        Booking booking = locked.booking();
        Parties parties = locked.parties();
        var was = new BookingReassigned.Assignment(
                locked.seen().lecturer(), locked.seen().venue(), booking.joinLink());
        String link = request.joinLink() == null ? booking.joinLink() : request.joinLink();
        List<Flaw> flaws = new ArrayList<>();
        rules.place(booking.format(), parties.venue() != null, link, flaws);
        UUID venueId = parties.venue() == null ? null : parties.venue().id();
        if (flaws.isEmpty()
                && parties.lecturer().id().equals(booking.lecturerId())
                && Objects.equals(venueId, booking.venueId())
                && Objects.equals(link, booking.joinLink())) {
            flaws.add(new Flaw("", "reassign.nothing"));
        }
        InvalidRequest.unlessEmpty(flaws);
        booking.reassign(parties.lecturer().id(), venueId, link, request.reason(), now());
        booking.leavePattern();
        Lifted lifted = judge(booking, locked.parties(), request.override());
        BookingView view = record(booking, parties, Action.REASSIGNED, actor, lifted, null);
        Facts facts = Facts.of(booking, parties);
        outbox.append(
                booking.status() == BookingStatus.HELD
                        ? new BookingHeld(facts, request.reason())
                        : new BookingReassigned(facts, was, request.reason()));
        return view;
    }

    /** Calls a lecture off; its slot is free from this moment on. A hold is released instead: nobody was told of it. */
    public BookingView cancel(UUID id, int expectedVersion, CancelRequest request, String actor) {
        Locked locked = lock(id, expectedVersion, null, null);
        Booking booking = locked.booking();
        if (booking.status() == BookingStatus.HELD) {
            return release(locked, request.reason(), actor);
        }
        booking.cancel(request.reason(), now());
        BookingView view = record(booking, locked.parties(), Action.CANCELLED, actor, Lifted.NOTHING, null);
        outbox.append(new BookingCancelled(Facts.of(booking, locked.parties()), request.reason()));
        return view;
    }

    /** Records that a lecture was held. */
    public BookingView complete(UUID id, int expectedVersion, CompleteRequest request, String actor) {
        Locked locked = lock(id, expectedVersion, null, null);
        Booking booking = locked.booking();
        booking.complete(request.headCount(), request.note(), request.link(), now());
        BookingView view = record(booking, locked.parties(), Action.COMPLETED, actor, Lifted.NOTHING, null);
        outbox.append(new BookingCompleted(Facts.of(booking, locked.parties()), request.headCount()));
        return view;
    }

    /** Puts right what was recorded of a lecture that was held; what stood there before stays in the history. */
    public BookingView correct(UUID id, int expectedVersion, CorrectRequest request, String actor) {
        Locked locked = lock(id, expectedVersion, null, null);
        Booking booking = locked.booking();
        booking.correct(request.headCount(), request.note(), request.link(), request.reason(), now());
        BookingView view = record(booking, locked.parties(), Action.CORRECTED, actor, Lifted.NOTHING, null);
        outbox.append(new BookingCompleted(Facts.of(booking, locked.parties()), request.headCount()));
        return view;
    }

    /** What speaks for booking something else first, although nothing forbids this. */
    public List<Warning> warnings(BookingView booking) {
        return booking.campaignId() == null
                ? List.of()
                : campaigns.warnings(
                        booking.campaignId(), booking.id(), booking.topic().id(), booking.branchIds());
    }

    /** Has another branch join a lecture; only it is told, and only when the lecture is confirmed. */
    public BookingView join(UUID id, int expectedVersion, JoinRequest request, String actor) {
        Locked locked = lock(id, expectedVersion, null, null, request.branchId());
        Booking booking = locked.booking();
        List<GuestRef> guests = new ArrayList<>(locked.parties().guests());
        List<Flaw> flaws = new ArrayList<>();
        GuestRequest wish = new GuestRequest(request.branchId(), request.expectedHeadCount());
        GuestRef guest = guest("/branchId", wish, locked.parties().branch().id(), guests, flaws);
        if (guests.size() >= MOST_GUESTS) {
            flaws.add(new Flaw("/branchId", "guest.too-many", MOST_GUESTS));
        }
        if (guest == null || !flaws.isEmpty()) {
            throw new InvalidRequest(flaws);
        }
        guests.add(guest);
        guests.sort(Comparator.comparing(GuestRef::code));
        Parties parties = locked.parties().with(guests);
        booking.changeGuests(now());
        Lifted lifted = judge(List.of(guestCapacity), proposal(booking, parties.guests()), request.override());
        BookingView view =
                record(booking, parties, joining(List.of(guest)), Action.GUEST_JOINED, actor, lifted, "/branchId");
        guestsChanged(booking, parties, List.of(branch(guest)), List.of());
        return view;
    }

    /** Has a guest leave a lecture again; only it is told. */
    public BookingView leave(UUID id, int expectedVersion, UUID branchId, String actor) {
        Locked locked = lock(id, expectedVersion, null, null);
        Booking booking = locked.booking();
        GuestRef guest = locked.parties().guests().stream()
                .filter(each -> each.id().equals(branchId))
                .findFirst()
                .orElseThrow(NotFound::new);
        Parties parties = locked.parties()
                .with(locked.parties().guests().stream()
                        .filter(each -> !each.equals(guest))
                        .toList());
        booking.changeGuests(now());
        GuestList leaving = new GuestList(List.of(), Set.of(), Set.of(branchId));
        BookingView view = record(booking, parties, leaving, Action.GUEST_LEFT, actor, Lifted.NOTHING, null);
        guestsChanged(booking, parties, List.of(), List.of(branch(guest)));
        return view;
    }

    private void guestsChanged(Booking booking, Parties parties, List<BranchRef> joined, List<BranchRef> left) {
        Facts facts = Facts.of(booking, parties);
        outbox.append(
                booking.status() == BookingStatus.HELD
                        ? new BookingHeld(facts, null)
                        : new BookingGuestsChanged(facts, joined, left));
    }

    private static BranchRef branch(GuestRef guest) {
        return new BranchRef(guest.id(), guest.code(), guest.name());
    }

    private GuestList joining(List<GuestRef> guests) {
        List<Guest> joining = guests(guests);
        Set<UUID> parallel =
                bookings.findGuests(joining.stream().map(Guest::branchId).collect(Collectors.toSet())).values().stream()
                        .filter(FoundGuest::parallel)
                        .map(found -> found.branch().id())
                        .collect(Collectors.toSet());
        return new GuestList(joining, parallel, Set.of());
    }

    private List<GuestRef> guests(BookingRequest request, List<Flaw> flaws) {
        List<GuestRef> guests = new ArrayList<>();
        List<GuestRequest> wishes = request.guests() == null ? List.of() : request.guests();
        for (int i = 0; i < wishes.size(); i++) {
            String pointer = "/guests/" + i + "/branchId";
            GuestRef guest = guest(pointer, wishes.get(i), request.branchId(), guests, flaws);
            if (guest != null) {
                guests.add(guest);
            }
        }
        guests.sort(Comparator.comparing(GuestRef::code));
        return guests;
    }

    /** The guest of that wish, which is neither the host nor one of the others. */
    private @Nullable GuestRef guest(
            String pointer, GuestRequest wish, UUID host, List<GuestRef> others, List<Flaw> flaws) {
        UUID id = wish.branchId();
        FoundGuest found = bookings.findGuests(Set.of(id)).get(id);
        reference(pointer, found, found != null && found.archived(), flaws);
        if (id.equals(host)) {
            flaws.add(new Flaw(pointer, "guest.is-host"));
        }
        if (others.stream().anyMatch(other -> other.id().equals(id))) {
            flaws.add(new Flaw(pointer, "guest.twice"));
        }
        return found == null
                ? null
                : new GuestRef(id, found.branch().code(), found.branch().name(), wish.expectedHeadCount());
    }

    /** A booking under lock, as it was seen before, and those whom it brings together now. */
    private record Locked(Booking booking, BookingView seen, Parties parties) {}

    /**
     * Locks the resources, those that shall come instead of the present ones included, and then the booking. The
     * present ones are locked too: what is next to what at a lecturer changes also when a lecture leaves him.
     */
    private Locked lock(UUID id, int expected, @Nullable UUID newLecturer, @Nullable UUID newVenue) {
        return lock(id, expected, newLecturer, newVenue, null);
    }

    private Locked lock(
            UUID id, int expected, @Nullable UUID newLecturer, @Nullable UUID newVenue, @Nullable UUID newGuest) {
        BookingView seen = bookings.view(id, Optional.empty()).orElseThrow(NotFound::new);
        if (seen.status() == BookingStatus.EXPIRED) {
            throw expired(seen);
        }
        // the same tag before and under the locks: nobody changed what there is to lock in between
        Etag.check(expected, seen.version());
        UUID lecturer = newLecturer == null ? seen.lecturer().id() : newLecturer;
        UUID venue = newVenue != null
                ? newVenue
                : seen.venue() == null ? null : seen.venue().id();
        bookings.lock(Locks.none().and(seen).and(lecturer, venue, newGuest == null ? Set.of() : Set.of(newGuest)));
        Found found = bookings.find(lecturer, seen.topic().id(), seen.branch().id(), venue);
        Booking booking = bookings.locked(id);
        if (booking.status() == BookingStatus.HELD && isOverdue(booking)) {
            throw expired(seen);
        }
        Etag.check(expected, booking.version());
        List<Flaw> flaws = new ArrayList<>();
        if (newLecturer != null) {
            lecturer(found, flaws);
        }
        if (newVenue != null) {
            venue(found, flaws);
        }
        InvalidRequest.unlessEmpty(flaws);
        return new Locked(
                booking,
                seen,
                new Parties(
                        found.lecturer() == null ? seen.lecturer() : found.lecturer(),
                        found.topic() == null ? seen.topic() : found.topic(),
                        found.branch() == null ? seen.branch() : found.branch(),
                        found.venue(),
                        seen.guests()));
    }

    /** Whether a hold's time is over, which nobody but the database's clock decides. */
    private boolean isOverdue(Booking booking) {
        Instant expiry = booking.holdExpiresAt();
        return expiry != null && !expiry.isAfter(bookings.now());
    }

    private static HoldExpired expired(BookingView hold) {
        return new HoldExpired(
                proposal(hold), hold.updatedAt().atZone(ZoneId.of(hold.zone())).toOffsetDateTime());
    }

    private void demandMayHold(String actor) {
        int most = config.holds().mostPerOrganizer();
        if (most > 0 && bookings.heldBy(actor) >= most) {
            throw new TooManyHolds(most);
        }
    }

    private Booking.Draft draft(BookingRequest request, Found found, @Nullable UUID series) {
        List<Flaw> flaws = new ArrayList<>();
        rules.format(request.format(), flaws);
        rules.place(request.format(), request.venueId() != null, request.joinLink(), flaws);
        lecturer(found, flaws);
        reference("/topicId", found.topic(), found.topicArchived(), flaws);
        reference("/branchId", found.branch(), found.branchArchived(), flaws);
        if (request.venueId() != null) {
            venue(found, flaws);
        }
        ZoneId zone = rules.zone(request.zone(), found.branchZone(), flaws);
        TimeSlot slot = null;
        if (zone != null) {
            var usual = Duration.ofMinutes(Math.max(1, found.topicMinutes()));
            slot = rules.slot(request.start(), request.end(), usual, zone, flaws);
        }
        Instant heldUntil = null;
        if (slot != null && request.hold() != null) {
            heldUntil = rules.heldUntil(request.hold().expiresAt(), "/hold/expiresAt", bookings.now(), slot, flaws);
        }
        List<GuestRef> guests = guests(request, flaws);
        if (request.campaignId() != null) {
            Set<UUID> invited = Locks.of(List.of(request)).branches();
            flaws.addAll(campaigns.flaws(request.campaignId(), request.topicId(), invited));
        }
        InvalidRequest.unlessEmpty(flaws);
        if (found.lecturer() == null || found.topic() == null || found.branch() == null || slot == null) {
            throw new IllegalStateException("a flaw was missed");
        }
        return new Booking.Draft(
                new Parties(found.lecturer(), found.topic(), found.branch(), found.venue(), guests),
                slot,
                buffers.around(request.format(), slot),
                heldUntil,
                request.format(),
                request.joinLink(),
                !found.branchParallel(),
                false,
                request.expectedHeadCount(),
                request.note(),
                series,
                request.campaignId());
    }

    private TimeSlot slot(RescheduleRequest request, TimeSlot was) {
        List<Flaw> flaws = new ArrayList<>();
        TimeSlot slot =
                rules.slot(request.start(), request.end(), Duration.between(was.start(), was.end()), was.zone(), flaws);
        if (slot != null && slot.sameTimes(was)) {
            flaws.add(new Flaw("/start", "reschedule.same-times"));
        }
        if (slot == null || !flaws.isEmpty()) {
            throw new InvalidRequest(flaws);
        }
        return slot;
    }

    static void lecturer(Found found, List<Flaw> flaws) {
        reference("/lecturerId", found.lecturer(), found.lecturerArchived(), flaws);
        if (found.lecturer() != null && found.topic() != null && !found.lecturesOnTopic()) {
            flaws.add(new Flaw("/lecturerId", "lecturer.not-on-topic"));
        }
    }

    static void venue(Found found, List<Flaw> flaws) {
        reference("/venueId", found.venue(), found.venueArchived(), flaws);
    }

    private static void reference(String pointer, @Nullable Object found, boolean archived, List<Flaw> flaws) {
        if (found == null) {
            flaws.add(new Flaw(pointer, "reference.unknown"));
        } else if (archived) {
            flaws.add(new Flaw(pointer, "reference.archived"));
        }
    }

    /**
     * Asks every rule that can be overridden.
     *
     * @return those that were broken and overridden
     * @throws RulesBroken when some are broken and nobody overrode them
     */
    private Lifted judge(Proposal proposal, @Nullable RuleOverride override) {
        return judge(softRules, proposal, override);
    }

    private static Lifted judge(List<? extends SoftRule> rules, Proposal proposal, @Nullable RuleOverride override) {
        List<Objection> objections = objections(rules, proposal);
        if (override == null && !objections.isEmpty()) {
            throw new RulesBroken(objections, proposal, List.of());
        }
        return lifted(objections, override);
    }

    static List<Objection> objections(List<? extends SoftRule> rules, Proposal proposal) {
        return rules.stream()
                .flatMap(rule -> rule.objections(proposal).stream())
                .toList();
    }

    static Lifted lifted(List<Objection> objections, @Nullable RuleOverride override) {
        return override == null
                ? Lifted.NOTHING
                : new Lifted(
                        override.reason(),
                        objections.stream().map(Objection::code).distinct().toList());
    }

    /** The same of a booking that was changed and not written yet. */
    private Lifted judge(Booking booking, Parties parties, @Nullable RuleOverride override) {
        Lifted lifted = judge(proposal(booking, parties.guests()), override);
        if (lifted.includesTravel()) {
            booking.liftTravel();
        }
        return lifted;
    }

    private static Proposal proposal(@Nullable UUID id, Booking.Draft draft) {
        Parties parties = draft.parties();
        return new Proposal(
                id,
                parties.lecturer().id(),
                parties.topic().id(),
                parties.branch().id(),
                guests(parties.guests()),
                parties.venue() == null ? null : parties.venue().id(),
                draft.format(),
                draft.slot(),
                draft.occupancy(),
                draft.expectedHeadCount(),
                draft.campaignId());
    }

    private static Proposal proposal(BookingView view) {
        TimeSlot slot = new TimeSlot(view.start().toInstant(), view.end().toInstant(), ZoneId.of(view.zone()));
        return new Proposal(
                view.id(),
                view.lecturer().id(),
                view.topic().id(),
                view.branch().id(),
                guests(view.guests()),
                view.venue() == null ? null : view.venue().id(),
                view.format(),
                slot,
                view.occupancy(),
                view.expectedHeadCount(),
                view.campaignId());
    }

    static Proposal proposal(Booking booking, List<GuestRef> guests) {
        return new Proposal(
                booking.id(),
                booking.lecturerId(),
                booking.topicId(),
                booking.branchId(),
                guests(guests),
                booking.venueId(),
                booking.format(),
                booking.slot(),
                booking.occupancy(),
                booking.expectedHeadCount(),
                booking.campaignId());
    }

    private static List<Guest> guests(List<GuestRef> guests) {
        return guests.stream()
                .map(guest -> new Guest(guest.id(), guest.expectedHeadCount()))
                .toList();
    }

    /**
     * Writes the booking and its new version.
     *
     * @param pointer the field at fault if the slot is taken, when only one can be
     */
    private BookingView record(
            Booking booking, Parties parties, Action action, String actor, Lifted lifted, @Nullable String pointer) {
        return record(booking, parties, GuestList.UNCHANGED, action, actor, lifted, pointer);
    }

    private BookingView record(
            Booking booking,
            Parties parties,
            GuestList guests,
            Action action,
            String actor,
            Lifted lifted,
            @Nullable String pointer) {
        bookings.write(booking, guests, proposal(booking, parties.guests()), pointer);
        BookingView view = BookingView.of(booking, parties);
        history.append(action, view, actor, booking.reason(), lifted);
        changes.fire(new BookingChanged(view, actor));
        return view;
    }

    private Instant now() {
        return clock.instant();
    }
}
