package org.lectern.scheduler.request;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.time.Monotonic;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.LecturerRef;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.booking.Participants.VenueRef;
import org.lectern.scheduler.reason.Reason;
import org.lectern.scheduler.request.RequestEvent.Offered;

/**
 * One version of a branch's lecture request. A command returns the next version or refuses. Callers must hold the row
 * lock.
 *
 * @param windows at least one; the lecture lies within one of them
 * @param bookingId the hold while it is offered, the lecture once it is accepted
 * @param need the degree of need, see {@link RequestView#need}
 */
record LectureRequest(
        UUID id,
        int version,
        RequestStatus status,
        TopicRef topic,
        BranchRef branch,
        ZoneId zone,
        List<Range> windows,
        @Nullable String format,
        @Nullable Integer expectedHeadCount,
        @Nullable String note,
        @Nullable UUID bookingId,
        @Nullable Offered offer,
        @Nullable String reason,
        @Nullable String reasonCode,
        int need,
        Instant requestedAt,
        Instant updatedAt) {

    /** A window as instants, half-open. */
    record Range(Instant from, Instant until) {

        boolean covers(Instant start, Instant end) {
            return !start.isBefore(from) && !end.isAfter(until);
        }
    }

    boolean suits(Instant start, Instant end) {
        return windows.stream().anyMatch(window -> window.covers(start, end));
    }

    /** A slot is held for it. */
    LectureRequest offered(BookingView hold, Instant now) {
        demandWaiting();
        return next(RequestStatus.OFFERED, hold.id(), offer(hold), Reason.NONE, now);
    }

    /** The time or the expiry of the offer changed. */
    LectureRequest offeredAnew(BookingView hold, Instant now) {
        demandOffer(hold.id());
        return next(RequestStatus.OFFERED, hold.id(), offer(hold), Reason.NONE, now);
    }

    /** A lecture is booked for it. */
    LectureRequest accepted(UUID booking, Instant now) {
        demandWaiting();
        return next(RequestStatus.ACCEPTED, booking, null, Reason.NONE, now);
    }

    /** The offered hold was confirmed. */
    LectureRequest offerTaken(Instant now) {
        return next(RequestStatus.ACCEPTED, demandOffer(null), null, Reason.NONE, now);
    }

    /** The offer ended for any reason; the request waits again. */
    LectureRequest offerEnded(Reason why, Instant now) {
        demandOffer(null);
        return next(RequestStatus.WAITING, null, null, why, now);
    }

    LectureRequest refused(Reason why, Instant now) {
        demandOpen();
        return next(RequestStatus.REFUSED, null, null, why, now);
    }

    LectureRequest withdrawn(Reason why, Instant now) {
        demandOpen();
        return next(RequestStatus.WITHDRAWN, null, null, why, now);
    }

    /** The lecture booked for it was cancelled. */
    LectureRequest reopened(Reason why, Instant now) {
        return next(RequestStatus.WAITING, null, null, why, now);
    }

    /** Another branch has it now; an offer or a lecture stays bound to it. */
    LectureRequest movedTo(BranchRef other, ZoneId otherZone, Reason why, Instant now) {
        return new LectureRequest(
                id,
                version + 1,
                status,
                topic,
                other,
                otherZone,
                windows,
                format,
                expectedHeadCount,
                note,
                bookingId,
                offer,
                why.text(),
                why.code(),
                need,
                requestedAt,
                Monotonic.next(updatedAt, now));
    }

    LectureRequest lapsed(Instant now) {
        demandWaiting();
        return next(RequestStatus.LAPSED, null, null, Reason.NONE, now);
    }

    /** The same version with its booking, after the booking got its id. */
    LectureRequest withBooking(UUID booking) {
        return new LectureRequest(
                id,
                version,
                status,
                topic,
                branch,
                zone,
                windows,
                format,
                expectedHeadCount,
                note,
                booking,
                offer,
                reason,
                reasonCode,
                need,
                requestedAt,
                updatedAt);
    }

    /** Refuses a request that was answered or withdrawn, or has lapsed. */
    void demandOpen() {
        if (!status.isOpen()) {
            throw new RequestNotOpen(status);
        }
    }

    private void demandWaiting() {
        demandOpen();
        if (status == RequestStatus.OFFERED && bookingId != null) {
            throw new RequestOffered(bookingId);
        }
    }

    /** The id of the offered hold; refuses if there is no such offer. */
    UUID demandOffer(@Nullable UUID hold) {
        UUID booking = bookingId;
        if (status != RequestStatus.OFFERED || booking == null || (hold != null && !hold.equals(booking))) {
            throw new NoOffer(status);
        }
        return booking;
    }

    private LectureRequest next(
            RequestStatus to, @Nullable UUID booking, @Nullable Offered offered, Reason why, Instant now) {
        return new LectureRequest(
                id,
                version + 1,
                to,
                topic,
                branch,
                zone,
                windows,
                format,
                expectedHeadCount,
                note,
                booking,
                offered,
                why.text(),
                why.code(),
                need,
                requestedAt,
                Monotonic.next(updatedAt, now));
    }

    private static Offered offer(BookingView hold) {
        BookingView.Hold held = hold.hold();
        if (held == null) {
            throw new IllegalArgumentException("an offer is a hold");
        }
        return new Offered(
                hold.id(),
                hold.lecturer(),
                hold.venue(),
                hold.joinLink(),
                hold.format(),
                hold.start().toInstant(),
                hold.end().toInstant(),
                held.expiresAt().toInstant());
    }

    RequestEvent event(Change change) {
        return new RequestEvent(
                id,
                version,
                change,
                status,
                topic,
                branch,
                zone.getId(),
                expectedHeadCount,
                offer,
                status == RequestStatus.ACCEPTED ? bookingId : null,
                reason,
                reasonCode,
                updatedAt);
    }

    RequestView view() {
        return new RequestView(
                id,
                version,
                status,
                topic,
                branch,
                windows.stream().map(this::window).toList(),
                format,
                expectedHeadCount,
                note,
                offer == null ? null : shown(offer),
                status == RequestStatus.ACCEPTED ? bookingId : null,
                reason,
                reasonCode,
                need,
                requestedAt,
                updatedAt);
    }

    List<Window> shownWindows() {
        return windows.stream().map(this::window).toList();
    }

    private Window window(Range range) {
        return new Window(
                range.from().atZone(zone).toOffsetDateTime(),
                range.until().atZone(zone).toOffsetDateTime());
    }

    private RequestView.Offer shown(Offered offered) {
        LecturerRef lecturer = offered.lecturer();
        VenueRef venue = offered.venue();
        return new RequestView.Offer(
                offered.bookingId(),
                lecturer,
                venue,
                offered.joinLink(),
                offered.format(),
                offered.start().atZone(zone).toOffsetDateTime(),
                offered.end().atZone(zone).toOffsetDateTime(),
                offered.expiresAt().atZone(zone).toOffsetDateTime());
    }
}
