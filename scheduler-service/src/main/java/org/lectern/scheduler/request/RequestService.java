package org.lectern.scheduler.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.booking.ConflictResolution;
import org.lectern.scheduler.idempotency.Answer;
import org.lectern.scheduler.idempotency.Idempotency;
import org.lectern.scheduler.idempotency.IdempotencyKey;

/** Changes of one lecture request, each once per idempotency key, together with its booking. */
@ApplicationScoped
class RequestService {

    private final RequestCommands desk;
    private final LectureRequests requests;
    private final OverdueOffers overdue;
    private final ConflictResolution settlement;
    private final Idempotency idempotency;
    private final ObjectMapper json;

    @Inject
    RequestService(
            RequestCommands desk,
            LectureRequests requests,
            OverdueOffers overdue,
            ConflictResolution settlement,
            Idempotency idempotency,
            ObjectMapper json) {
        this.desk = desk;
        this.requests = requests;
        this.overdue = overdue;
        this.settlement = settlement;
        this.idempotency = idempotency;
        this.json = json;
    }

    Answer ask(IdempotencyKey key, Optional<Set<UUID>> visible, NewRequest request) {
        Runnable demandScope = () -> {
            if (visible.isPresent() && !visible.get().contains(request.branchId())) {
                throw new NotFound();
            }
        };
        return idempotency.once(key, "POST /requests", request, demandScope, () -> {
            RequestView view = desk.ask(request, visible, key.principal());
            return Answer.created("/api/v1/requests/" + view.id(), Etag.of(view.version()), write(view));
        });
    }

    Answer accept(IdempotencyKey key, UUID id, int expected, AcceptRequest answer) {
        return change(key, "accept ", id, answer, () -> desk.accept(id, expected, answer, key.principal()));
    }

    Answer offer(IdempotencyKey key, UUID id, int expected, AcceptRequest answer) {
        return change(key, "offer ", id, answer, () -> desk.offer(id, expected, answer, key.principal()));
    }

    Answer refuse(IdempotencyKey key, UUID id, int expected, RefuseRequest refusal) {
        return change(key, "refuse ", id, refusal, () -> desk.refuse(id, expected, refusal.why(), key.principal()));
    }

    Answer withdraw(IdempotencyKey key, Optional<Set<UUID>> visible, UUID id, int expected, ReasonRequest why) {
        requests.demandVisible(id, visible); // also for a repeat: outside the scope, a stored answer is not disclosed
        return change(key, "withdraw ", id, why, () -> desk.withdraw(id, expected, why.why(), key.principal()));
    }

    Answer takeOffer(IdempotencyKey key, Optional<Set<UUID>> visible, UUID id, int expected) {
        requests.demandVisible(id, visible);
        return change(key, "take ", id, "", () -> desk.takeOffer(id, expected, key.principal()));
    }

    Answer declineOffer(IdempotencyKey key, Optional<Set<UUID>> visible, UUID id, int expected, ReasonRequest why) {
        requests.demandVisible(id, visible);
        return change(key, "decline ", id, why, () -> desk.declineOffer(id, expected, why.why(), key.principal()));
    }

    private Answer change(IdempotencyKey key, String operation, UUID id, Object request, Supplier<RequestView> work) {
        return settlement.settle(() -> {
            overdue.end(id);
            return idempotency.once(key, operation + id, request, () -> {
                RequestView view = work.get();
                return Answer.ok(Etag.of(view.version()), write(view));
            });
        });
    }

    private String write(RequestView view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A request cannot be written as JSON", e);
        }
    }
}
