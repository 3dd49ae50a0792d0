package org.lectern.scheduler.booking.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.UUID;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.problem.Forbidden;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.ReadScope;

/**
 * What a branch may change about lectures: report those that it hosted, join and leave those that are open to guests.
 * Each check is about the version that the caller names, so that a concurrent change is refused as outdated.
 */
@ApplicationScoped
class BranchRights {

    private final ReadScope scope;
    private final OpenLectures open;

    @Inject
    BranchRights(ReadScope scope, OpenLectures open) {
        this.scope = scope;
        this.open = open;
    }

    /** @throws Forbidden when the caller is not the host, for instance a guest */
    void demandHost(UUID booking, int expected) {
        BookingView view = scope.find(booking).orElseThrow(NotFound::new);
        if (!own().contains(view.branch().id())) {
            throw new Forbidden();
        }
        Etag.check(expected, view.version());
    }

    /** @param more whether the caller asks for what only organizers may do */
    void demandJoin(UUID booking, UUID guest, boolean more) {
        demandOwn(guest, more);
        if (!open.isOpen(booking)) {
            demandKnown(booking); // a lecture of others stays unknown
            throw new LectureNotOpen();
        }
    }

    /** @param more whether the caller asks for what only organizers may do */
    void demandLeave(UUID booking, UUID guest, boolean more) {
        demandOwn(guest, more);
        demandKnown(booking);
        if (!open.isOpen(booking)) {
            throw new LectureNotOpen();
        }
    }

    private void demandKnown(UUID booking) {
        if (scope.find(booking).isEmpty()) {
            throw new NotFound();
        }
    }

    private void demandOwn(UUID guest, boolean more) {
        if (!own().contains(guest)) {
            throw new NotFound();
        }
        if (more) {
            throw new Forbidden();
        }
    }

    private Set<UUID> own() {
        return scope.branches().orElse(Set.of());
    }
}
