package org.lectern.scheduler.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.lectern.scheduler.idempotency.IdempotencyKey;

/**
 * Lecture requests, for tests in other packages that do not test HTTP. A change returns how many bookings it changed.
 */
@ApplicationScoped
@ActivateRequestContext
public class RequestDoor {

    private static final int ALL = 200;

    private final RequestService service;
    private final LectureRequests requests;

    @Inject
    RequestDoor(RequestService service, LectureRequests requests) {
        this.service = service;
        this.requests = requests;
    }

    /** A request that waits or is offered a slot. */
    public record OpenRequest(UUID id, int version, boolean offered) {}

    public void ask(
            IdempotencyKey key, UUID topic, UUID branch, int people, OffsetDateTime from, OffsetDateTime until) {
        service.ask(
                key,
                Optional.empty(),
                new NewRequest(topic, branch, List.of(new Window(from, until)), "lecture", people, null));
    }

    public List<OpenRequest> open(UUID topic) {
        var criteria = new LectureRequests.Criteria(null, topic, null, null, Optional.empty());
        return requests.list(criteria, LectureRequests.Order.AGE, null, ALL).stream()
                .filter(request -> request.status().isOpen())
                .map(request ->
                        new OpenRequest(request.id(), request.version(), request.status() == RequestStatus.OFFERED))
                .toList();
    }

    public int take(IdempotencyKey key, OpenRequest request) {
        service.takeOffer(key, Optional.empty(), request.id(), request.version());
        return 1;
    }

    public int decline(IdempotencyKey key, OpenRequest request) {
        service.declineOffer(key, Optional.empty(), request.id(), request.version(), ReasonRequest.NONE);
        return 1;
    }

    public int withdraw(IdempotencyKey key, OpenRequest request) {
        service.withdraw(key, Optional.empty(), request.id(), request.version(), ReasonRequest.NONE);
        return request.offered() ? 1 : 0;
    }
}
