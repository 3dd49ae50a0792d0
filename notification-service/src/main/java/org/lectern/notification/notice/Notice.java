package org.lectern.notification.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.time.Uuid7;
import org.lectern.notification.event.BookingEvent;
import org.lectern.notification.event.RequestChanged;

/** A notice to a branch about one version of a booking or lecture request, before it is stored. */
record Notice(
        UUID id,
        UUID branchId,
        long sequence,
        UUID eventId,
        @Nullable UUID bookingId,
        @Nullable UUID requestId,
        int version,
        NoticeKind kind,
        String locale,
        String title,
        String body,
        boolean urgent,
        @Nullable Instant startsAt,
        @Nullable Instant endsAt) {

    /** @param soon a lecture that begins before this time, now or previously, makes its notice urgent */
    static Notice of(NoticeRequest draft, NoticeText text, long sequence, Instant now, Duration soon) {
        return switch (draft.event()) {
            case BookingEvent booking ->
                new Notice(
                        Uuid7.next(),
                        draft.branch().id(),
                        sequence,
                        draft.eventId(),
                        booking.bookingId(),
                        null,
                        booking.version(),
                        text.kind(),
                        draft.branch().locale(),
                        text.title(),
                        text.body(),
                        isSoon(booking.start(), now, soon) || isSoon(earlierStart(booking), now, soon),
                        booking.start(),
                        booking.end());
            case RequestChanged request -> {
                RequestChanged.Offer offer = request.offer();
                Instant start = offer == null ? null : offer.start();
                yield new Notice(
                        Uuid7.next(),
                        draft.branch().id(),
                        sequence,
                        draft.eventId(),
                        null,
                        request.requestId(),
                        request.version(),
                        text.kind(),
                        draft.branch().locale(),
                        text.title(),
                        text.body(),
                        isSoon(start, now, soon),
                        start,
                        offer == null ? null : offer.end());
            }
        };
    }

    private static @Nullable Instant earlierStart(BookingEvent booking) {
        return booking instanceof BookingEvent.Changed moved && moved.before().start() != null
                ? moved.before().start()
                : null;
    }

    private static boolean isSoon(@Nullable Instant start, Instant now, Duration soon) {
        return start != null && now.isBefore(start) && start.isBefore(now.plus(soon));
    }
}
