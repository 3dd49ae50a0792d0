package org.lectern.scheduler.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.reason.Reason;

/** Gives the requests of one branch to another. The caller holds the locks of both branches and of the bookings. */
@ApplicationScoped
public class RequestTransfer {

    private final LectureRequests requests;
    private final Clock clock;

    @Inject
    RequestTransfer(LectureRequests requests, Clock clock) {
        this.requests = requests;
        this.clock = clock;
    }

    /**
     * What was moved.
     *
     * @param moved the requests
     * @param skipped requests for topics that the other branch already waits for
     * @param bookings the holds that are offered for those; they must stay with the first branch
     */
    public record Moved(List<UUID> moved, List<UUID> skipped, Set<UUID> bookings) {}

    /**
     * Moves the open requests, and those that one of these bookings answers.
     *
     * @param bookings the bookings that move too
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public Moved move(UUID from, BranchRef to, ZoneId zone, Set<UUID> bookings, Reason why, String actor) {
        List<UUID> moved = new ArrayList<>();
        List<UUID> skipped = new ArrayList<>();
        Set<UUID> holds = new HashSet<>();
        for (LectureRequest request : requests.lockedOf(from, bookings)) {
            boolean bound = request.bookingId() != null && !bookings.contains(request.bookingId());
            boolean twice = request.status().isOpen()
                    && requests.open(to.id(), request.topic().id()).isPresent();
            if (bound || twice) {
                skipped.add(request.id());
                if (request.bookingId() != null) {
                    holds.add(request.bookingId());
                }
            } else {
                requests.put(Change.MOVED, request.movedTo(to, zone, why, clock.instant()), actor);
                moved.add(request.id());
            }
        }
        return new Moved(moved, skipped, holds);
    }
}
