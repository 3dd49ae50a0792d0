package org.lectern.scheduler.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.problem.Violation;
import org.lectern.chassis.time.Uuid7;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.booking.BookingCommand.Book;
import org.lectern.scheduler.booking.BookingCommand.Confirm;
import org.lectern.scheduler.booking.BookingCommand.HoldUntil;
import org.lectern.scheduler.booking.BookingCommand.Release;
import org.lectern.scheduler.booking.BookingCommands;
import org.lectern.scheduler.booking.BookingSearch;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.Locks;
import org.lectern.scheduler.reason.Reason;
import org.lectern.scheduler.request.LectureRequest.Range;
import org.lectern.scheduler.request.LectureRequests.Asked;
import org.lectern.scheduler.schedule.LectureRules;

/**
 * Commands for lecture requests, in the caller's transaction. Always lock a booking's resources before the request: a
 * change of a booking locks its request last.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class RequestCommands {

    private final LectureRequests requests;
    private final BookingCommands commands;
    private final BookingSearch bookings;
    private final LectureRules rules;
    private final RequestConfig config;
    private final Clock clock;

    @Inject
    RequestCommands(
            LectureRequests requests,
            BookingCommands commands,
            BookingSearch bookings,
            LectureRules rules,
            RequestConfig config,
            Clock clock) {
        this.requests = requests;
        this.commands = commands;
        this.bookings = bookings;
        this.rules = rules;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Creates a branch's request.
     *
     * @param visible the branches the caller may request for
     */
    RequestView ask(NewRequest request, Optional<Set<UUID>> visible, String actor) {
        if (visible.isPresent() && !visible.get().contains(request.branchId())) {
            throw new InvalidRequest("/branchId", "reference.unknown");
        }
        List<Violation> violations = new ArrayList<>();
        Asked asked = requests.asked(request.topicId(), request.branchId());
        reference("/topicId", asked.topic(), asked.topicArchived(), violations);
        reference("/branchId", asked.branch(), asked.branchArchived(), violations);
        if (request.format() != null && !rules.formats().contains(request.format())) {
            violations.add(new Violation(
                    "/format",
                    "one-of",
                    String.join(", ", rules.formats().stream().sorted().toList())));
        }
        List<Range> windows = windows(request.windows(), asked.length(), violations);
        InvalidRequest.unlessEmpty(violations);
        if (asked.topic() == null || asked.branch() == null) {
            throw new IllegalStateException("a violation was missed");
        }
        requests.open(request.branchId(), request.topicId()).ifPresent(open -> {
            throw new AlreadyRequested(open);
        });
        if (requests.countOpen(request.branchId()) >= config.maxOpenPerBranch()) {
            throw new TooManyRequestsOpen(config.maxOpenPerBranch());
        }
        Instant now = now();
        var first = new LectureRequest(
                Uuid7.next(),
                1,
                RequestStatus.WAITING,
                asked.topic(),
                asked.branch(),
                java.time.ZoneId.of(asked.zone()),
                windows,
                request.format(),
                request.expectedHeadCount(),
                request.note(),
                null,
                null,
                null,
                null,
                0,
                now,
                now);
        return requests.add(first, actor).view();
    }

    private List<Range> windows(List<Window> said, Duration length, List<Violation> violations) {
        Instant now = now();
        List<Range> windows = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            OffsetDateTime from = said.get(i).from().truncatedTo(ChronoUnit.MINUTES);
            OffsetDateTime until = said.get(i).until().truncatedTo(ChronoUnit.MINUTES);
            if (!from.isBefore(until)) {
                violations.add(new Violation("/windows/" + i + "/until", "window.until-after-from"));
            } else if (!until.toInstant().isAfter(now)) {
                violations.add(new Violation("/windows/" + i + "/until", "request.window-past"));
            } else if (until.toInstant().isAfter(now.plus(rules.horizon()))) {
                violations.add(new Violation(
                        "/windows/" + i + "/until",
                        "start.too-late",
                        rules.horizon().toDays()));
            } else if (Duration.between(from, until).compareTo(length) < 0) {
                violations.add(new Violation("/windows/" + i + "/until", "request.window-short", length.toMinutes()));
            } else {
                windows.add(new Range(from.toInstant(), until.toInstant()));
            }
        }
        windows.sort(Comparator.comparing(Range::from));
        return windows;
    }

    private static void reference(
            String pointer, @Nullable Object found, boolean archived, List<Violation> violations) {
        if (found == null) {
            violations.add(new Violation(pointer, "reference.unknown"));
        } else if (archived) {
            violations.add(new Violation(pointer, "reference.archived"));
        }
    }

    /** Accepts a request: an organizer books the lecture. */
    RequestView accept(UUID id, int expected, AcceptRequest answer, String actor) {
        if (answer.expiresAt() != null) {
            throw new InvalidRequest("/expiresAt", "request.expires-at-of-offers");
        }
        LectureRequest request = lockedFor(id, expected, answer);
        // checked before any write: an offered or answered request must not be booked
        LectureRequest next = request.accepted(request.id(), now());
        BookingView booking = book(request, answer, null, actor);
        return requests.put(Change.ACCEPTED, next.withBooking(booking.id()), actor)
                .view();
    }

    /** Offers a slot, which is held until the branch answers or the offer expires. */
    RequestView offer(UUID id, int expected, AcceptRequest answer, String actor) {
        return offer(lockedFor(id, expected, answer), answer, actor);
    }

    /** The same for a locked request; the caller has locked the resources as well. */
    RequestView offer(LectureRequest request, AcceptRequest answer, String actor) {
        if (request.status() != RequestStatus.WAITING) {
            throw request.status() == RequestStatus.OFFERED && request.bookingId() != null
                    ? new RequestOffered(request.bookingId())
                    : new RequestNotOpen(request.status());
        }
        OffsetDateTime expiry = answer.expiresAt();
        if (expiry == null) {
            OffsetDateTime usual = now().plus(config.offerDuration())
                    .truncatedTo(ChronoUnit.SECONDS)
                    .atZone(request.zone())
                    .toOffsetDateTime();
            expiry = usual.isAfter(answer.start()) ? answer.start() : usual;
        }
        BookingView hold = book(request, answer, new HoldUntil(expiry), actor);
        return requests.put(Change.OFFERED, request.offered(hold, now()), actor).view();
    }

    private LectureRequest lockedFor(UUID id, int expected, AcceptRequest answer) {
        LectureRequest seen = requests.find(id, Optional.empty()).orElseThrow(NotFound::new);
        commands.lockAll(Locks.none()
                .and(answer.lecturerId(), answer.venueId(), Set.of(seen.branch().id())));
        LectureRequest request = requests.locked(id);
        request.demandOpen(); // no other version would help
        Etag.check(expected, request.version());
        return request;
    }

    private BookingView book(LectureRequest request, AcceptRequest answer, @Nullable HoldUntil hold, String actor) {
        String format =
                answer.format() != null ? answer.format() : request.format() == null ? "lecture" : request.format();
        var booking = new Book(
                answer.lecturerId(),
                request.topic().id(),
                request.branch().id(),
                answer.venueId(),
                answer.joinLink(),
                format,
                answer.start(),
                answer.end(),
                null,
                request.expectedHeadCount(),
                answer.note(),
                hold,
                answer.override(),
                null,
                answer.campaignId());
        try {
            BookingView booked = commands.execute(booking, actor);
            if (answer.override() == null
                    && !request.suits(booked.start().toInstant(), booked.end().toInstant())) {
                throw new OutsideWindows(request.shownWindows());
            }
            return booked;
        } catch (InvalidRequest e) {
            throw new InvalidRequest(e.violations().stream()
                    .map(RequestCommands::inTermsOfTheAnswer)
                    .toList());
        }
    }

    /** Maps a violation to the members the caller sent; topic and branch are those of the request. */
    private static Violation inTermsOfTheAnswer(Violation violation) {
        return switch (violation.pointer()) {
            case "/hold/expiresAt" -> new Violation("/expiresAt", violation.key(), violation.arguments());
            case "/topicId", "/branchId" -> new Violation("", violation.key(), violation.arguments());
            default -> violation;
        };
    }

    /** The branch accepts the offered slot. */
    RequestView takeOffer(UUID id, int expected, String actor) {
        Held held = lockedWithHold(id, expected, this::demandOffer);
        LectureRequest next = held.request().offerTaken(now());
        requests.put(Change.ACCEPTED, next, actor);
        commands.execute(held.demanded().id(), held.demanded().version(), new Confirm(), actor);
        return next.view();
    }

    /** The branch declines the slot; the request waits again, and the slot goes to the next request. */
    RequestView declineOffer(UUID id, int expected, Reason why, String actor) {
        Held held = lockedWithHold(id, expected, this::demandOffer);
        held.demanded();
        return end(held, Change.OFFER_DECLINED, held.request().offerEnded(why, now()), actor);
    }

    RequestView refuse(UUID id, int expected, Reason why, String actor) {
        Held held = lockedWithHold(id, expected, LectureRequest::demandOpen);
        return end(held, Change.REFUSED, held.request().refused(why, now()), actor);
    }

    RequestView withdraw(UUID id, int expected, Reason why, String actor) {
        Held held = lockedWithHold(id, expected, LectureRequest::demandOpen);
        return end(held, Change.WITHDRAWN, held.request().withdrawn(why, now()), actor);
    }

    /** Releases the offered hold. The request is written first, so that the release does not affect it. */
    private RequestView end(Held held, Change change, LectureRequest next, String actor) {
        requests.put(change, next, actor);
        BookingView hold = held.hold();
        if (hold != null) {
            commands.execute(hold.id(), hold.version(), new Release(next.reason(), next.reasonCode()), actor);
        }
        return next.view();
    }

    /** Ends a request with only past windows; returns whether it did. */
    boolean lapse(UUID id) {
        LectureRequest request = requests.locked(id);
        boolean past =
                request.windows().stream().allMatch(window -> !window.until().isAfter(now()));
        if (request.status() != RequestStatus.WAITING || !past) {
            return false;
        }
        requests.put(Change.LAPSED, request.lapsed(now()), Audit.SYSTEM);
        return true;
    }

    /** A locked request with its offered hold, if any. */
    private record Held(LectureRequest request, @Nullable BookingView hold) {

        BookingView demanded() {
            BookingView there = hold;
            request.demandOffer(there == null ? null : there.id());
            if (there == null) {
                throw new NoOffer(request.status());
            }
            return there;
        }
    }

    /** Refuses an answer to an offer that is over, and says so rather than that the request changed. */
    private void demandOffer(LectureRequest request) {
        if (request.status() == RequestStatus.WAITING) {
            requests.expiryOfLastOffer(request.id()).ifPresent(expiry -> {
                throw new OfferExpired(expiry.atZone(request.zone()).toOffsetDateTime());
            });
        }
        request.demandOffer(null);
    }

    /** @param demand refuses a request if its state, in any version, does not allow the command */
    private Held lockedWithHold(UUID id, int expected, Consumer<LectureRequest> demand) {
        LectureRequest seen = requests.find(id, Optional.empty()).orElseThrow(NotFound::new);
        BookingView hold = null;
        if (seen.status() == RequestStatus.OFFERED && seen.bookingId() != null) {
            hold = bookings.find(seen.bookingId()).orElseThrow(NotFound::new);
            commands.lockAll(Locks.none().and(hold));
        }
        LectureRequest request = requests.locked(id);
        demand.accept(request);
        Etag.check(expected, request.version());
        return new Held(request, request.status() == RequestStatus.OFFERED ? hold : null);
    }

    private Instant now() {
        return clock.instant();
    }
}
