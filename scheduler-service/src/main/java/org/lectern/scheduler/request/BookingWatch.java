package org.lectern.scheduler.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.audit.Kind;
import org.lectern.scheduler.booking.BookingChanged;
import org.lectern.scheduler.booking.BookingStatus;
import org.lectern.scheduler.booking.BookingView;

/** What a change of a booking means for requests, written in its transaction. */
@ApplicationScoped
class BookingWatch {

    private static final Set<BookingStatus> OCCUPYING = Set.of(BookingStatus.HELD, BookingStatus.CONFIRMED);

    private final LectureRequests requests;
    private final FreedSlots freed;
    private final Audit audit;
    private final ObjectMapper json;
    private final Clock clock;

    @Inject
    BookingWatch(LectureRequests requests, FreedSlots freed, Audit audit, ObjectMapper json, Clock clock) {
        this.requests = requests;
        this.freed = freed;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    void changed(@Observes BookingChanged change) {
        BookingView booking = change.after();
        if (booking.version() == 1) {
            return;
        }
        requests.lockedByBooking(booking.id()).ifPresent(request -> follow(request, booking, change.actor()));
        BookingView before = before(booking);
        if (before != null && OCCUPYING.contains(before.status()) && leaves(before, booking)) {
            freed.note(booking, before);
        }
    }

    private void follow(LectureRequest request, BookingView booking, String actor) {
        Instant now = clock.instant();
        boolean offered = request.status() == RequestStatus.OFFERED;
        switch (booking.status()) {
            case HELD -> {
                if (offered) {
                    requests.put(Change.OFFERED, request.offeredAnew(booking, now), actor);
                }
            }
            case CONFIRMED -> {
                if (offered) {
                    requests.put(Change.ACCEPTED, request.offerTaken(now), actor);
                }
            }
            case EXPIRED -> {
                if (offered) {
                    requests.put(Change.OFFER_EXPIRED, request.offerEnded(null, now), actor);
                }
            }
            case RELEASED -> {
                if (offered) {
                    requests.put(Change.OFFER_WITHDRAWN, request.offerEnded(booking.reason(), now), actor);
                }
            }
            case CANCELLED -> {
                // if the branch has asked for the topic again meanwhile, that request waits for both
                if (request.status() == RequestStatus.ACCEPTED
                        && requests.open(request.branch().id(), request.topic().id())
                                .isEmpty()) {
                    requests.put(Change.REOPENED, request.reopened(booking.reason(), now), actor);
                }
            }
            case COMPLETED -> {}
        }
    }

    /** Whether the lecturer is free at a time at which he was not. */
    private static boolean leaves(BookingView before, BookingView after) {
        return !(OCCUPYING.contains(after.status()) || after.status() == BookingStatus.COMPLETED)
                || !before.lecturer().id().equals(after.lecturer().id())
                || !before.start().isEqual(after.start())
                || !before.end().isEqual(after.end());
    }

    private @Nullable BookingView before(BookingView booking) {
        return audit.version(Kind.BOOKING, booking.id(), booking.version() - 1)
                .map(entry -> read(entry.state()))
                .orElse(null);
    }

    private BookingView read(String state) {
        try {
            return json.readValue(state, BookingView.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored version of a booking cannot be read", e);
        }
    }
}
