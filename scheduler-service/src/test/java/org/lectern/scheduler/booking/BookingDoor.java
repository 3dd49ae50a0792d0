package org.lectern.scheduler.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.lectern.chassis.database.Transactions;
import org.lectern.scheduler.idempotency.Answer;
import org.lectern.scheduler.idempotency.IdempotencyKey;

/** The service as the HTTP resource calls it, for tests in other packages that would drown in HTTP. */
@ApplicationScoped
@ActivateRequestContext
public class BookingDoor {

    private final BookingService service;
    private final JointChanges jointChanges;
    private final Settlement settlement;

    @Inject
    BookingDoor(BookingService service, JointChanges jointChanges, Settlement settlement) {
        this.service = service;
        this.jointChanges = jointChanges;
        this.settlement = settlement;
    }

    /** Changes several bookings together; as they are then, each at its new version. */
    public List<BookingView> together(ChangeOrder order) {
        return settlement.settle(() -> Transactions.inNew(() -> jointChanges.make(order))).stream()
                .map(Verdict::after)
                .toList();
    }

    public Answer book(IdempotencyKey key, BookingRequest request) {
        return service.book(key, request);
    }

    public Answer reschedule(IdempotencyKey key, UUID id, int version, RescheduleRequest request) {
        return service.reschedule(key, id, version, request);
    }

    public Answer reassign(IdempotencyKey key, UUID id, int version, ReassignRequest request) {
        return service.reassign(key, id, version, request);
    }

    public Answer confirm(IdempotencyKey key, UUID id, int version) {
        return service.confirm(key, id, version);
    }

    public Answer extend(IdempotencyKey key, UUID id, int version, HoldRequest request) {
        return service.extend(key, id, version, request);
    }

    public Answer release(IdempotencyKey key, UUID id, int version) {
        return service.release(key, id, version, new ReleaseRequest(null));
    }

    public Answer join(IdempotencyKey key, UUID id, int version, JoinRequest request) {
        return service.join(key, id, version, request);
    }

    public Answer leave(IdempotencyKey key, UUID id, int version, UUID guest) {
        return service.leave(key, id, version, guest);
    }

    public Answer cancel(IdempotencyKey key, UUID id, int version, CancelRequest request) {
        return service.cancel(key, id, version, request);
    }

    public Answer complete(IdempotencyKey key, UUID id, int version, CompleteRequest request) {
        return service.complete(key, id, version, request);
    }
}
