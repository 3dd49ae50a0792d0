package org.lectern.scheduler.booking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.BookingEvent.BookingCancelled;
import org.lectern.scheduler.booking.BookingEvent.BookingCompleted;
import org.lectern.scheduler.booking.BookingEvent.BookingConfirmed;
import org.lectern.scheduler.booking.BookingEvent.BookingReassigned;
import org.lectern.scheduler.booking.BookingEvent.BookingRescheduled;
import org.lectern.scheduler.booking.BookingEvent.Facts;
import org.lectern.scheduler.booking.BookingHistory.Action;
import org.lectern.scheduler.booking.Bookings.ClashDetected;
import org.lectern.scheduler.booking.Bookings.Found;
import org.lectern.scheduler.booking.Occupied.Clash;
import org.lectern.scheduler.idempotency.Answer;
import org.lectern.scheduler.idempotency.Idempotency;
import org.lectern.scheduler.idempotency.IdempotencyKey;
import org.lectern.scheduler.outbox.Outbox;
import org.lectern.scheduler.problem.Etag;
import org.lectern.scheduler.problem.Flaw;
import org.lectern.scheduler.problem.InvalidRequest;
import org.lectern.scheduler.problem.NotFound;

/**
 * What can be done with bookings. Each change is one transaction: the idempotency key, the locks (resources in their
 * fixed order, then the booking), the booking itself, its history, its event and the kept answer.
 */
@ApplicationScoped
class BookingService {

    private static final int ATTEMPTS_AT_A_FREED_SLOT = 3;

    private final Bookings bookings;
    private final BookingRules rules;
    private final BookingHistory history;
    private final Outbox outbox;
    private final Idempotency idempotency;
    private final ObjectMapper json;
    private final Clock clock;

    @Inject
    BookingService(
            Bookings bookings,
            BookingRules rules,
            BookingHistory history,
            Outbox outbox,
            Idempotency idempotency,
            ObjectMapper json,
            Clock clock) {
        this.bookings = bookings;
        this.rules = rules;
        this.history = history;
        this.outbox = outbox;
        this.idempotency = idempotency;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Books a lecture.
     *
     * @throws Occupied when the lecturer, the venue or the branch has another lecture then
     */
    Answer confirm(IdempotencyKey key, BookingRequest request) {
        var attempt = new Attempt();
        return attempt.until(
                null,
                () -> idempotency.once(key, "POST /bookings", request, () -> {
                    Found found = bookings.lock(
                            request.lecturerId(), request.topicId(), request.branchId(), request.venueId());
                    Booking.Draft draft = draft(request, found);
                    attempt.wants(draft.parties(), draft.slot(), null);
                    Booking booking = Booking.confirm(draft, key.principal(), now());
                    bookings.persist(booking);
                    BookingView view = record(booking, draft.parties(), Action.CONFIRMED, key.principal());
                    outbox.append(new BookingConfirmed(Facts.of(booking, draft.parties())));
                    return Answer.created("/api/v1/bookings/" + booking.id(), Etag.of(1), write(view));
                }));
    }

    /** Moves a lecture to another time. */
    Answer reschedule(IdempotencyKey key, UUID id, int expected, RescheduleRequest request) {
        var attempt = new Attempt();
        return attempt.until(
                "/start",
                () -> idempotency.once(key, "reschedule " + id, request, () -> {
                    Locked locked = lock(id, expected, null, null);
                    Booking booking = locked.booking();
                    TimeSlot was = booking.slot();
                    TimeSlot slot = slot(request, was);
                    booking.reschedule(slot, request.reason(), now());
                    attempt.wants(locked.parties(), slot, id);
                    BookingView view = record(booking, locked.parties(), Action.RESCHEDULED, key.principal());
                    outbox.append(new BookingRescheduled(
                            Facts.of(booking, locked.parties()),
                            new BookingRescheduled.Times(was.start(), was.end()),
                            request.reason()));
                    return Answer.ok(Etag.of(booking.version()), write(view));
                }));
    }

    /** Gives a lecture to another lecturer, venue or join link. */
    Answer reassign(IdempotencyKey key, UUID id, int expected, ReassignRequest request) {
        if (request.lecturerId() == null && request.venueId() == null && request.joinLink() == null) {
            throw new InvalidRequest("", "reassign.nothing");
        }
        var attempt = new Attempt();
        return attempt.until(
                null,
                () -> idempotency.once(key, "reassign " + id, request, () -> {
                    Locked locked = lock(id, expected, request.lecturerId(), request.venueId());
                    Booking booking = locked.booking();
                    Parties parties = locked.parties();
                    var was = new BookingReassigned.Assignment(
                            locked.seen().lecturer(), locked.seen().venue(), booking.joinLink());
                    String link = request.joinLink() == null ? booking.joinLink() : request.joinLink();
                    List<Flaw> flaws = new ArrayList<>();
                    rules.place(booking.format(), parties.venue() != null, link, flaws);
                    UUID venueId =
                            parties.venue() == null ? null : parties.venue().id();
                    if (flaws.isEmpty()
                            && parties.lecturer().id().equals(booking.lecturerId())
                            && Objects.equals(venueId, booking.venueId())
                            && Objects.equals(link, booking.joinLink())) {
                        flaws.add(new Flaw("", "reassign.nothing"));
                    }
                    InvalidRequest.unlessEmpty(flaws);
                    booking.reassign(parties.lecturer().id(), venueId, link, request.reason(), now());
                    attempt.wants(parties, booking.slot(), id);
                    BookingView view = record(booking, parties, Action.REASSIGNED, key.principal());
                    outbox.append(new BookingReassigned(Facts.of(booking, parties), was, request.reason()));
                    return Answer.ok(Etag.of(booking.version()), write(view));
                }));
    }

    /** Calls a lecture off; its slot is free from this moment on. */
    Answer cancel(IdempotencyKey key, UUID id, int expected, CancelRequest request) {
        return idempotency.once(key, "cancel " + id, request, () -> {
            Locked locked = lock(id, expected, null, null);
            Booking booking = locked.booking();
            booking.cancel(request.reason(), now());
            BookingView view = record(booking, locked.parties(), Action.CANCELLED, key.principal());
            outbox.append(new BookingCancelled(Facts.of(booking, locked.parties()), request.reason()));
            return Answer.ok(Etag.of(booking.version()), write(view));
        });
    }

    /** Records that a lecture was held. */
    Answer complete(IdempotencyKey key, UUID id, int expected, CompleteRequest request) {
        return idempotency.once(key, "complete " + id, request, () -> {
            Locked locked = lock(id, expected, null, null);
            Booking booking = locked.booking();
            booking.complete(request.headCount(), request.note(), now());
            BookingView view = record(booking, locked.parties(), Action.COMPLETED, key.principal());
            outbox.append(new BookingCompleted(Facts.of(booking, locked.parties()), request.headCount()));
            return Answer.ok(Etag.of(booking.version()), write(view));
        });
    }

    /** A booking under lock, as it was seen before, and those whom it brings together now. */
    private record Locked(Booking booking, BookingView seen, Parties parties) {}

    /** Locks the resources, those that shall come instead of the present ones included, and then the booking. */
    private Locked lock(UUID id, int expected, @Nullable UUID newLecturer, @Nullable UUID newVenue) {
        BookingView seen = bookings.view(id, Optional.empty()).orElseThrow(NotFound::new);
        // the same tag before and under the locks: nobody changed what there is to lock in between
        Etag.check(expected, seen.version());
        UUID venue = seen.venue() == null ? null : seen.venue().id();
        Found found = bookings.lock(
                newLecturer == null ? seen.lecturer().id() : newLecturer,
                seen.topic().id(),
                seen.branch().id(),
                newVenue == null ? venue : newVenue);
        Booking booking = bookings.locked(id);
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
                        found.venue()));
    }

    private Booking.Draft draft(BookingRequest request, Found found) {
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
        InvalidRequest.unlessEmpty(flaws);
        if (found.lecturer() == null || found.topic() == null || found.branch() == null || slot == null) {
            throw new IllegalStateException("a flaw was missed");
        }
        return new Booking.Draft(
                new Parties(found.lecturer(), found.topic(), found.branch(), found.venue()),
                slot,
                request.format(),
                request.joinLink(),
                !found.branchParallel(),
                request.expectedHeadCount(),
                request.note());
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

    private static void lecturer(Found found, List<Flaw> flaws) {
        reference("/lecturerId", found.lecturer(), found.lecturerArchived(), flaws);
        if (found.lecturer() != null && found.topic() != null && !found.lecturesOnTopic()) {
            flaws.add(new Flaw("/lecturerId", "lecturer.not-on-topic"));
        }
    }

    private static void venue(Found found, List<Flaw> flaws) {
        reference("/venueId", found.venue(), found.venueArchived(), flaws);
    }

    private static void reference(String pointer, @Nullable Object found, boolean archived, List<Flaw> flaws) {
        if (found == null) {
            flaws.add(new Flaw(pointer, "reference.unknown"));
        } else if (archived) {
            flaws.add(new Flaw(pointer, "reference.archived"));
        }
    }

    /** Writes the booking and its new version. */
    private BookingView record(Booking booking, Parties parties, Action action, String actor) {
        bookings.write();
        BookingView view = BookingView.of(booking, parties);
        history.append(action, view, write(view), actor, booking.reason());
        return view;
    }

    private String write(BookingView view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a booking cannot be written as JSON", e);
        }
    }

    private Instant now() {
        return clock.instant();
    }

    /** One attempt at a slot, remembered beyond the transaction that lost it, so that the clash can be named. */
    private final class Attempt {

        private @Nullable Parties parties;
        private @Nullable TimeSlot slot;
        private @Nullable UUID itself;

        void wants(Parties parties, TimeSlot slot, @Nullable UUID itself) {
            this.parties = parties;
            this.slot = slot;
            this.itself = itself;
        }

        /**
         * Works until the slot is won or somebody is found who has it.
         *
         * @param pointer the field at fault, if it is always the same
         */
        Answer until(@Nullable String pointer, Supplier<Answer> work) {
            for (int attempt = 1; ; attempt++) {
                try {
                    return work.get();
                } catch (ClashDetected lost) {
                    List<Clash> clashes = clashes();
                    if (!clashes.isEmpty()) {
                        throw new Occupied(clashes, pointer);
                    }
                    if (attempt == ATTEMPTS_AT_A_FREED_SLOT) {
                        throw lost;
                    }
                    // whoever was in the way has gone meanwhile: try again
                }
            }
        }

        private List<Clash> clashes() {
            if (parties == null || slot == null) {
                return List.of();
            }
            UUID venue = parties.venue() == null ? null : parties.venue().id();
            return bookings.clashes(
                    parties.lecturer().id(), venue, parties.branch().id(), slot, itself);
        }
    }
}
