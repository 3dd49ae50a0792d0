package org.lectern.scheduler.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import org.lectern.scheduler.booking.BookingChanged;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.reason.Reason;

/** Updates requests after a change of a booking, in the same transaction. */
@ApplicationScoped
class RequestUpdater {

    private final LectureRequests requests;
    private final Clock clock;

    @Inject
    RequestUpdater(LectureRequests requests, Clock clock) {
        this.requests = requests;
        this.clock = clock;
    }

    void changed(@Observes BookingChanged change) {
        BookingView booking = change.after();
        if (change.before() == null) {
            return;
        }
        requests.lockedByBooking(booking.id()).ifPresent(request -> follow(request, booking, change.actor()));
    }

    private void follow(LectureRequest request, BookingView booking, String actor) {
        Instant now = clock.instant();
        boolean offered = request.status() == RequestStatus.OFFERED;
        if (!isFor(request, booking)) {
            leave(request, booking, actor, now);
            return;
        }
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
                    requests.put(Change.OFFER_EXPIRED, request.offerEnded(Reason.NONE, now), actor);
                }
            }
            case RELEASED -> {
                if (offered) {
                    requests.put(Change.OFFER_WITHDRAWN, request.offerEnded(why(booking), now), actor);
                }
            }
            case CANCELLED -> reopen(request, booking, actor, now);
            case COMPLETED -> {}
        }
    }

    private static Reason why(BookingView booking) {
        return new Reason(booking.reason(), booking.reasonCode());
    }

    private static boolean isFor(LectureRequest request, BookingView booking) {
        return booking.branch().id().equals(request.branch().id())
                && booking.topic().id().equals(request.topic().id());
    }

    /** The lecture went to another branch or has another topic, so it is no answer to the request any more. */
    private void leave(LectureRequest request, BookingView booking, String actor, Instant now) {
        if (request.status() == RequestStatus.OFFERED) {
            requests.put(Change.OFFER_WITHDRAWN, request.offerEnded(why(booking), now), actor);
        } else {
            reopen(request, booking, actor, now);
        }
    }

    private void reopen(LectureRequest request, BookingView booking, String actor, Instant now) {
        // a newer open request of the branch for the topic replaces this one
        if (request.status() == RequestStatus.ACCEPTED
                && requests.open(request.branch().id(), request.topic().id()).isEmpty()) {
            requests.put(Change.REOPENED, request.reopened(why(booking), now), actor);
        }
    }
}
